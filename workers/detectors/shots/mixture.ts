import { coarseSamples } from './sample.js';
import { chromaSamples } from './small-frame.js';

/** How a coarse picture lies between two others. */
export interface Mixture {
  /** Share of the second picture, as a dissolve mixes: 0 is the first, 1 the second. */
  share: number;
  /** What a dissolve leaves unexplained, 0…: distance from the mixture over the distance of the two pictures. */
  unmixed: number;
  /** Part of the picture (by weight of the difference) that is nearer to the second, 0…1. */
  replaced: number;
  /** What a wipe leaves unexplained, 0…: every sample is held against the nearer of the two pictures. */
  unreplaced: number;
}

export const emptyMixture = (): Mixture => ({ share: 0, unmixed: 0, replaced: 0, unreplaced: 0 });

/** Finds the mixture of two coarse pictures that is nearest to a third (least squares), and the nearest patchwork. */
export function measureMixture(between: Uint8Array, first: Uint8Array, second: Uint8Array, into: Mixture): void {
  let along = 0;
  let apart = 0;
  let fromFirst = 0;
  let replaced = 0;
  let unreplaced = 0;
  for (let at = 0; at < coarseSamples; at++) {
    const start = first[at] as number;
    const whole = (second[at] as number) - start;
    const part = (between[at] as number) - start;
    const rest = part - whole;
    along += part * whole;
    apart += whole * whole;
    fromFirst += part * part;
    if (rest * rest < part * part) {
      replaced += whole * whole;
      unreplaced += rest * rest;
    } else unreplaced += part * part;
  }
  const scale = Math.max(apart, chromaSamples);
  into.share = along / scale;
  // |part − share·whole|² = |part|² − share²·|whole|²
  into.unmixed = Math.sqrt(Math.max(0, fromFirst - into.share * into.share * apart) / scale);
  into.replaced = replaced / scale;
  into.unreplaced = Math.sqrt(unreplaced / scale);
}
