/** The strokes by which a line of text is known again on other frames. */
import { stepReachPx } from './edge-signs.js';
import type { LumaPicture } from './luma-picture.js';
import type { PixelBox } from './pixel-box.js';

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

/** Share of the template that stands on a frame, 0…1. */
export function shareStanding({ at, needed }: LineTemplate, { luma }: LumaPicture): number {
  let standing = 0;
  for (let index = 0; index < at.length; index++)
    if (stands(luma, at[index] as number, needed[index] as number)) standing++;
  return at.length === 0 ? 0 : standing / at.length;
}

/** The template without what stood on an earlier frame already: the background's share of it. */
export function withoutBackground({ at, needed }: LineTemplate, earlier: LumaPicture): LineTemplate {
  const fresh = [...at.keys()].filter((index) => !stands(earlier.luma, at[index] as number, needed[index] as number));
  return {
    at: Int32Array.from(fresh, (index) => at[index] as number),
    needed: Int16Array.from(fresh, (index) => needed[index] as number),
  };
}

/** Gaps that a line may have, in its heights: a stroke such as 一 hardly steps. Beyond the detector's box less is allowed. */
const [mostGap, mostGapOutside] = [2.5, 1.2];
/** A row or column with fewer steps than this share of the fullest is the text's rim or a speck. */
const leastFill = 0.12;

/**
 * The box of the line itself: its rows where the template is dense within `box`, and its columns out from the fullest as
 * far as steps follow each other without a wide gap, also beyond `box`.
 */
export function fitBox({ at }: LineTemplate, box: PixelBox, frameWidth: number): PixelBox {
  const top = Math.floor(box.y);
  const rows = new Float32Array(Math.ceil(box.y + box.height) - top);
  for (const place of at) {
    const x = place % frameWidth;
    const row = Math.floor(place / frameWidth) - top;
    if (x >= box.x && x < box.x + box.width && row >= 0 && row < rows.length) rows[row] = (rows[row] as number) + 1;
  }
  const dense = leastFill * rows.reduce((most, count) => Math.max(most, count), 0);
  const first = rows.findIndex((count) => count > dense);
  const last = rows.findLastIndex((count) => count > dense);
  if (first < 0) return box;
  const [y, height] = [top + first, last - first + 1];

  const columns = new Uint16Array(frameWidth);
  for (const place of at) {
    const row = Math.floor(place / frameWidth);
    if (row >= y && row < y + height) columns[place % frameWidth] = (columns[place % frameWidth] as number) + 1;
  }
  const fullest = columns.reduce((best, count, x) => (count > (columns[best] as number) ? x : best), 0);
  const reach = (step: 1 | -1): number => {
    let edge = fullest;
    for (let x = fullest; x >= 0 && x < frameWidth; x += step) {
      const isInside = x >= box.x && x < box.x + box.width;
      if (Math.abs(x - edge) > (isInside ? mostGap : mostGapOutside) * height) break;
      if ((columns[x] as number) >= 2) edge = x;
    }
    return edge;
  };
  const left = reach(-1);
  return { x: left, y, width: reach(1) - left + 1, height };
}

const stepAt = (luma: Uint8Array, at: number) =>
  (luma[at + stepReachPx] as number) - (luma[at - stepReachPx] as number);

function stands(luma: Uint8Array, at: number, needed: number): boolean {
  const step = stepAt(luma, at);
  return needed > 0 ? step >= needed : step <= needed;
}
