/** The strokes by which a line of text is known again on other frames. */
import { upperMedian } from '../arithmetic.js';
import type { LumaPicture } from '../luma-picture.js';
import type { PixelBox } from '../pixel-box.js';
import { stepReachPx } from './edge-signs.js';

/** A step stands while it has this share of its first height: half-way into a fade. */
const leastStepShare = 0.35;
/** Strokes of one text are about equally bright. */
const mostUneven = 50;

/** Places of a frame where brightness steps along the row, and how far at least. */
export interface LineTemplate {
  readonly at: Int32Array;
  /** Least step at each place, positive or negative. */
  readonly needed: Int16Array;
}

/**
 * The steps that stand still within the box, as high as they are on this frame. Only those up to the text's own
 * brightness: the outer side of an outline steps too, but as far as the film behind it goes, and changes with it.
 */
export function templateIn(box: PixelBox, stable: Int8Array, frame: LumaPicture): LineTemplate {
  const at: number[] = [];
  const [left, right] = [
    Math.max(stepReachPx, Math.floor(box.x)),
    Math.min(frame.width - stepReachPx, Math.ceil(box.x + box.width)),
  ];
  for (let y = Math.floor(box.y); y < box.y + box.height; y++)
    for (let x = left; x < right; x++) if (stable[y * frame.width + x]) at.push(y * frame.width + x);
  const brightness = at.map((place) =>
    frame.luma.subarray(place - stepReachPx, place + stepReachPx + 1).reduce((most, luma) => Math.max(most, luma)),
  );
  const ofText = [...brightness].sort((a, b) => a - b)[Math.floor(brightness.length * 0.8)] ?? 0;
  const own = at.filter((_, index) => (brightness[index] as number) >= ofText - mostUneven);
  const kept = own.length >= 0.3 * at.length ? own : at;
  return {
    at: Int32Array.from(kept),
    needed: Int16Array.from(
      kept,
      (place) => Math.trunc(stepAt(frame.luma, place) * leastStepShare) || (stable[place] as number),
    ),
  };
}

/** The half of the template that steps most: the text's own strokes rather than what is behind or around them. */
export function strongest({ at, needed }: LineTemplate): LineTemplate {
  const half = upperMedian([...needed.map(Math.abs)]);
  return pick({ at, needed }, (index) => Math.abs(needed[index] as number) >= half);
}

/** The template's steps that lie in a box. */
export function within(template: LineTemplate, box: PixelBox, frameWidth: number): LineTemplate {
  return pick(template, (index) => {
    const place = template.at[index] as number;
    const [x, y] = [place % frameWidth, Math.floor(place / frameWidth)];
    return x >= box.x && x < box.x + box.width && y >= box.y && y < box.y + box.height;
  });
}

function pick({ at, needed }: LineTemplate, keep: (index: number) => boolean): LineTemplate {
  const kept = [...at.keys()].filter(keep);
  return {
    at: Int32Array.from(kept, (index) => at[index] as number),
    needed: Int16Array.from(kept, (index) => needed[index] as number),
  };
}

/** Share of the template that stands on a frame, 0…1. */
export function shareStanding({ at, needed }: LineTemplate, { luma }: LumaPicture): number {
  let standing = 0;
  for (let index = 0; index < at.length; index++)
    if (stands(luma, at[index] as number, needed[index] as number)) standing++;
  return at.length === 0 ? 0 : standing / at.length;
}

/** The template without what stood on an earlier frame already: the background's share of it. */
export function withoutBackground(template: LineTemplate, earlier: LumaPicture): LineTemplate {
  const { at, needed } = template;
  return pick(template, (index) => !stands(earlier.luma, at[index] as number, needed[index] as number));
}

/** Gaps that a line may have, in its heights: a stroke such as 一 hardly steps. Beyond the detector's box less is allowed. */
const [mostGap, mostGapOutside] = [2.5, 1.2];
/** A row with fewer steps than this share of the fullest is the text's rim, or lies between two lines. */
const leastFill = 0.22;
/** Emptier rows within one line, in heights of the detector's box: between the strokes of 三, below the dot of an i. */
const mostEmpty = 0.1;
/** A run of rows lower than this share of the highest is a speck. */
const leastRun = 0.4;

/**
 * The lines in a box that the detector may have drawn around two of them, or too short: their rows where the template is
 * dense, and their columns out from the fullest as far as steps follow each other without a wide gap, also beyond `box`.
 */
export function fitLines({ at }: LineTemplate, box: PixelBox, frameWidth: number): PixelBox[] {
  const top = Math.floor(box.y);
  const rows = new Float32Array(Math.ceil(box.y + box.height) - top);
  for (const place of at) {
    const x = place % frameWidth;
    const row = Math.floor(place / frameWidth) - top;
    if (x >= box.x && x < box.x + box.width && row >= 0 && row < rows.length) rows[row] = (rows[row] as number) + 1;
  }
  const dense = leastFill * rows.reduce((most, count) => Math.max(most, count), 0);
  const runs: { first: number; last: number }[] = [];
  for (const [row, count] of rows.entries()) {
    if (count <= dense) continue;
    const run = runs.at(-1);
    if (run && row - run.last - 1 <= Math.max(1, mostEmpty * rows.length)) run.last = row;
    else runs.push({ first: row, last: row });
  }
  const highest = Math.max(...runs.map(({ first, last }) => last - first + 1));
  return runs
    .filter(({ first, last }) => last - first + 1 >= leastRun * highest)
    .map(({ first, last }) => fitColumns(at, { ...box, y: top + first, height: last - first + 1 }, frameWidth));
}

function fitColumns(at: Int32Array, box: PixelBox, frameWidth: number): PixelBox {
  const columns = new Uint16Array(frameWidth);
  for (const place of at) {
    const row = Math.floor(place / frameWidth);
    if (row >= box.y && row < box.y + box.height)
      columns[place % frameWidth] = (columns[place % frameWidth] as number) + 1;
  }
  const fullest = columns.reduce((best, count, x) => (count > (columns[best] as number) ? x : best), 0);
  const reach = (step: 1 | -1): number => {
    let edge = fullest;
    for (let x = fullest; x >= 0 && x < frameWidth; x += step) {
      const isInside = x >= box.x && x < box.x + box.width;
      if (Math.abs(x - edge) > (isInside ? mostGap : mostGapOutside) * box.height) break;
      if ((columns[x] as number) >= 2) edge = x;
    }
    return edge;
  };
  const left = reach(-1);
  return { ...box, x: left, width: reach(1) - left + 1 };
}

const stepAt = (luma: Uint8Array, at: number) =>
  (luma[at + stepReachPx] as number) - (luma[at - stepReachPx] as number);

function stands(luma: Uint8Array, at: number, needed: number): boolean {
  const step = stepAt(luma, at);
  return needed > 0 ? step >= needed : step <= needed;
}
