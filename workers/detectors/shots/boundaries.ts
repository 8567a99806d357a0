import type { Transition } from '../../../schema/enums.js';
import type { Evidence } from '../../../schema/provenance.js';
import { overlaps } from '../../../src/narrative/intervals.js';
import { doubtOf } from './dissolve.js';
import { awayFrom, findPlainRuns, type PlainRun } from './fades.js';
import type { FrameColumns } from './frame-columns.js';
import { type CutWeights, cutConfidence } from './hard-cuts.js';
import type { GradualWeights } from './stretch.js';

/** Where one shot gives way to the next. */
export interface Boundary {
  /** First moment of the new shot; the middle of a gradual transition, the darkest (or whitest) moment of a fade. */
  readonly atMs: number;
  readonly transition: Exclude<Transition, 'START'>;
  /** From the first to the last moment of a gradual one. */
  readonly range?: { readonly startMs: number; readonly endMs: number };
  /** 0…1 */
  readonly confidence: number;
  readonly evidence: Evidence;
}

/** A picture that goes plain for less than this between two cuts is one cut. */
const blinkMs = 250;
/** Gradual transitions of one kind that touch are one; two boundaries are never nearer than this unless both are cuts. */
const apartMs = 200;

/** Puts cuts, fades, dissolves and wipes in order and settles which of them mean the same boundary. */
export function settleBoundaries(
  columns: FrameColumns,
  cuts: readonly CutWeights[],
  gradual: readonly GradualWeights[],
): Boundary[] {
  const passing = findPlainRuns(columns, () => false);
  const sharp = cuts.filter((cut) => !passing.some((run) => isStepOfFade(columns, run, cut)));
  const cutFrames = new Set(sharp.map(({ frame }) => frame));
  const wipes = clusterGradual(gradual).filter(isSharpWipe);
  const runs = standingRuns(findPlainRuns(columns, (frame) => cutFrames.has(frame))).map((run) =>
    besideWipes(columns, run, wipes),
  );
  const isCutNear = (frame: number) => cutFrames.has(frame) || cutFrames.has(frame - 1) || cutFrames.has(frame + 1);
  const flashes = runs.filter((run) => isFlash(columns, run));
  const fades = runs.filter((run) => !flashes.includes(run)).flatMap((run) => fadeBoundary(columns, run, isCutNear));
  const blinks = runs.filter((run) => isBlink(columns, run, isCutNear));
  const plain = runs.map((run) => ({
    startMs: columns.atMs(run.fadesFrom ?? run.plainest.first),
    endMs: columns.atMs(Math.min(columns.length - 1, run.fadesTo ?? run.plainest.last)),
  }));
  const isOfFlash = (frame: number) => flashes.some(({ from, to }) => frame >= from - 1 && frame <= to + 1);
  const hard = sharp
    .filter(({ frame }) => !isOfFlash(frame))
    .filter(({ frame }) => !blinks.some(({ from, to }) => frame >= from - 1 && frame < to - 1))
    .map(cutBoundary);
  const isFree = (weights: GradualWeights) => !plain.some((range) => overlaps(range, weights));
  const slow = clusterGradual(gradual.filter((weights) => wipes.includes(weights) || isFree(weights))).map(
    gradualBoundary,
  );
  const sure = [...hard, ...fades];
  return [...sure, ...slow.filter(({ atMs }) => sure.every((other) => Math.abs(other.atMs - atMs) > apartMs))].sort(
    (one, other) => one.atMs - other.atMs,
  );
}

/** Light that grows out of the dark in one place also has a front, but a soft one. */
const mostUnexplainedOfWipe = 0.22;
const isSharpWipe = ({ transition, unexplained }: GradualWeights): boolean =>
  transition === 'WIPE' && unexplained <= mostUnexplainedOfWipe;

/** At a low frame rate the steps of a fade look like cuts, but the drawing stays, or the picture is half gone. */
function isStepOfFade(columns: FrameColumns, run: PlainRun, { frame, stepLikeness }: CutWeights): boolean {
  const { level, heart, fadesFrom = heart, fadesTo = heart } = run;
  if (frame <= fadesFrom || frame > fadesTo) return false;
  const whole = awayFrom(columns, level, frame <= heart ? fadesFrom : fadesTo);
  const there = Math.max(awayFrom(columns, level, frame - 1), awayFrom(columns, level, frame));
  return stepLikeness > 0.3 || there < 0.75 * whole;
}

const levels = { black: 0, white: 1, plain: 2 } as const;
/** Of two runs that share a fade, the one with the smaller rank is what the picture fades to. */
const rank = ({ level, besideCard }: PlainRun): number => (besideCard ? 3 : levels[level]);

/** A plain picture that comes out of black or white, or goes back into it, is a step on the way, no transition. */
const standingRuns = (runs: readonly PlainRun[]): PlainRun[] =>
  runs.filter(
    (run) =>
      !runs.some(
        (other) =>
          rank(other) < rank(run) &&
          (other.fadesFrom ?? other.from) < (run.fadesTo ?? run.to) &&
          (run.fadesFrom ?? run.from) < (other.fadesTo ?? other.to),
      ),
  );

