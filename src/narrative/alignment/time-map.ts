/** From a script's clock to the film's: one rate (PAL, NTSC), and a shift that jumps where something was cut. */
import { median } from '../median.js';

/** A moment by both clocks, in milliseconds. */
export interface TimePair {
  readonly scriptMs: number;
  readonly filmMs: number;
}

/** A stretch of the script, by its own clock, in which film = rate · script + shift. */
export interface TimePiece {
  readonly fromMs: number;
  readonly toMs: number;
  readonly shiftMs: number;
  /** Pairs that it was fitted to. */
  readonly pairs: number;
}

export interface TimeMap {
  readonly rate: number;
  /** In order of the script's clock. */
  readonly pieces: readonly TimePiece[];
  /** Median distance of the pairs from the map, in milliseconds. */
  readonly medianResidualMs: number;
  /** Share of the pairs within a second of the map, 0…1. */
  readonly fit: number;
}

/** No two versions of a film run at rates farther apart. */
const fastest = 1.25;
/** Pairs that a piece needs, and how far a shift must jump to begin one. */
const leastPairs = 4;
const leastJumpMs = 500;
const nearMs = 1_000;
/** What a pair off the map costs at most, and what each piece costs: so that noise is not cut to pieces. */
const farMs = 3_000;
const pieceCostMs = 6_000;
/** Between which moments rates are read: near ones are not parted by cuts, far ones tell the rate exactly. */
const spansMs = [
  [20_000, 120_000],
  [120_000, 600_000],
  [600_000, Number.POSITIVE_INFINITY],
] as const;

/**
 * The map that leaves least. Rate: the median slope of pairs (Theil 1950, Sen 1968) at three distances, refined by least
 * squares within pieces; the best by Σ min(|residual|, 3 s) + 6 s a piece. Pieces: binary segmentation of the shifts
 * (Scott & Knott 1974), medians for their values. Undefined for fewer than four pairs, or where no map fits half of them.
 */
export function fitTimeMap(given: readonly TimePair[]): TimeMap | undefined {
  if (given.length < leastPairs) return undefined;
  const pairs = given.toSorted((a, b) => a.scriptMs - b.scriptMs || a.filmMs - b.filmMs);
  const rates = [1, ...spansMs.flatMap(([from, to]) => medianSlope(pairs, from, to) ?? [])];
  const fits = rates
    .filter((rate) => rate < fastest && rate > 1 / fastest)
    .flatMap((rate) => {
      const refined = refinedRate(pairs, piecesAt(pairs, rate), rate);
      return [rate, refined].map((each) => mapAt(pairs, each));
    })
    .filter(({ rate }) => rate < fastest && rate > 1 / fastest);
  const best = fits.toSorted((a, b) => costOf(pairs, a) - costOf(pairs, b))[0];
  return best && best.fit >= 0.5 ? best : undefined;
}

/** The film's time of a script's: by the piece that it lies in, else the nearest one. */
export const filmTimeOf = (map: TimeMap, scriptMs: number): number =>
  Math.round(map.rate * scriptMs + (pieceAt(map, scriptMs)?.shiftMs ?? 0));

/** How far a pair is off, in milliseconds; near a cut, by the piece before or after, whichever fits. */
export function residualOf(map: TimeMap, { scriptMs, filmMs }: TimePair): number {
  const near = map.pieces.filter(({ fromMs, toMs }) => scriptMs >= fromMs - 60_000 && scriptMs <= toMs + 60_000);
  const off = (near.length > 0 ? near : map.pieces).map(({ shiftMs }) => filmMs - map.rate * scriptMs - shiftMs);
  return off.toSorted((a, b) => Math.abs(a) - Math.abs(b))[0] ?? Number.POSITIVE_INFINITY;
}

function pieceAt({ pieces }: TimeMap, scriptMs: number): TimePiece | undefined {
  const away = ({ fromMs, toMs }: TimePiece) => Math.max(fromMs - scriptMs, scriptMs - toMs, 0);
  return pieces.toSorted((a, b) => away(a) - away(b))[0];
}

function mapAt(pairs: readonly TimePair[], rate: number): TimeMap {
  const pieces = piecesAt(pairs, rate);
  const map = { rate, pieces, medianResidualMs: 0, fit: 0 };
  const off = pairs.map((pair) => Math.abs(residualOf(map, pair)));
  return { ...map, medianResidualMs: median(off), fit: off.filter((ms) => ms <= nearMs).length / pairs.length };
}

