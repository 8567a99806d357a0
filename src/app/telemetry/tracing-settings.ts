/** Whether traces are asked for, by OpenTelemetry's own variables; all the others are read by its packages. */

export interface TracingSettings {
  readonly exporters: readonly Exporter[];
  /** Settings that nobody here obeys, in words. */
  readonly ignored: readonly string[];
}

const exporters = ['otlp', 'console'] as const;
export type Exporter = (typeof exporters)[number];

const spokenProtocol = 'http/protobuf';

/**
 * Undefined unless OTEL_TRACES_EXPORTER names an exporter, or an endpoint is set; OTEL_SDK_DISABLED turns all off. What
 * is wrong is ignored with a warning, as the specification asks: these variables may be set for all programs.
 */
export function readTracing(value: (name: string) => string | undefined): TracingSettings | undefined {
  if (value('OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  const endpoint = value('OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? value('OTEL_EXPORTER_OTLP_ENDPOINT');
  const named = (value('OTEL_TRACES_EXPORTER') ?? (endpoint === undefined ? 'none' : 'otlp'))
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'none');
  const asked = exporters.filter((each) => named.includes(each));
  const protocol = value('OTEL_EXPORTER_OTLP_TRACES_PROTOCOL') ?? value('OTEL_EXPORTER_OTLP_PROTOCOL');
  const ignored = [
    ...named.filter((name) => !exporters.some((each) => each === name)).map((name) => `OTEL_TRACES_EXPORTER=${name}`),
    ...(asked.includes('otlp') && protocol !== undefined && protocol !== spokenProtocol
      ? [`OTEL_EXPORTER_OTLP_PROTOCOL=${protocol} (${spokenProtocol} is spoken, usually at port 4318)`]
      : []),
  ];
  return asked.length > 0 || ignored.length > 0 ? { exporters: asked, ignored } : undefined;
}
