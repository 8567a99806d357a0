/** The store with an eye on its verbs: how long each takes, and what it fails with. */
import type { Store } from '../../../graph/store.js';
import { codeOf } from './error-code.js';
import type { Meter } from './meter.js';
import { type Span, within } from './tracing.js';

/** Times every verb. */
export const meteredStore = <Watched extends Store>(store: Watched, meter: Meter): Watched =>
  aroundVerbs(store, async (verb, call) => {
    const started = performance.now();
    try {
      const answer = await call();
      meter.storeCall(verb, (performance.now() - started) / 1000);
      return answer;
    } catch (error) {
      meter.storeCall(verb, (performance.now() - started) / 1000, codeOf(error));
      throw error;
    }
  });

/** Makes a span of every verb, inside the one that is asked for then. */
export const tracedStore = (store: Store, parent: () => Span): Store =>
  aroundVerbs(store, (verb, call) => within(parent().child(`store ${verb}`), call));

/** Not verbs: they ask the database nothing. */
const unwatched = new Set<string | symbol>(['lanes', 'close']);

function aroundVerbs<Watched extends Store>(
  store: Watched,
  around: (verb: string, call: () => Promise<unknown>) => Promise<unknown>,
): Watched {
  const verbs = new Map<string, unknown>();
  return new Proxy(store, {
    get(target, name) {
      const held: unknown = Reflect.get(target, name, target);
      if (typeof held !== 'function' || typeof name !== 'string') return held;
      if (unwatched.has(name)) return held.bind(target);
      // Not a verb either: the same store, whose verbs are watched likewise.
      if (name === 'within') return (signal: AbortSignal) => aroundVerbs(target.within(signal), around);
      const known = verbs.get(name);
      if (known) return known;
      const verb = (...args: unknown[]) => around(name, () => Reflect.apply(held, target, args));
      verbs.set(name, verb);
      return verb;
    },
  });
}
