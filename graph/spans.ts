/**
 * Classes of durations, in milliseconds: a node's class is the shortest that is not shorter than it. What began before
 * a moment and lasts beyond it is then found class by class, each scan going back no further than its class is long,
 * so that one hour-long silence does not make every read go back an hour.
 */
export const spans = [1_000, 8_000, 64_000, 512_000, 4_096_000, 2 ** 31] as const;

/** The class of an interval; undefined for moments and for what has no time: they cannot reach past their start. */
export function spanOf(startMs: number, endMs: number): number | undefined {
  const durationMs = endMs - startMs;
  return durationMs > 1 ? spans.find((span) => durationMs <= span) : undefined;
}