/** What a front brings over black or takes off it is no fade: the black is a picture of its own on that side. */
function besideWipes(columns: FrameColumns, run: PlainRun, wipes: readonly GradualWeights[]): PlainRun {
  const { fadesFrom, fadesTo, plainest, ...rest } = run;
  const isWiped = (from: number, to: number) =>
    wipes.some(({ atMs }) => atMs >= columns.atMs(from) && atMs <= columns.atMs(to));
  const isWipedOut = fadesFrom !== undefined && isWiped(fadesFrom, plainest.first);
  const isWipedIn = fadesTo !== undefined && isWiped(plainest.last, fadesTo);
  if (!isWipedOut && !isWipedIn) return run;
  return {
    ...{ ...rest, plainest, heart: isWipedOut ? plainest.last : plainest.first },
    ...(fadesFrom !== undefined && !isWipedOut && { fadesFrom }),
    ...(fadesTo !== undefined && !isWipedIn && { fadesTo }),
  };
}

/** From this likeness on it is the same picture before and after a flash. */
const likenessOfSame = 0.75;

/** White that comes at once and goes slowly, and leaves the picture that was there before, was light: an explosion. */
function isFlash(columns: FrameColumns, { level, from, fadesFrom, fadesTo }: PlainRun): boolean {
  // Two frames before the white the picture is still whole where pulldown mixes frames.
  const before = from - 2;
  if (level !== 'white' || fadesFrom !== undefined || fadesTo === undefined || before < 0) return false;
  return columns.likeness(before, Math.min(fadesTo, columns.length - 1)) > likenessOfSame;
}

/** Of the weights that overlap (one transition is seen from many moments and spans) the best explained stays. */
function clusterGradual(gradual: readonly GradualWeights[]): GradualWeights[] {
  const clusters: GradualWeights[] = [];
  for (const weights of [...gradual].sort((one, other) => strength(other) - strength(one)))
    if (!clusters.some((kept) => overlaps({ startMs: kept.startMs - apartMs, endMs: kept.endMs + apartMs }, weights)))
      clusters.push(weights);
  return clusters;
}

const strength = (weights: GradualWeights) => weights.difference * (1 - 2 * doubtOf(weights));

/** A fade needs a picture that goes slowly or comes slowly, and another boundary must not stand at the run already. */
function fadeBoundary(columns: FrameColumns, run: PlainRun, isCutNear: (frame: number) => boolean): Boundary[] {
  const isFilmEdge = run.from === 0 || run.to >= columns.length;
  if (isFilmEdge || isCutNear(run.from) || isCutNear(run.to)) return [];
  if (run.fadesFrom === undefined && run.fadesTo === undefined) return [];
  const startMs = columns.atMs(run.fadesFrom ?? run.from);
  const endMs = columns.atMs(run.fadesTo ?? run.to);
  const note = `${run.level === 'plain' ? 'one colour' : run.level} for ${columns.atMs(run.to) - columns.atMs(run.from)} ms, luma ${columns.luma(run.heart).toFixed(1)} of 255 at its plainest`;
  return [
    {
      atMs: columns.atMs(run.heart),
      transition: 'FADE',
      range: { startMs, endMs },
      confidence: run.fadesFrom !== undefined && run.fadesTo !== undefined ? 0.95 : 0.85,
      evidence: { startMs, endMs, note },
    },
  ];
}

function isBlink(columns: FrameColumns, run: PlainRun, isCutNear: (frame: number) => boolean): boolean {
  const isShort = run.to < columns.length && columns.atMs(run.to) - columns.atMs(run.from) < blinkMs;
  return isShort && isCutNear(run.from) && isCutNear(run.to);
}

function cutBoundary(cut: CutWeights): Boundary {
  const { atMs, separation, unrest } = cut;
  const note = `colours ${separation.toFixed(2)} apart (0…1) across the cut, ${unrest.toFixed(2)} from frame to frame around it`;
  return {
    atMs,
    transition: 'CUT',
    confidence: cutConfidence(cut),
    evidence: { startMs: atMs, endMs: atMs, note },
  };
}

function gradualBoundary(weights: GradualWeights): Boundary {
  const { atMs, startMs, endMs, transition, difference, elevation, unexplained } = weights;
  const way = transition === 'WIPE' ? 'replacing one picture by the other' : 'mixing the two pictures';
  const note = `${way} explains all but ${Math.round(100 * unexplained)} % of a change of ${difference.toFixed(0)} levels, ${elevation.toFixed(1)} times the picture's own pace`;
  return {
    ...{ atMs, transition, range: { startMs, endMs } },
    confidence: Math.max(0.5, Math.min(0.95, 1 - unexplained)),
    evidence: { startMs, endMs, note },
  };
}
