/** Traces by OpenTelemetry, whose packages are loaded with this file: only where somebody asks for traces. */
import { hostname } from 'node:os';
import * as otel from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ConsoleSpanExporter,
  NodeTracerProvider,
  type SpanExporter,
} from '@opentelemetry/sdk-trace-node';
import type { Log } from '../log.js';
import { version } from '../version.js';
import type { Attributes, Span, SpanKind, Tracer } from './tracing.js';
import type { Exporter, TracingSettings } from './tracing-settings.js';

const kinds = {
  server: otel.SpanKind.SERVER,
  worker: otel.SpanKind.CONSUMER,
  inside: otel.SpanKind.INTERNAL,
} as const satisfies Record<SpanKind, otel.SpanKind>;

/** How long a collector that does not answer may hold up the end, in milliseconds. */
const farewellMs = 3_000;

/** Of all that goes wrong on the way to the collector, one line is logged in so long. */
const complaintMs = 60_000;

/** Starts to send what the environment asks for: endpoint, headers, sampler, limits and resource are read from it. */
export function openOtlpTracer({ exporters, ignored }: TracingSettings, log: Log): Tracer {
  for (const setting of ignored) log.warn({ setting }, `${setting} is ignored.`);
  let saidAt = Number.NEGATIVE_INFINITY;
  const complain = (message: string) => {
    if (performance.now() - saidAt < complaintMs) return;
    saidAt = performance.now();
    log.warn({ reason: message.slice(0, 500) }, 'Traces could not be sent.');
  };
  const quiet = () => {};
  const diagnostics = { error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet };
  otel.diag.setLogger(diagnostics, { logLevel: otel.DiagLogLevel.WARN, suppressOverrideMessage: true });
  const own = {
    'service.name': 'fabula',
    'service.version': version,
    'host.name': hostname(),
    'process.pid': process.pid,
  };
  const provider = new NodeTracerProvider({
    resource: resourceFromAttributes(own).merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: exporters.map((exporter) => new BatchSpanProcessor(exporterOf(exporter))),
  });
  const tracer = provider.getTracer('fabula', version);
  return {
    start(name, kind, attributes, traceParent) {
      const parent = contextOf(traceParent);
      return spanOf(tracer, tracer.startSpan(name, { kind: kinds[kind], attributes }, parent));
    },
    async close() {
      await Promise.race([
        provider.shutdown().catch((error) => complain(String(error))),
        new Promise((resolve) => setTimeout(resolve, farewellMs).unref()),
      ]);
    },
  };
}

function exporterOf(exporter: Exporter): SpanExporter {
  switch (exporter) {
    case 'otlp':
      return new OTLPTraceExporter();
    case 'console':
      return new ConsoleSpanExporter();
    default:
      return exporter satisfies never;
  }
}

function spanOf(tracer: otel.Tracer, span: otel.Span): Span {
  const { traceId, spanId, traceFlags } = span.spanContext();
  return {
    traceParent: `00-${traceId}-${spanId}-${traceFlags.toString(16).padStart(2, '0')}`,
    child: (name, attributes: Attributes = {}) =>
      spanOf(tracer, tracer.startSpan(name, { attributes }, otel.trace.setSpan(otel.ROOT_CONTEXT, span))),
    rename: (name) => void span.updateName(name),
    note(attributes) {
      for (const [name, value] of Object.entries(attributes)) if (value !== undefined) span.setAttribute(name, value);
    },
    end(code) {
      if (code !== undefined) {
        span.setAttribute('error.type', code);
        span.setStatus({ code: otel.SpanStatusCode.ERROR, message: code });
      }
      span.end();
    },
  };
}

/** The span of elsewhere that a W3C `traceparent` names; anything else begins a trace of its own. */
function contextOf(traceParent = ''): otel.Context {
  const [, traceId = '', spanId = '', flags = ''] =
    /^(?!ff)[\da-f]{2}-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(?:-|$)/.exec(traceParent) ?? [];
  const context = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return otel.isSpanContextValid(context) ? otel.trace.setSpanContext(otel.ROOT_CONTEXT, context) : otel.ROOT_CONTEXT;
}