const costOf = (pairs: readonly TimePair[], map: TimeMap) =>
  pairs.reduce((sum, pair) => sum + Math.min(farMs, Math.abs(residualOf(map, pair))), map.pieces.length * pieceCostMs);

/** Slopes of pairs so far apart: enough of them, spread evenly. */
function medianSlope(pairs: readonly TimePair[], fromMs: number, toMs: number): number | undefined {
  const slopes: number[] = [];
  const strides = [1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144, 233, 377, 610, 987, 1597];
  for (const stride of strides)
    for (let n = stride; n < pairs.length; n++) {
      const [a, b] = [pairs[n - stride] as TimePair, pairs[n] as TimePair];
      const passed = b.scriptMs - a.scriptMs;
      if (passed >= fromMs && passed < toMs) slopes.push((b.filmMs - a.filmMs) / passed);
    }
  return slopes.length >= 3 ? median(slopes) : undefined;
}

/** Least squares around each piece's middle, over the pairs that lie near it. */
function refinedRate(pairs: readonly TimePair[], pieces: readonly TimePiece[], rate: number): number {
  let over = 0;
  let under = 0;
  for (const { fromMs, toMs, shiftMs } of pieces) {
    const own = pairs.filter(
      ({ scriptMs, filmMs }) =>
        scriptMs >= fromMs && scriptMs <= toMs && Math.abs(filmMs - rate * scriptMs - shiftMs) <= farMs,
    );
    const mean = (read: (pair: TimePair) => number) => own.reduce((sum, pair) => sum + read(pair), 0) / own.length;
    const [x, y] = [mean(({ scriptMs }) => scriptMs), mean(({ filmMs }) => filmMs)];
    for (const { scriptMs, filmMs } of own) {
      over += (scriptMs - x) * (filmMs - y);
      under += (scriptMs - x) ** 2;
    }
  }
  return under > 0 ? over / under : rate;
}

function piecesAt(pairs: readonly TimePair[], rate: number): TimePiece[] {
  const shifts = pairs.map(({ scriptMs, filmMs }) => filmMs - rate * scriptMs);
  const ends = splitAt(shifts, 0, shifts.length);
  let first = 0;
  return ends.map((end) => {
    const own = pairs.slice(first, end);
    const piece = {
      fromMs: own[0]?.scriptMs ?? 0,
      toMs: own.at(-1)?.scriptMs ?? 0,
      shiftMs: Math.round(median(shifts.slice(first, end))),
      pairs: own.length,
    };
    first = end;
    return piece;
  });
}

/** Where pieces end: the split that leaves least variance, as long as both sides are of one mind and differ. */
function splitAt(shifts: readonly number[], from: number, to: number): number[] {
  const whole = shifts.slice(from, to);
  const middle = median(whole);
  const clipped = whole.map((shift) => Math.max(-10_000, Math.min(10_000, shift - middle)));
  const total = clipped.reduce((sum, shift) => sum + shift, 0);
  let best = { at: -1, gain: 0 };
  let left = 0;
  for (let n = 1; n < clipped.length; n++) {
    left += clipped[n - 1] as number;
    if (n < leastPairs || clipped.length - n < leastPairs) continue;
    const gain = left ** 2 / n + (total - left) ** 2 / (clipped.length - n) - total ** 2 / clipped.length;
    if (gain > best.gain) best = { at: n, gain };
  }
  if (best.at < 0) return [to];
  const [one, other] = [whole.slice(0, best.at), whole.slice(best.at)];
  const [a, b] = [median(one), median(other)];
  const spread = (some: readonly number[], around: number) => median(some.map((shift) => Math.abs(shift - around)));
  const isJump = Math.abs(a - b) > Math.max(leastJumpMs, 4 * (spread(one, a) + spread(other, b)));
  const isMixed = spread(one, a) > nearMs || spread(other, b) > nearMs;
  if (!isJump && !isMixed) return [to];
  const ends = [...splitAt(shifts, from, from + best.at), ...splitAt(shifts, from + best.at, to)];
  return isJump || ends.length > 2 ? ends : [to];
}
