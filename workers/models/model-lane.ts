import { FabulaError } from '../../schema/errors.js';
import type { ModelLimits } from './child-host.js';
import type { ModelLog, ModelName } from './host.js';
import type { Request } from './messages.js';
import { type ModelChild, type Outcome, startModelChild } from './model-child.js';
import type { ProviderMemory } from './provider-memory.js';

/** One child at a time, and the requests that wait for it. */
export interface ModelLane {
  /** Requests that are asked and not yet answered. */
  readonly waiting: number;
  /** The child's process id, while it runs. */
  readonly pid: number | undefined;
  /** Asks the child when all earlier requests are done. Errors as `ModelHost.call`. */
  ask(name: ModelName, input: unknown, signal?: AbortSignal, log?: ModelLog): Promise<unknown>;
  close(): Promise<void>;
}

/** The child starts with the first request, and again after its end. With a `gpu`, it sees that one only. */
export function openModelLane(
  limits: ModelLimits,
  providers: ProviderMemory,
  ownLog: ModelLog,
  gpu?: string,
): ModelLane {
  let closed = false;
  let waiting = 0;
  let child: ModelChild | undefined;
  let answered = 0;
  let lastId = 0;
  let queue: Promise<unknown> = Promise.resolve();

  /** Asks the child, and once more if it dies. */
  async function askNow(name: ModelName, input: unknown, signal?: AbortSignal, log = ownLog): Promise<unknown> {
    for (let attempt = 1; ; attempt++) {
      if (closed || signal?.aborted) throw cancelled();
      if (!child?.alive) {
        // What took the last child down may have been a driver: the next one does without.
        child = startModelChild(attempt === 1 ? providers.usable() : ['cpu'], providers.note, gpu);
        answered = 0;
      }
      const outcome = await answerOf(child, { id: ++lastId, name, input }, signal);
      if ('died' in outcome) {
        await child.end();
        if (closed || signal?.aborted) throw cancelled();
        if (attempt === 2)
          throw new FabulaError('MODEL_FAILED', `The model process failed twice on ${name}: ${outcome.died}.`);
        log.warn({ name, reason: outcome.died }, `The model process ended over ${name}; trying once more, on the CPU.`);
        continue;
      }
      if (++answered >= limits.callsBeforeReplacing && outcome.rssBytes > limits.rssBytes) await child.end();
      if ('output' in outcome) return outcome.output;
      const { code, message, hint } = outcome.failure;
      throw new FabulaError(code, message, hint);
    }
  }

  /** A child whose answer nobody waits for any more is ended, unless it answers at once: others want their turn. */
  async function answerOf(asked: ModelChild, request: Request, signal?: AbortSignal): Promise<Outcome> {
    let timer: NodeJS.Timeout | undefined;
    const onAbort = () => {
      timer = setTimeout(() => void asked.end(), limits.unwantedMs);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    try {
      return await asked.ask(request, limits.silentMs);
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    }
  }

  return {
    get waiting() {
      return waiting;
    },
    get pid() {
      return child?.alive ? child.pid : undefined;
    },
    ask(name, input, signal, log) {
      waiting++;
      const turn = queue.then(() => askNow(name, input, signal, log)).finally(() => waiting--);
      queue = turn.catch(() => {});
      return turn;
    },
    async close() {
      closed = true;
      await child?.end();
      await queue;
    },
  };
}

/** Lanes that answer alike as one, such as one a GPU: each request goes where the fewest wait, the first of those. */
export function spreadOver(lanes: readonly [ModelLane, ...ModelLane[]]): ModelLane {
  const freest = () => lanes.reduce((best, lane) => (lane.waiting < best.waiting ? lane : best));
  return {
    get waiting() {
      return lanes.reduce((sum, lane) => sum + lane.waiting, 0);
    },
    get pid() {
      return lanes.find(({ pid }) => pid !== undefined)?.pid;
    },
    ask: (...request) => freest().ask(...request),
    async close() {
      await Promise.all(lanes.map((lane) => lane.close()));
    },
  };
}

const cancelled = () => new FabulaError('CANCELLED', 'The work was cancelled.');
