/** What a token has opened ends with it: WebSockets and event streams, which would outlive many tokens. */
import type { Caller } from '../../resolvers/access.js';

/** Node's timers take no more, in milliseconds. */
const longestTimerMs = 2 ** 31 - 1;

/** Calls `end` when the caller's token is over; returns what calls that off. Tokens without an end never are. */
export function whenOver({ untilMs }: Caller, end: () => void): () => void {
  if (untilMs === undefined) return () => {};
  let timer: NodeJS.Timeout;
  const wait = () => {
    const leftMs = untilMs - Date.now();
    timer = leftMs > 0 ? setTimeout(wait, Math.min(leftMs, longestTimerMs)) : setTimeout(end, 0);
  };
  wait();
  return () => clearTimeout(timer);
}
