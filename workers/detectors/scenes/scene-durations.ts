/**
 * How long scenes last, as a log-logistic distribution (its cumulative form is closed, so differences stay exact).
 * The 95 scenes that people marked in an hour of *Forrest Gump* (studyforrest) have a median of 18 s.
 */
const medianMs = 20_000;
const shape = 1.5;

/** Probability that a scene lasts longer than this. */
const survival = (durationMs: number): number => 1 / (1 + (Math.max(0, durationMs) / medianMs) ** shape);

/**
 * Log probability that a scene which has run for `beforeMs` when its last shot begins ends with that shot, at
 * `durationMs`. A cut stands for the time since the one before it: that is why fifty short shots in a row are not
 * fifty scenes. Of the film's last scene only that it reached its last shot is known.
 */
export const logDuration = (beforeMs: number, durationMs: number, isLast: boolean): number =>
  Math.log(Math.max(1e-12, survival(beforeMs) - (isLast ? 0 : survival(durationMs))));
