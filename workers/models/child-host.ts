import { FabulaError } from '../../schema/errors.js';
import type { ModelCalls, ModelHost, ModelName } from './host.js';
import { type ModelChild, startModelChild } from './model-child.js';

export interface ModelLimits {
  /** A child that takes longer over one request is taken for frozen; loading a model counts. */
  readonly silentMs: number;
  /** A child that holds more than this is replaced between requests, */
  readonly rssBytes: number;
  /** but not before it has answered so many: a model may simply be large. */
  readonly callsBeforeReplacing: number;
  /** onnxruntime's, in the order in which they are tried. */
  readonly executionProviders: readonly string[];
}

const defaultLimits: ModelLimits = {
  silentMs: 120_000,
  rssBytes: 640 * 2 ** 20,
  callsBeforeReplacing: 20,
  executionProviders: ['cpu'],
};

/** Makes the models available; their child process starts with the first request. Must be closed. */
export function openModelHost(options: {
  readonly log: { warn(fields: object, message: string): void };
  readonly limits?: Partial<ModelLimits>;
}): ModelHost {
  const { log } = options;
  const limits = { ...defaultLimits, ...options.limits };
  let closed = false;
  let child: ModelChild | undefined;
  let answered = 0;
  let lastId = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** Asks the child, and once more if it dies; runs when all earlier requests are done. */
  async function ask(name: ModelName, input: unknown, signal?: AbortSignal): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      if (closed || signal?.aborted) throw cancelled();
      if (!child?.alive) {
        child = startModelChild(limits.executionProviders, (warning) => log.warn({}, warning));
        answered = 0;
      }
      const outcome = await child.ask({ id: ++lastId, name, input }, limits.silentMs);
      if ('died' in outcome) {
        await child.end();
        if (closed) throw cancelled();
        if (attempt === 2)
          throw new FabulaError('MODEL_FAILED', `The model process failed twice on ${name}: ${outcome.died}.`);
        log.warn({ name, reason: outcome.died }, 'The model process ended; trying once more.');
        continue;
      }
      if (++answered >= limits.callsBeforeReplacing && outcome.rssBytes > limits.rssBytes) await child.end();
      if ('output' in outcome) return outcome.output;
      const { code, message, hint } = outcome.failure;
      throw new FabulaError(code, message, hint);
    }
  }

  return {
    get pid() {
      return child?.alive ? child.pid : undefined;
    },
    call<Name extends ModelName>(name: Name, input: ModelCalls[Name]['in'], signal?: AbortSignal) {
      const turn = queue.then(() => ask(name, input, signal));
      queue = turn.catch(() => {});
      return unlessAborted(turn, signal) as Promise<ModelCalls[Name]['out']>;
    },
    async close() {
      closed = true;
      await child?.end();
      await queue;
    },
  };
}

/** The promise's outcome, or CANCELLED as soon as the signal fires (what was asked then goes on unheard). */
function unlessAborted<Value>(promise: Promise<Value>, signal?: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(cancelled());
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', onAbort));
  });
}

const cancelled = () => new FabulaError('CANCELLED', 'The work was cancelled.');
