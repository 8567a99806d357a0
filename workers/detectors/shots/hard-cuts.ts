import { colourDistance } from './block-histogram.js';
import { emptyMixture, measureMixture } from './mixture.js';
import type { SampleWindow } from './sample-window.js';
import { structureLikeness, toneLikeness } from './structure.js';

/** What speaks for and against a cut before a frame. */
export interface CutWeights {
  /** Number of the first frame of the new shot. */
  readonly frame: number;
  readonly atMs: number;
  /** Colour distance from the frame before, 0…1. */
  readonly change: number;
  /** The smallest colour distance between any frame a little before and any a little after, 0…1. */
  readonly separation: number;
  /** How alike the frame before and the first of the new shot are drawn, −1…1. */
  readonly stepLikeness: number;
  /** How alike the frames a little before and after are drawn, −1…1. */
  readonly likeness: number;
  /** What the pictures around it change by from frame to frame: the third largest change among the neighbours. */
  readonly unrest: number;
  /** How far the pictures wander in a moment before or after, 0…1: colour distance over `wanderMs`, the larger one. */
  readonly wander: number;
  /** How alike light and dark are spread before and after, −1…1. */
  readonly tone: number;
}

/** A picture that comes back within this time was only interrupted: by a flash, a dropped or a black frame. */
export const returnMs = 600;
/** Frames this close before and after stand for the two shots. */
const closeMs = 130;
/** A flash or a black frame that lasts no longer only interrupts a shot. */
const intrusionMs = 200;
/** The pace of the picture is taken from neighbours this near, … */
const neighbourMs = 200;
/** … at least from this many on each side, unless they are farther than a second. */
const leastNeighbours = 2;

const leastSeparation = 0.14;
/** A cut must stand out of what changes all the time. */
const unrestFactor = 1.5;
const unrestMargin = 0.03;
const leastMotion = 8;
/** Fast action wanders as far in a moment as a cut leaps; it is a cut only if nothing is in its place any more. */
const wanderMs = 200;
const mostWander = 0.95;
const mostWanderOfUnlike = 1.3;
const unlike = 0.1;
const clearUnrestFactor = 2.2;
const clearChangeFactor = 3.5;
/** Two changes in a row of which one is at least this share of the other are a mixture of two shots, or one action. */
const runOnShare = 0.75;
const mostUnmixed = 0.2;
const mixture = emptyMixture();
/** Pictures drawn this much alike are one picture in another light, unless all its colours changed. */
const sameDrawing = 0.4;
const separationOfSameDrawing = 0.5;

/**
 * Weighs a cut before the frame of this number, which must have `returnMs` of frames around it at hand (fewer at the
 * film's ends). Undefined when the picture does not change enough to bother.
 */
export function weighCut(window: SampleWindow, frame: number): CutWeights | undefined {
  const { atMs, change, motion } = window.at(frame);
  if (frame <= window.first || change < leastSeparation || motion < leastMotion) return undefined;
  // Pulldown mixes the two pictures nearest to a cut: what is compared lies one frame away from it.
  const before = Math.max(window.first, frame - 2);
  const after = Math.min(window.next - 1, frame + 1);
  const { picture, coarse } = window.at(before);
  return {
    ...{ frame, atMs, change },
    separation: separation(window, frame),
    stepLikeness: structureLikeness(window.at(frame - 1).picture, window.at(frame).picture),
    likeness: structureLikeness(picture, window.at(after).picture),
    tone: toneLikeness(coarse, window.at(after).coarse),
    unrest: Math.max(unrest(window, frame), runOn(window, frame)),
    wander: Math.max(wander(window, before, -1), wander(window, after, 1)),
  };
}

/** Whether the two pictures are farther apart than light, motion and the frame rate make pictures of one shot. */
export function isCut({ change, separation, unrest, wander, likeness, tone }: CutWeights): boolean {
  if (separation < (likeness > sameDrawing ? separationOfSameDrawing : leastSeparation)) return false;
  if (separation < unrestFactor * unrest + unrestMargin) return false;
  if (wander <= separation * mostWander) return true;
  const isUnlike = likeness < unlike && tone < unlike;
  const isClear = separation > clearUnrestFactor * unrest || change > clearChangeFactor * unrest;
  return isUnlike && isClear && wander <= separation * mostWanderOfUnlike;
}

