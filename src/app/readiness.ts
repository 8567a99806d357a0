/** Whether this process can do its work now: each part by name, `ok` or the code of what is wrong with it. */
import type { Store } from '../../graph/store.js';
import type { Installation } from '../../resolvers/installation.js';
import { FabulaError } from '../../schema/errors.js';
import { codeOf } from './telemetry/error-code.js';

/** What must be in order, each as a look that throws where it is not. */
export interface ReadinessLooks {
  readonly store: () => Promise<unknown>;
  readonly queue: () => Promise<unknown>;
  readonly models: () => Promise<unknown>;
}

export interface Readiness {
  readonly ok: boolean;
  /** No more than codes: everybody may ask. */
  readonly checks: Readonly<Record<keyof ReadinessLooks, string>>;
}

/** The looks of a process that has a store, the models that `installation` lists, and its queue there or in Redis. */
export const looksInto = (store: Store, installation: Installation, redisUrl?: string): ReadinessLooks => ({
  store: () => store.ping(),
  async queue() {
    // The client takes a moment to load.
    if (redisUrl !== undefined) await (await import('../../workers/queue/redis.js')).checkRedis(redisUrl);
  },
  async models() {
    const missing = (await installation.models()).find(({ tier, present }) => tier === 'BUNDLED' && !present);
    if (missing) throw new FabulaError('MODEL_MISSING', `The model ${missing.name} is not there.`, missing.remedy);
  },
});

/** A part that says nothing for so long is not ready (TIMED_OUT), in milliseconds. */
const longestLookMs = 3_000;

/** Everybody may ask, as often as they like: what is asked of the parts does not grow with it. In milliseconds. */
const freshMs = 1_000;

export function watchReadiness(
  { store, queue, models }: ReadinessLooks,
  lookMs = longestLookMs,
): () => Promise<Readiness> {
  const looks = [store, queue, models].map(oneAtATime);
  let last: { readonly at: number; readonly readiness: Promise<Readiness> } | undefined;
  const look = async (): Promise<Readiness> => {
    const [store = 'ok', queue = 'ok', models = 'ok'] = await Promise.all(looks.map((each) => stateOf(each, lookMs)));
    const checks = { store, queue, models };
    return { ok: Object.values(checks).every((state) => state === 'ok'), checks };
  };
  return () => {
    if (!last || performance.now() - last.at > freshMs) last = { at: performance.now(), readiness: look() };
    return last.readiness;
  };
}

/** The same look, which is not begun again before it is over: what hangs is not asked ever more. */
function oneAtATime(look: () => Promise<unknown>): () => Promise<unknown> {
  let looking: Promise<unknown> | undefined;
  return () => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
}

/** The code of what is wrong; undefined where nothing is. */
async function stateOf(look: () => Promise<unknown>, lookMs: number): Promise<string | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('TIMED_OUT'), lookMs);
  });
  const looked = look().then(() => undefined, codeOf);
  return Promise.race([looked, late]).finally(() => clearTimeout(timer));
}
