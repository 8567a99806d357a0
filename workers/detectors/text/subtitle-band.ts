/**
 * Which of the texts on a film's pictures are its subtitles: the ones that share a row, a size and an alignment, change
 * often, and stand where subtitles stand. All other text is named with the reason why it is none.
 */
import { upperMedian } from '../arithmetic.js';
import { overlap } from '../pixel-box.js';
import { isAddress, isCredit, isName } from './credit-words.js';
import type { TextBlock, TextLine } from './text-line.js';
import { shareContained } from './text-similarity.js';

export interface PartedText {
  readonly subtitles: TextBlock[];
  readonly others: { readonly block: TextBlock; readonly why: string }[];
}

export interface FilmFrame {
  /** Pixels of the frames that the boxes lie on. */
  readonly width: number;
  readonly height: number;
  /** Where shots change, if known. */
  readonly cutsMs?: readonly number[];
}

/** One line or a few, as a place on the picture: shares of width and height, letters in shares of the short side. */
interface Placed {
  readonly block: TextBlock;
  readonly centre: number;
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
  readonly letter: number;
  /** The block's text, for counting different ones. */
  readonly text: string;
}

const longestMs = 12_000;
const mostLines = 3;
const tallestLetter = 0.12;
const leastConfidence = 0.6;
/** Texts of one page come or go within this time of each other. */
const togetherMs = 500;
/** Fewer different texts in a row make a band only where subtitles nearly always are. */
const textsOfBand = 3;
const mostBands = 3;
/** Where so large a share of the lines are mere names, they are a cast's. */
const mostNames = 0.7;
/** A centred line's middle may lie this far off its band's, in widths. */
const offCentre = 0.12;

/** Parts subtitles from all other text. Pure; bands are found anew for each film. */
export function partSubtitles(blocks: readonly TextBlock[], frame: FilmFrame): PartedText {
  const others: { block: TextBlock; why: string }[] = [];
  let open: Placed[] = [];
  for (const block of blocks) {
    const why = whyNever(block, blocks, frame);
    if (why) others.push({ block, why });
    else open.push(place(block, frame));
  }
  const subtitles: TextBlock[] = [];
  const bands: Placed[] = [];
  let candidates = open.filter((each) => isUsualPlace(each, frame));
  while (bands.length < mostBands) {
    const { seed, members } = largestBand(candidates, frame);
    if (!seed) break;
    candidates = candidates.filter((each) => !members.includes(each));
    if (!isSubtitleBand(seed, members, bands[0], frame)) continue;
    bands.push(seed);
    for (const { block } of members) subtitles.push(block);
    open = open.filter((each) => !members.includes(each));
  }
  for (const placed of open) others.push({ block: placed.block, why: whyNotHere(placed, bands[0], frame) });
  const byTime = (a: TextBlock, b: TextBlock) => a.startMs - b.startMs;
  return { subtitles: subtitles.sort(byTime), others: others.sort((a, b) => byTime(a.block, b.block)) };
}

function whyNever(block: TextBlock, all: readonly TextBlock[], frame: FilmFrame): string | undefined {
  const { lines, startMs, endMs } = block;
  const lastsMs = endMs - startMs;
  const letter = letterOf(block, frame);
  if (lastsMs > longestMs) return `It stands for ${Math.round(lastsMs / 1000)} s, as logos and watermarks do.`;
  if (lines.every((line) => all.some((other) => isPieceOfLogo(line, other))))
    return 'It is a piece of a text that stands for long.';
  if (lines.length > mostLines) return `${lines.length} lines stand together, as credits and notes do.`;
  if (letter > tallestLetter) return "Its letters are as tall as a title's.";
  if (lines.some(({ text }) => isCredit(text))) return 'It names a film credit.';
  if (lines.some(({ text }) => isAddress(text))) return 'It is an address, as watermarks are.';
  if (Math.min(...lines.map((line) => line.confidence)) < leastConfidence) return 'It can hardly be read.';
  const beside = all.filter(
    (other) =>
      other !== block &&
      (Math.abs(other.startMs - startMs) <= togetherMs || Math.abs(other.endMs - endMs) <= togetherMs) &&
      isSameSize(letterOf(other, frame), letter, 1.4),
  );
  if (beside.length > 2) return `${beside.length + 1} texts stand on the picture at once, as in credits.`;
  return undefined;
}

