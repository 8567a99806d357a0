/** Light and detail of every frame of a film, in order. */
export interface LightColumns {
  readonly length: number;
  atMs(frame: number): number;
  /** Mean luma, 0…255. */
  luma(frame: number): number;
  /** Mean absolute step of luma, 0…255: 0 on a plain picture, with or without letterbox bars. */
  detail(frame: number): number;
}

/** Up to this luma a frame can be really black; text on it adds to that. */
export const blackHeart = 3.5;
/** A frame that is black but for text has at least this much detail. */
const textDetail = 0.1;
/** What changes by less than this, and this share of it, stands. */
const stands = 0.03;
const standsShare = 0.07;
/** Large text is a card once it has stood for a moment. */
const largeTextDetail = 1;
const largeTextMs = 500;
/** Small text stands for a moment and comes or goes while the black stays; or it stands longer, or is shown very long. */
const smallTextMs = 400;
const smallTextShownMs = 800;
const smallTextAloneMs = 1000;
const longTextMs = 2500;

/** Finds what is shown on black from frame `from` to before `to`, so long or so large that it is a picture of its own. */
export function findTitleCard(
  light: LightColumns,
  from: number,
  to: number,
): { readonly first: number; readonly last: number } | undefined {
  let isEverEmpty = false;
  for (let frame = from; frame < to; frame++) isEverEmpty ||= light.detail(frame) < textDetail;
  let first: number | undefined;
  let last = from;
  for (let frame = from; frame < to; frame++) {
    if (!isText(light, frame)) continue;
    const begin = frame;
    while (frame + 1 < to && isText(light, frame + 1)) frame++;
    const shownMs = light.atMs(frame) - light.atMs(begin);
    const standing = longestStanding(light, begin, frame);
    const isLarge = standing.detail >= largeTextDetail && standing.ms >= largeTextMs;
    const isBrief = isEverEmpty && standing.ms >= smallTextMs && shownMs >= smallTextShownMs;
    const isSmall = isBrief || standing.ms >= smallTextAloneMs;
    if (!isLarge && !isSmall && shownMs < longTextMs) continue;
    first ??= begin;
    last = frame;
  }
  return first === undefined ? undefined : { first, last };
}

/** The picture that fades in or out also has detail, but it is light before it is much. */
const isText = (light: LightColumns, frame: number): boolean =>
  light.detail(frame) >= textDetail && (light.luma(frame) <= blackHeart || light.detail(frame) >= largeTextDetail);

/** The longest time for which detail stays as it is between two frames. */
function longestStanding(
  light: LightColumns,
  begin: number,
  end: number,
): { readonly ms: number; readonly detail: number } {
  let longest = { ms: 0, detail: 0 };
  for (let from = begin; from < end; from++) {
    const detail = light.detail(from);
    let to = from;
    while (to < end && Math.abs(light.detail(to + 1) - detail) <= stands + standsShare * detail) to++;
    const ms = light.atMs(to) - light.atMs(from);
    if (ms > longest.ms) longest = { ms, detail };
  }
  return longest;
}
