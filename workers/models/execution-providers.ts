/** What models run on: onnxruntime's execution providers, in the order in which they are tried. */

/** CUDA on Nvidia; WebGPU on any GPU that the system's driver offers; the CPU everywhere. */
export const executionProviders = ['cuda', 'webgpu', 'cpu'] as const;
export type ExecutionProvider = (typeof executionProviders)[number];

/** What a user can ask for (`FABULA_DEVICE`): one of them, or the first that works. */
export const devices = ['auto', ...executionProviders] as const;
export type Device = (typeof devices)[number];

/** What is tried for a device, in order; the CPU is the last resort of all. */
export const providersFor = (device: Device): readonly ExecutionProvider[] =>
  device === 'auto' ? executionProviders : device === 'cpu' ? ['cpu'] : [device, 'cpu'];

/** A provider that could not do what it was asked for; something else did it instead. */
export interface ProviderFailure {
  readonly provider: ExecutionProvider;
  /** What it failed at: then it is not tried again for any model, or for this one only. */
  readonly at: 'start' | 'run';
  /** The model's file name. */
  readonly model: string;
  /** One line. */
  readonly reason: string;
}

/** Whether a provider works on this machine, and why not. */
export interface ProviderSurvey {
  readonly provider: ExecutionProvider;
  readonly works: boolean;
  readonly reason?: string;
}

/**
 * What onnxruntime says, as one line: the part of its message that tells what went wrong, without the places in its
 * source and the paths of this machine.
 */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  const line = text.split('\n').find((each) => each.trim() !== '') ?? '';
  const said = line.includes(' was false. ') ? line.slice(line.indexOf(' was false. ') + 12) : line;
  return said.replaceAll(/(?:[A-Za-z]:)?(?:[/\\][\w.@+-]+){2,}(?::\d+)?/g, '…').trim();
}
