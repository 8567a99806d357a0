import { blackHeart, findTitleCard, type LightColumns } from './title-card.js';

/** A run of plain frames (black, white, any one colour) with how the picture goes and comes. */
export interface PlainRun {
  readonly level: 'black' | 'white' | 'plain';
  /** First plain frame, and the first after it that is not plain. */
  readonly from: number;
  readonly to: number;
  /** Whether a title card goes or comes at once here, without an empty frame. */
  readonly besideCard: boolean;
  /** The middle of the stretch where the picture is plainest, and the first and last frame of that. */
  readonly heart: number;
  readonly plainest: { readonly first: number; readonly last: number };
  /** First frame of the fade out; absent when the picture goes at once, or never was. */
  readonly fadesFrom?: number;
  /** First frame after the fade in; absent when the picture comes at once, or never. */
  readonly fadesTo?: number;
}

const blackLuma = 10;
const whiteLuma = 238;
const whiteHeart = 248;
const plainDetail = 2;
const plainHeart = 0.35;
/** A plain picture that lasts longer is a picture. */
const longestPlainMs = 1000;
/** A fade is followed back and forth for at most this long. */
const longestFadeMs = 4000;
/** A fade takes at least this long; faster is a cut. */
const shortestFadeMs = 160;
/** A picture that gains less than this share of its way for this long stands. */
const standsMs = 200;
const standsShare = 0.03;
/** What the picture must come out by: levels of luma and detail together, or of detail. */
const leastRise = { black: 12, white: 12, plain: 1.5 } as const;
/** A fade that makes more than this share of its way in so short a moment is a cut with something before or after. */
const mostInOneStep = 0.6;
const stepMs = 90;
/**
 * Finds the plain runs of a film, in order. A title card on black is left out of the run, which it may part in two.
 * No fade goes on over a cut; `isCut` says whether a shot begins with the frame.
 */
export function findPlainRuns(light: LightColumns, isCut: (frame: number) => boolean): PlainRun[] {
  const runs: PlainRun[] = [];
  for (let frame = 0; frame < light.length; frame++) {
    const level = levelOf(light, frame);
    if (!level) continue;
    const from = frame;
    while (frame + 1 < light.length && levelOf(light, frame + 1) === level) frame++;
    const isPicture = level !== 'black' && light.atMs(frame) - light.atMs(from) > longestPlainMs;
    if (isPicture) continue;
    const parts = withoutTitleCard(light, level, from, frame + 1).map((part) => describeRun(light, level, part, isCut));
    const isBetweenFades = level !== 'plain' && parts.every(({ fadesFrom, fadesTo }) => fadesFrom && fadesTo);
    if (isBetweenFades || isReallyPlain(light, level, from, frame + 1)) runs.push(...parts);
  }
  return runs;
}

function levelOf(light: LightColumns, frame: number): PlainRun['level'] | undefined {
  if (light.luma(frame) < blackLuma) return 'black';
  if (light.detail(frame) >= plainDetail) return undefined;
  return light.luma(frame) > whiteLuma ? 'white' : 'plain';
}

function isReallyPlain(light: LightColumns, level: PlainRun['level'], from: number, to: number): boolean {
  for (let frame = from; frame < to; frame++) {
    const isHeart = {
      black: light.luma(frame) <= blackHeart,
      white: light.luma(frame) >= whiteHeart,
      plain: light.detail(frame) <= plainHeart,
    };
    if (isHeart[level]) return true;
  }
  return false;
}

interface Part {
  readonly from: number;
  readonly to: number;
  readonly besideCard: boolean;
}

function withoutTitleCard(light: LightColumns, level: PlainRun['level'], from: number, to: number): Part[] {
  const card = level === 'black' ? findTitleCard(light, from, to) : undefined;
  if (!card) return [{ from, to, besideCard: false }];
  const { first, last } = card;
  return [
    { from, to: Math.max(first, from + 1), besideCard: first <= from },
    { from: Math.min(last + 1, to - 1), to, besideCard: last + 1 >= to },
  ];
}

/** How far a frame is from black, or from having nothing on it. */
export function awayFrom(light: LightColumns, level: PlainRun['level'], frame: number): number {
  const detail = light.detail(frame);
  switch (level) {
    case 'black':
      return light.luma(frame) + detail;
    case 'white':
      return 255 - light.luma(frame) + detail;
    case 'plain':
      return detail;
  }
}

function describeRun(
  light: LightColumns,
  level: PlainRun['level'],
  { from, to, besideCard }: Part,
  isCut: (frame: number) => boolean,
): PlainRun {
  let least = Number.POSITIVE_INFINITY;
  for (let frame = from; frame < to; frame++) least = Math.min(least, awayFrom(light, level, frame));
  const isPlainest = (frame: number) => awayFrom(light, level, frame) <= least + 0.2;
  let first = from;
  while (!isPlainest(first)) first++;
  let last = to - 1;
  while (!isPlainest(last)) last--;
  const fadesFrom = followFade(light, level, first, -1, isCut);
  const fadesTo = followFade(light, level, last, 1, isCut);
  return {
    ...{ level, from, to, besideCard, heart: Math.round((first + last) / 2), plainest: { first, last } },
    ...(fadesFrom !== undefined && { fadesFrom }),
    ...(fadesTo !== undefined && { fadesTo }),
  };
}

/**
 * Walks away from a plain run while the picture keeps coming out of it. Yields the frame where it stands; nothing when
 * it came too little, too fast or mostly in one step, which is a cut.
 */
function followFade(
  light: LightColumns,
  level: PlainRun['level'],
  edge: number,
  step: -1 | 1,
  isCut: (frame: number) => boolean,
): number | undefined {
  const start = awayFrom(light, level, edge);
  let frame = edge;
  let reached = start;
  let largestStep = 0;
  let stepFrom = edge;
  let past = edge;
  for (let next = edge + step; next >= 0 && next < light.length; next += step) {
    if (Math.abs(light.atMs(next) - light.atMs(edge)) > longestFadeMs || isCut(next) || isCut(next + 1)) break;
    const now = awayFrom(light, level, next);
    if (now < reached * 0.93 - 1) break;
    past = catchUp(light, past, next, step, standsMs);
    const gained = now - awayFrom(light, level, past);
    if (past !== edge && gained < standsShare * (reached - start)) break;
    if (now <= reached + 0.2) continue;
    stepFrom = catchUp(light, stepFrom, next, step, stepMs);
    largestStep = Math.max(largestStep, now - awayFrom(light, level, stepFrom));
    reached = now;
    frame = next;
  }
  const isSlow = Math.abs(light.atMs(frame) - light.atMs(edge)) >= shortestFadeMs;
  const rise = reached - start;
  return isSlow && rise >= leastRise[level] && largestStep <= mostInOneStep * rise ? frame : undefined;
}

/** Moves a frame on until it lies no more than `awayMs` from another, or next to it. */
function catchUp(light: LightColumns, frame: number, to: number, step: -1 | 1, awayMs: number): number {
  let nearer = frame;
  while (nearer + step !== to && Math.abs(light.atMs(to) - light.atMs(nearer)) > awayMs) nearer += step;
  return nearer;
}
