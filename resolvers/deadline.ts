import type { Store } from '../graph/store.js';

/**
 * The store for as long as a request lasts: once it is over, nothing more is asked, and what is being asked is no
 * longer waited for. What it had begun to write may still be written, whole.
 */
export function untilAborted(store: Store, signal: AbortSignal): Store {
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  over.catch(() => {});
  return new Proxy(store, {
    get(target, name) {
      const held: unknown = Reflect.get(target, name, target);
      if (typeof held !== 'function') return held;
      return async (...args: unknown[]) => {
        signal.throwIfAborted();
        return Promise.race([Reflect.apply(held, target, args), over]);
      };
    },
  });
}
