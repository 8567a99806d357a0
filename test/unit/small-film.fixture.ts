import { randomFrom } from '../../bench/shot-films/random.js';
import type { Boundary } from '../../workers/detectors/shots/boundaries.js';
import { ShotDetector } from '../../workers/detectors/shots/shot-detector.js';
import {
  chromaSamples,
  chromaWidth,
  frameSamples,
  lumaHeight,
  lumaSamples,
  lumaWidth,
} from '../../workers/detectors/shots/small-frame.js';

/** A small frame (64×36 luma, 32×18 chroma, planar, limited range). */
export type SmallFrame = Uint8Array;

/** A set of coloured patches, another for each seed; `shift` moves the camera by luma samples. */
export function scene(seed: number, shift = 0): SmallFrame {
  const random = randomFrom(seed);
  const patches = Array.from({ length: 14 * 40 }, () => ({
    luma: random.between(30, 220),
    cb: random.between(90, 166),
    cr: random.between(90, 166),
  }));
  const patchAt = (column: number, row: number) => {
    const patch = patches[(Math.floor(row / 3) % 14) * 40 + (Math.floor(column / 5) % 40)];
    if (!patch) throw new RangeError('outside the set');
    return patch;
  };
  const frame = new Uint8Array(frameSamples);
  for (let at = 0; at < lumaSamples; at++)
    frame[at] = patchAt((at % lumaWidth) + shift, Math.floor(at / lumaWidth)).luma;
  for (let at = 0; at < chromaSamples; at++) {
    const patch = patchAt(2 * (at % chromaWidth) + shift, 2 * Math.floor(at / chromaWidth));
    frame[lumaSamples + at] = patch.cb;
    frame[lumaSamples + chromaSamples + at] = patch.cr;
  }
  return frame;
}

/** One colour over the whole frame. */
export const plain = (luma: number): SmallFrame =>
  new Uint8Array(frameSamples).fill(luma, 0, lumaSamples).fill(128, lumaSamples);

/** `share` of the second picture over the first. */
export const mix = (first: SmallFrame, second: SmallFrame, share: number): SmallFrame =>
  first.map((value, at) => Math.round(value * (1 - share) + (second[at] ?? 0) * share));

/** The second picture where its left part of width `share` has come. */
export function wiped(first: SmallFrame, second: SmallFrame, share: number): SmallFrame {
  const frame = first.slice();
  for (let row = 0; row < lumaHeight; row++)
    for (let column = 0; column < share * lumaWidth; column++) {
      const at = row * lumaWidth + column;
      frame[at] = second[at] ?? 0;
      for (const plane of [lumaSamples, lumaSamples + chromaSamples]) {
        const chroma = plane + (row >> 1) * chromaWidth + (column >> 1);
        frame[chroma] = second[chroma] ?? 0;
      }
    }
  return frame;
}

/** The same picture for `frames` frames. */
export const still = (frame: SmallFrame, frames: number): SmallFrame[] => Array.from({ length: frames }, () => frame);

/** `frames` pictures on the way, by the share 0…1 (both ends left out). */
export const through = (frames: number, picture: (share: number) => SmallFrame): SmallFrame[] =>
  Array.from({ length: frames }, (_, index) => picture((index + 1) / (frames + 1)));

/** The boundaries of a film of small frames, 25 a second unless told. */
export function boundariesOf(frames: readonly SmallFrame[], frameMs = 40): Boundary[] {
  const detector = new ShotDetector();
  for (const [index, frame] of frames.entries()) detector.push(index * frameMs, frame);
  return detector.finish();
}