/** The picture behind a translucent logo hides letters of it now and then. */
function isPieceOfLogo(line: TextLine, { lines, startMs, endMs }: TextBlock): boolean {
  return (
    endMs - startMs > longestMs &&
    lines.some((logo) => overlap(logo.box, line.box) > 0.5 && shareContained(line.text, logo.text) > 0.6)
  );
}

/** The seed with the most different texts in its row, size and alignment, and all that belong to it. */
function largestBand(placed: readonly Placed[], frame: FilmFrame): { seed?: Placed; members: Placed[] } {
  let best: { seed?: Placed; members: Placed[]; texts: number } = { members: [], texts: 0 };
  for (const seed of placed) {
    const members = placed.filter((other) => isSameBand(seed, other, frame));
    const texts = new Set(members.map(({ text }) => text)).size;
    if (texts > best.texts) best = { seed, members, texts };
  }
  return best;
}

function isSameBand(seed: Placed, other: Placed, frame: FilmFrame): boolean {
  const letter = (seed.letter * Math.min(frame.width, frame.height)) / frame.height;
  const sameRow = Math.abs(seed.bottom - other.bottom) < 0.9 * letter || Math.abs(seed.top - other.top) < 0.9 * letter;
  return sameRow && isSameSize(seed.letter, other.letter, 1.7) && Math.abs(seed.centre - other.centre) <= offCentre;
}

function isSubtitleBand(
  seed: Placed,
  members: readonly Placed[],
  first: Placed | undefined,
  frame: FilmFrame,
): boolean {
  if (Math.abs(upperMedian(members.map(({ centre }) => centre)) - 0.5) > offCentre) return false;
  const lines = members.flatMap(({ block }) => block.lines.map(({ text }) => text));
  if (lines.filter(isName).length >= mostNames * lines.length) return false;
  if (new Set(members.map(({ text }) => text)).size >= textsOfBand) return true;
  if (first && (frame.height > frame.width || !isSameSize(seed.letter, first.letter, 1.25))) return false;
  return members.every(
    (member) =>
      Math.abs(member.centre - 0.5) <= 0.04 &&
      !member.block.lines.some(({ text }) => isShouted(text)) &&
      (isLow(member) || (first && member.top < 0.2)) &&
      !comesAndGoesWithShot(member.block, frame),
  );
}

/** Capitals that no mark ends: a sign or a caption rather than someone's words. */
const isShouted = (text: string) => /\p{Lu}{2}/u.test(text) && !/\p{Ll}|[.,!?…"'♪\])]$/u.test(text);

const isLow = ({ bottom }: Placed) => bottom > 0.75 && bottom < 0.97;

/** All lines of a subtitle stand in the lower part, on upright pictures in the lower half, or at the top. */
function isUsualPlace({ top, bottom }: Placed, { width, height }: FilmFrame): boolean {
  return height > width ? top > 0.45 || bottom < 0.22 : (top > 0.58 && bottom > 0.67) || bottom < 0.3;
}

function comesAndGoesWithShot({ startMs, endMs }: TextBlock, { cutsMs = [] }: FilmFrame): boolean {
  const atCut = (ms: number) => cutsMs.some((cutMs) => Math.abs(cutMs - ms) <= 50);
  return atCut(startMs) && atCut(endMs);
}

function whyNotHere(placed: Placed, band: Placed | undefined, frame: FilmFrame): string {
  if (comesAndGoesWithShot(placed.block, frame)) return 'It comes and goes with its shot, as signs do.';
  if (placed.block.lines.every(({ text }) => isName(text)))
    return 'It is a name or a heading and no more, as in credits.';
  if (!band) return 'It does not stand where subtitles do.';
  if (!isSameSize(placed.letter, band.letter, 1.7)) return 'Its letters are of another size than the subtitles.';
  return 'It stands off the row of the subtitles.';
}

function place(block: TextBlock, { width, height }: FilmFrame): Placed {
  const boxes = block.lines.map((line) => line.box);
  const left = Math.min(...boxes.map((box) => box.x));
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const middles = boxes.map((box) => (box.y + box.height / 2) / height);
  return {
    block,
    centre: (left + right) / 2 / width,
    left: left / width,
    top: Math.min(...middles),
    bottom: Math.max(...middles),
    letter: letterOf(block, { width, height }),
    text: block.lines.map((line) => line.text.toLowerCase()).join('\n'),
  };
}

const letterOf = ({ lines }: TextBlock, { width, height }: FilmFrame) =>
  upperMedian(lines.map((line) => line.box.height)) / Math.min(width, height);

const isSameSize = (a: number, b: number, mostRatio: number) => Math.max(a, b) <= mostRatio * Math.min(a, b);
