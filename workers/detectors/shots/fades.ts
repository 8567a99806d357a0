/** Light and detail of every frame of a film, in order. */
export interface LightColumns {
  readonly length: number;
  atMs(frame: number): number;
  /** Mean luma, 0…255. */
  luma(frame: number): number;
  /** Mean absolute horizontal step of luma, 0…255: 0 on a plain picture, with or without letterbox bars. */
  detail(frame: number): number;
}

/** A run of plain frames (black, white, any one colour) with how the picture goes and comes. */
export interface PlainRun {
  readonly level: 'black' | 'white' | 'plain';
  /** First plain frame, and the first after it that is not plain. */
  readonly from: number;
  readonly to: number;
  /** The middle of the stretch where the picture is plainest. */
  readonly heart: number;
  /** First frame of the fade out; absent when the picture goes at once, or never was. */
  readonly fadesFrom?: number;
  /** First frame after the fade in; absent when the picture comes at once, or never. */
  readonly fadesTo?: number;
}

const blackLuma = 10;
/** Somewhere in the run it must be really black, unless it lies between two fades (at a low rate, between frames). */
const blackHeart = 3.5;
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
/** A picture that does not change for this long stands. */
const standsMs = 200;
/** What the picture must come out by: levels of luma and detail together, or of detail. */
const leastRise = { black: 12, white: 12, plain: 1.5 } as const;
/** A fade that makes more than this share of its way between two frames is a cut with something before or after. */
const mostInOneStep = 0.5;
/** Text on black: this much detail for this long, that comes or goes while the black stays, or stays very long. */
const textDetail = 0.15;
const textMs = 800;
const longTextMs = 2500;
/** Large text on black is a title card even if it stays as long as the black. */
const largeTextDetail = 1;
const largeTextMs = 500;

/** Finds the plain runs of a film, in order. A title card on black is left out of the run, which it may part in two. */
export function findPlainRuns(light: LightColumns): PlainRun[] {
  const runs: PlainRun[] = [];
  for (let frame = 0; frame < light.length; frame++) {
    const level = levelOf(light, frame);
    if (!level) continue;
    const from = frame;
    while (frame + 1 < light.length && levelOf(light, frame + 1) === level) frame++;
    const isPicture = level !== 'black' && light.atMs(frame) - light.atMs(from) > longestPlainMs;
    if (isPicture) continue;
    const parts = withoutTitleCard(light, level, from, frame + 1).map((part) => describeRun(light, level, part));
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
}

function withoutTitleCard(light: LightColumns, level: PlainRun['level'], from: number, to: number): Part[] {
  const whole = { from, to };
  if (level !== 'black') return [whole];
  let isEverEmpty = false;
  let shown = 0;
  let detail = 0;
  let first: number | undefined;
  let last = from;
  let lastBeforeEmpty: number | undefined;
  for (let frame = from; frame < to; frame++) {
    if (light.luma(frame) > blackHeart) continue;
    if (light.detail(frame) < textDetail) {
      isEverEmpty = true;
      if (first !== undefined) lastBeforeEmpty = last;
    } else {
      first ??= frame;
      last = frame;
      shown++;
      detail += light.detail(frame);
    }
  }
  // What shows after the last empty frame is the next picture, already coming.
  last = lastBeforeEmpty ?? last;
  if (first === undefined) return [whole];
  const shownMs = light.atMs(last) - light.atMs(first);
  const isLarge = detail / shown >= largeTextDetail && shownMs >= largeTextMs;
  const isCard = isLarge || shownMs >= longTextMs || (shownMs >= textMs && isEverEmpty);
  return isCard
    ? [
        { from, to: Math.max(first, from + 1) },
        { from: Math.min(last + 1, to - 1), to },
      ]
    : [whole];
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

function describeRun(light: LightColumns, level: PlainRun['level'], { from, to }: Part): PlainRun {
  let least = Number.POSITIVE_INFINITY;
  for (let frame = from; frame < to; frame++) least = Math.min(least, awayFrom(light, level, frame));
  let first: number | undefined;
  let last = from;
  for (let frame = from; frame < to; frame++)
    if (awayFrom(light, level, frame) <= least + 0.2) {
      first ??= frame;
      last = frame;
    }
  const fadesFrom = followFade(light, level, first ?? from, -1);
  const fadesTo = followFade(light, level, last, 1);
  return {
    ...{ level, from, to, heart: Math.round(((first ?? from) + last) / 2) },
    ...(fadesFrom !== undefined && { fadesFrom }),
    ...(fadesTo !== undefined && { fadesTo }),
  };
}

/**
 * Walks away from a plain run while the picture keeps coming out of it. Yields the frame where it stands; nothing when
 * it came too little, too fast or mostly in one step, which is a cut.
 */
function followFade(light: LightColumns, level: PlainRun['level'], edge: number, step: -1 | 1): number | undefined {
  const start = awayFrom(light, level, edge);
  let frame = edge;
  let reached = start;
  let largestStep = 0;
  for (let next = edge + step; next >= 0 && next < light.length; next += step) {
    if (Math.abs(light.atMs(next) - light.atMs(edge)) > longestFadeMs) break;
    const now = awayFrom(light, level, next);
    if (now > reached + 0.2) {
      largestStep = Math.max(largestStep, now - reached);
      reached = now;
      frame = next;
    } else if (now < reached * 0.93 - 1 || Math.abs(light.atMs(next) - light.atMs(frame)) > standsMs) break;
  }
  const isSlow = Math.abs(light.atMs(frame) - light.atMs(edge)) >= shortestFadeMs;
  const rise = reached - start;
  return isSlow && rise >= leastRise[level] && largestStep <= mostInOneStep * rise ? frame : undefined;
}
