import type { FoundSignal } from '../../findings.js';
import type { FrameColumns } from './frame-columns.js';
import { chromaSamples } from './small-frame.js';

const stepMs = 1000;
/** Motion is stated for this time between frames, whatever the film's rate. */
const motionMs = 40;
/** Length of shot at which the cut rhythm has fallen to 1/e, and the window that smooths it (Kaiser, β 5). */
const rhythmFallMs = 12_000;
const rhythmWindow = 9;
const rhythmBeta = 5;

/** Means of a quantity over each second. Seconds without a value repeat the one before. */
export class SecondMeans {
  readonly #sums: number[] = [];
  readonly #counts: number[] = [];

  add(atMs: number, value: number): void {
    const second = Math.max(0, Math.floor(atMs / stepMs));
    this.#sums[second] = (this.#sums[second] ?? 0) + value;
    this.#counts[second] = (this.#counts[second] ?? 0) + 1;
  }

  values(durationMs: number): number[] {
    const values: number[] = [];
    for (let second = 0; second * stepMs < durationMs; second++) {
      const count = this.#counts[second] ?? 0;
      values.push(count === 0 ? (values.at(-1) ?? 0) : rounded((this.#sums[second] ?? 0) / count));
    }
    return values;
  }
}

/** Saturation (0…1) and warmth (−1…1) of a coarse picture. */
export function measureColour(coarse: Uint8Array): { readonly saturation: number; readonly warmth: number } {
  let chroma = 0;
  let warm = 0;
  for (let at = chromaSamples; at < 2 * chromaSamples; at++) {
    const cb = (coarse[at] as number) - 128;
    const cr = (coarse[at + chromaSamples] as number) - 128;
    chroma += Math.sqrt(cb * cb + cr * cr);
    warm += cr - cb;
  }
  return { saturation: chroma / chromaSamples / (112 * Math.SQRT2), warmth: warm / chromaSamples / 224 };
}

/** Light and motion of every second, from the columns; the change across a boundary is no motion. */
export function lightAndMotion(
  columns: FrameColumns,
  durationMs: number,
  boundaries: ReadonlySet<number>,
): FoundSignal[] {
  const light = new SecondMeans();
  const motion = new SecondMeans();
  for (let frame = 0; frame < columns.length; frame++) {
    const atMs = columns.atMs(frame);
    light.add(atMs, columns.luma(frame) / 255);
    if (frame === 0 || boundaries.has(atMs)) continue;
    const apartMs = Math.max(1, atMs - columns.atMs(frame - 1));
    motion.add(atMs, (columns.motion(frame) * motionMs) / Math.max(apartMs, motionMs / 4));
  }
  return [
    {
      name: 'MOTION',
      stepMs,
      unit: 'mean change of the picture in 40 ms, levels of Y, Cb and Cr together; cuts left out',
      values: motion.values(durationMs),
    },
    { name: 'LIGHT', stepMs, unit: 'mean luma, 0…1', values: light.values(durationMs) },
  ];
}

/**
 * Cut rhythm of every second: 100·exp(−shot length/12 s), near 100 where shots are short, smoothed by a Kaiser window
 * of 9 s. After Hanjalic & Xu 2005, c(k) = 100·exp((1 − (n(k) − p(k)))/δ) with n and p the cuts around frame k.
 */
export function cutRhythm(startsMs: readonly number[], durationMs: number): FoundSignal {
  const raw: number[] = [];
  let shot = 0;
  for (let atMs = 0; atMs < durationMs; atMs += stepMs) {
    while ((startsMs[shot + 1] ?? Number.POSITIVE_INFINITY) <= atMs) shot++;
    const lengthMs = (startsMs[shot + 1] ?? durationMs) - (startsMs[shot] ?? 0);
    raw.push(100 * Math.exp(-lengthMs / rhythmFallMs));
  }
  return {
    name: 'CUT_RHYTHM',
    stepMs,
    unit: '0…100, near 100 where shots are short (Hanjalic & Xu 2005, δ = 12 s)',
    values: smoothed(raw, kaiserWindow(rhythmWindow, rhythmBeta)).map(rounded),
  };
}

/** Saturation and warmth as found at the looks of a film. */
export const colourSignals = (saturation: SecondMeans, warmth: SecondMeans, durationMs: number): FoundSignal[] => [
  {
    name: 'SATURATION',
    stepMs,
    unit: 'mean distance of chroma from grey, 0…1',
    values: saturation.values(durationMs),
  },
  { name: 'WARMTH', stepMs, unit: 'mean Cr − Cb, −1 (blue) … 1 (red)', values: warmth.values(durationMs) },
];

/** A Kaiser window of odd length: I₀(β·√(1 − x²))/I₀(β), x from −1 to 1. */
export function kaiserWindow(length: number, beta: number): number[] {
  return Array.from({ length }, (_, index) => {
    const x = length === 1 ? 0 : (2 * index) / (length - 1) - 1;
    return bessel(beta * Math.sqrt(1 - x * x)) / bessel(beta);
  });
}

/** Weighted mean around each value; at the ends over what there is. */
export function smoothed(values: readonly number[], weights: readonly number[]): number[] {
  const reach = (weights.length - 1) / 2;
  return values.map((_, at) => {
    let sum = 0;
    let whole = 0;
    weights.forEach((weight, index) => {
      const value = values[at + index - reach];
      if (value === undefined) return;
      sum += weight * value;
      whole += weight;
    });
    return sum / whole;
  });
}

/** Modified Bessel function of the first kind, order 0, by its series. */
function bessel(x: number): number {
  let term = 1;
  let sum = 1;
  for (let k = 1; term > 1e-12 * sum; k++) {
    term *= (x / (2 * k)) ** 2;
    sum += term;
  }
  return sum;
}

const rounded = (value: number) => Math.round(value * 1e4) / 1e4;
