/** How often each client may ask: a bucket of tokens for each, which fills evenly (token bucket). */
import { FabulaError } from '../../schema/errors.js';

export interface Rates {
  /** Takes one token of a client's. RATE_LIMITED when there is none. */
  take(client: string): void;
  /** Throws RATE_LIMITED when a client has none, and takes nothing. */
  look(client: string): void;
}

export const noRates: Rates = { take: () => {}, look: () => {} };

/** Clients that are remembered; those who have waited longest are forgotten first. */
const mostClients = 10_000;

/** A bucket holds what comes in during this long: what a client may ask at once, in seconds. */
const burstS = 10;

/** `now` gives milliseconds. */
export function openRates(perMinute: number, now: () => number = () => performance.now()): Rates {
  const perMs = perMinute / 60_000;
  const most = Math.max(1, perMs * burstS * 1000);
  // In the order in which they were last used.
  const buckets = new Map<string, { tokens: number; at: number }>();
  const tokensOf = (client: string) => {
    const known = buckets.get(client);
    return known ? Math.min(most, known.tokens + (now() - known.at) * perMs) : most;
  };
  const look = (client: string) => {
    const tokens = tokensOf(client);
    if (tokens >= 1) return tokens;
    const waitS = Math.ceil((1 - tokens) / perMs / 1000);
    throw new FabulaError('RATE_LIMITED', `Too many requests; ${perMinute} a minute are answered.`, `Wait ${waitS} s.`);
  };
  return {
    look: (client) => void look(client),
    take(client) {
      const tokens = look(client) - 1;
      buckets.delete(client);
      buckets.set(client, { tokens, at: now() });
      if (buckets.size <= mostClients) return;
      const [longest] = buckets.keys();
      if (longest !== undefined) buckets.delete(longest);
    },
  };
}
