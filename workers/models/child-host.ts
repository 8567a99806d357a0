import { FabulaError } from '../../schema/errors.js';
import type { ExecutionProvider } from './execution-providers.js';
import type { ModelCalls, ModelHost, ModelLog, ModelName } from './host.js';
import { type ModelLane, openModelLane, spreadOver } from './model-lane.js';
import { rememberProviders } from './provider-memory.js';

export interface ModelLimits {
  /** A child that takes longer over one request is taken for frozen; loading a model counts. */
  readonly silentMs: number;
  /** A child that goes on for longer over a request that was cancelled is ended, to start anew with the next. */
  readonly unwantedMs: number;
  /** A child that holds more than this is replaced between requests, */
  readonly rssBytes: number;
  /** but not before it has answered so many: a model may simply be large. */
  readonly callsBeforeReplacing: number;
  /** In the order in which they are tried. */
  readonly executionProviders: readonly ExecutionProvider[];
}

const defaultLimits: ModelLimits = {
  silentMs: 120_000,
  unwantedMs: 500,
  rssBytes: 640 * 2 ** 20,
  callsBeforeReplacing: 20,
  executionProviders: ['cpu'],
};

/**
 * Children, by what they perceive, each with limits of its own: sound and letters need not wait for faces, and one that
 * dies takes nothing else with it.
 */
const children = {
  /** Some 260 MiB, and 240 more after two hours of subtitles: the heap is in pieces by then. Starting anew takes a second. */
  soundAndText: { rssBytes: 360 * 2 ** 20, callsBeforeReplacing: 500 },
  people: { rssBytes: 440 * 2 ** 20 },
  /** Models that somebody has chosen to pull are large. */
  pulled: { rssBytes: 2 ** 31 },
} as const satisfies Record<string, Partial<ModelLimits>>;

/** With a GPU’s libraries, a child is at least so large. */
const onGpu: Partial<ModelLimits> = { rssBytes: 2 ** 31 };

const childOf = (name: ModelName, input?: ModelCalls[ModelName]['in']): keyof typeof children =>
  input && 'folder' in input && input.folder !== undefined
    ? 'pulled'
    : /^(faces|bodies|objects)\./.test(name)
      ? 'people'
      : 'soundAndText';

/** Makes the models available; their child processes start with the first request. Must be closed. */
export function openModelHost(options: {
  readonly log: { info?(fields: object, message: string): void; warn(fields: object, message: string): void };
  readonly limits?: Partial<ModelLimits>;
  /** As CUDA names them: what can run on a GPU gets a child on each, and requests are spread. Default: the CPU. */
  readonly gpus?: readonly string[];
}): ModelHost {
  const limits = { ...defaultLimits, ...options.limits };
  const providers = rememberProviders(limits.executionProviders, options.log);
  const open = (own: Partial<ModelLimits>, gpu?: string) =>
    openModelLane({ ...defaultLimits, ...own, ...options.limits }, providers, options.log, gpu);
  const [first, ...others] = options.gpus ?? [];
  const openOnGpus = (own: Partial<ModelLimits>) =>
    first === undefined
      ? open(own)
      : spreadOver([open({ ...own, ...onGpu }, first), ...others.map((gpu) => open({ ...own, ...onGpu }, gpu))]);
  const lanes: Record<keyof typeof children, ModelLane> = {
    soundAndText: openOnGpus(children.soundAndText),
    // WebAssembly, which runs on the CPU.
    people: open(children.people),
    pulled: openOnGpus(children.pulled),
  };
  return {
    pidOf: (name) => lanes[childOf(name)].pid,
    call<Name extends ModelName>(name: Name, input: ModelCalls[Name]['in'], signal?: AbortSignal, log?: ModelLog) {
      return unlessAborted(lanes[childOf(name, input)].ask(name, input, signal, log), signal) as Promise<
        ModelCalls[Name]['out']
      >;
    },
    async close() {
      await Promise.all(Object.values(lanes).map((lane) => lane.close()));
    },
  };
}

/** The promise's outcome, or CANCELLED as soon as the signal fires; the lane sees to what was asked. */
function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(new FabulaError('CANCELLED', 'The work was cancelled.'));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
  });
}