/** 0…1: how far the weights are beyond what is asked of them. */
export function cutConfidence({ separation, unrest }: CutWeights): number {
  const asked = Math.max(leastSeparation, unrestFactor * unrest + unrestMargin);
  return Math.min(0.99, 1 - 0.5 * Math.exp(-3 * (separation / asked - 1)));
}

/**
 * Frames that mix two shots (pulldown, rate conversion) make two or three changes in a row: of cuts no more than
 * `withinFrames` apart, the strongest stays.
 */
export function mergeCuts(cuts: readonly CutWeights[], withinFrames = 2): CutWeights[] {
  const merged: CutWeights[] = [];
  for (const cut of cuts) {
    const last = merged.at(-1);
    if (!last || cut.frame - last.frame > withinFrames) merged.push(cut);
    else if (cut.change > last.change) merged[merged.length - 1] = cut;
  }
  return merged;
}

function separation(window: SampleWindow, frame: number): number {
  const { atMs, change } = window.at(frame);
  let least = change;
  for (let before = frame - 1; before >= window.first; before--) {
    const beforeMs = atMs - window.at(before).atMs;
    if (beforeMs > returnMs && before < frame - 1) break;
    const isClose = before === frame - 1 || beforeMs <= closeMs;
    for (let after = frame; after < window.next; after++) {
      const afterMs = window.at(after).atMs - atMs;
      if (after > frame && afterMs > (isClose ? returnMs : closeMs)) break;
      const distance = colourDistance(window.at(before).histogram, window.at(after).histogram);
      if (distance >= least) continue;
      if (distance < leastSeparation) {
        // A black frame is no return to the dark picture on the other side of the cut.
        if (isIntrusion(window, before, frame - 1) || isIntrusion(window, after, frame)) continue;
        return distance;
      }
      least = distance;
    }
  }
  return least;
}

/**
 * Whether a frame only interrupts the shot on its side of a cut, whose nearest frame is `nearest`: whether what stands
 * between it and the cut is there again beyond it.
 */
function isIntrusion(window: SampleWindow, frame: number, nearest: number): boolean {
  const outwards = frame > nearest ? 1 : -1;
  const { atMs } = window.at(frame);
  const isNear = (number: number) =>
    number >= window.first && number < window.next && Math.abs(window.at(number).atMs - atMs) <= intrusionMs;
  const isOther = (number: number) => apart(window, frame, number) >= leastSeparation;
  for (let inner = frame; inner !== nearest && isNear(inner - outwards); ) {
    inner -= outwards;
    if (!isOther(inner)) continue;
    for (let outer = frame + outwards; isNear(outer); outer += outwards)
      if (isOther(outer) && apart(window, inner, outer) < leastSeparation) return true;
  }
  return false;
}

const apart = (window: SampleWindow, one: number, other: number): number =>
  colourDistance(window.at(one).histogram, window.at(other).histogram);

function wander(window: SampleWindow, from: number, step: -1 | 1): number {
  const { atMs, histogram } = window.at(from);
  let most = 0;
  for (let number = from + step; number >= window.first && number < window.next; number += step) {
    const isNext = number === from + step;
    if (!isNext && Math.abs(window.at(number).atMs - atMs) > wanderMs) break;
    most = Math.max(most, colourDistance(histogram, window.at(number).histogram));
  }
  return most;
}

/** The change next to a change when it is about as large and no mixture of two shots explains both: action, no cut. */
function runOn(window: SampleWindow, frame: number): number {
  const { change } = window.at(frame);
  let most = 0;
  for (const between of [frame - 1, frame]) {
    if (between - 1 < window.first || between + 1 >= window.next) continue;
    const next = window.at(between === frame ? frame + 1 : frame - 1).change;
    if (next < runOnShare * change || next <= most) continue;
    const [first, middle, last] = [window.at(between - 1), window.at(between), window.at(between + 1)];
    measureMixture(middle.coarse, first.coarse, last.coarse, mixture);
    if (mixture.unmixed > mostUnmixed) most = next;
  }
  return most;
}

function unrest(window: SampleWindow, frame: number): number {
  const { atMs } = window.at(frame);
  const changes: number[] = [];
  for (const step of [-1, 1])
    for (let away = 1; ; away++) {
      const number = frame + step * away;
      if (number < window.first || number >= window.next) break;
      const apartMs = Math.abs(window.at(number).atMs - atMs);
      if (apartMs > (away <= leastNeighbours ? 1000 : neighbourMs)) break;
      changes.push(window.at(number).change);
    }
  return changes.sort((one, other) => other - one)[2] ?? 0;
}
