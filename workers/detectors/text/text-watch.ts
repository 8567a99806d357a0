/**
 * Follows all text that stands still on a film's pictures: the text mask shows where something new may stand, the
 * detector says whether it is text, a template follows it from its first frame to its last, and then it is read.
 */
import { type LumaPicture, resample } from '../luma-picture.js';
import { area, grown, intersection, overlap, type PixelBox } from '../pixel-box.js';
import { Attention } from './attention.js';
import { FrameHistory, type PastFrame } from './frame-history.js';
import type { FreshStripe } from './fresh-text.js';
import { LineTrack } from './line-track.js';
import { type Reading, settleReadings } from './reading-vote.js';
import { StillSteps } from './still-steps.js';
import type { TextBox } from './text-boxes.js';
import type { TextLine } from './text-line.js';
import { joinLines } from './text-lines.js';
import { tidyLine } from './tidy-line.js';

export interface TextReader {
  detect(picture: LumaPicture): Promise<readonly TextBox[]>;
  recognize(line: LumaPicture): Promise<Reading>;
}

/** The text mask is taken this often. */
const sampleMs = 140;
/** The detector sees pictures no wider than this: text is large enough on them, and it is four times faster. */
const detectorWidth = 640;
/** A short word alone is found only when it is looked at closely. */
const mostMagnified = 2;
/** Lines on the picture at once; a page of credits has fewer. */
const mostLines = 48;
/** Shorter ones are passing texture, or text that moves. */
const leastLifeMs = 240;
/** What stands longer is a logo. */
const longestMs = 12_000;
/** A Chinese reading that is this sure needs no other one, and none is made of what looks empty. */
const sureConfidence = 0.95;
const leastConfidence = 0.5;
/** A line on a mark has so many times the mark's steps in its box: less is the mark's own rim. */
const leastBeside = 1.2;
/** For so long after its first frame a line may turn out to be a piece of a longer one. */
const youngMs = 1200;

/** The stripe, or only the middle of it that is four times as wide as the fresh cells, where these are few. */
function lookedAt({ left, right, top, bottom }: FreshStripe, stripe: PixelBox): PixelBox {
  const around = Math.max(3 * (right - left), 8 * (bottom - top)) / 2;
  const x = Math.max(0, left - around);
  return { ...stripe, x, width: Math.min(stripe.width, right + around) - x };
}

/** Whether a followed box covers a line's width, as far as the detector's boxes are exact. */
const isWhole = (followed: PixelBox, line: PixelBox) =>
  overlap(followed, line) > 0.5 && followed.width >= line.width - 1.2 * followed.height;

/** Whether a new line takes the place of a followed one, which then is over; logos stay, and so do wider texts around it. */
function isReplaced(followed: LineTrack, line: LineTrack): boolean {
  const [a, b] = [followed.box, { ...line.box, y: line.box.y - 0.4 * line.box.height, height: 1.8 * line.box.height }];
  const agoMs = line.startMs - followed.startMs;
  return agoMs > leastLifeMs && agoMs <= longestMs && area(intersection(a, b)) > 0.5 * area(a);
}

/** Of Latin lines a sure reading may still lack a thin first or last character: two readings must agree. */
function isSettled(readings: readonly Reading[]): boolean {
  const last = readings.at(-1);
  if (!last) return false;
  const text = tidyLine(last.text);
  if (last.confidence >= sureConfidence && !/\p{Script=Latin}/u.test(text)) return true;
  return readings.slice(0, -1).some((other) => tidyLine(other.text) === text);
}

export class TextWatch {
  readonly #history: FrameHistory;
  readonly #attention: Attention;
  readonly #steps: StillSteps;
  readonly #frame: { readonly width: number; readonly height: number; readonly cellPx: number };
  #sampledMs = Number.NEGATIVE_INFINITY;
  #tracks: LineTrack[] = [];
  #lastMs = 0;

  /** For frames of `width × height` luma; lines come out of `found` in the order in which they end. */
  constructor(
    width: number,
    height: number,
    readonly reader: TextReader,
    readonly found: (line: TextLine) => void,
  ) {
    this.#frame = { width, height, cellPx: Math.max(8, Math.round(Math.min(width, height) / 30)) };
    this.#history = new FrameHistory(width, height);
    this.#attention = new Attention(width, height);
    this.#steps = new StillSteps(this.#frame);
  }

  /** Frames seconds apart, shown before the first: what all of them share are logos and watermarks. */
  preview(frames: readonly Uint8Array[]): void {
    this.#steps.preview(frames);
  }

  /** The next frame; its pixels are copied. */
  async next(atMs: number, luma: Uint8Array): Promise<void> {
    this.#lastMs = atMs;
    const frame = this.#history.push(atMs, luma);
    const isSample = atMs - this.#sampledMs >= sampleMs;
    for (const track of [...this.#tracks]) {
      const endMs = track.follow(frame, isSample);
      if (endMs !== undefined) await this.#finish(track, endMs);
    }
    if (!isSample) return;
    this.#sampledMs = atMs;
    this.#steps.take(atMs, frame);
    for (const stripe of this.#steps.freshStripes())
      if (this.#attention.isDue(stripe, atMs)) await this.#look(stripe, frame);
  }

  /** The film is over at `endMs`: all that still stands ends there. */
  async end(endMs: number = this.#lastMs): Promise<void> {
    for (const track of [...this.#tracks]) await this.#finish(track, endMs);
  }

  async #look(fresh: FreshStripe, frame: PastFrame): Promise<void> {
    const { width, height, cellPx } = this.#frame;
    const top = Math.max(0, fresh.top - 3 * cellPx);
    const stripe = { top, bottom: Math.min(height, fresh.bottom + 3 * cellPx) };
    const rows = stripe.bottom - top;
    const boxes = await this.#detect(frame, lookedAt(fresh, { x: 0, y: top, width, height: rows }));
    const newBoxes = boxes.filter((box) => this.#steps.isNew(box));
    const young = this.#tracks.filter((track) => frame.atMs - track.startMs <= youngMs);
    let foundLine = false;
    for (const line of joinLines([...newBoxes, ...young.map((track) => track.box)])) {
      if (!newBoxes.some((box) => overlap(box, line) > 0.9) || young.some((track) => isWhole(track.box, line)))
        continue;
      foundLine = (await this.#begin(line, young)) || foundLine;
    }
    if (this.#attention.looked(stripe, frame.atMs, foundLine))
      this.#steps.markKnown({ x: 0, y: top, width, height: rows });
  }

  /** The detector's boxes on a part of the frame, in the frame's pixels. */
  async #detect(frame: PastFrame, part: PixelBox): Promise<PixelBox[]> {
    const scale = Math.min(mostMagnified, detectorWidth / part.width);
    const picture = resample(frame, part, Math.round(part.width * scale), Math.round(part.height * scale));
    return (await this.reader.detect(picture)).map((box) => ({
      x: part.x + box.x / scale,
      y: part.y + box.y / scale,
      width: box.width / scale,
      height: box.height / scale,
    }));
  }

  /** Follows a new line; pieces of it that were found a moment earlier are given up for it. */
  async #begin(line: PixelBox, young: readonly LineTrack[]): Promise<boolean> {
    let begun = false;
    for (const track of LineTrack.begin(line, this.#steps.stable, this.#history.backwards())) {
      const pieces = young.filter(
        ({ box, startMs }) => overlap(box, track.box) > 0.5 && Math.abs(startMs - track.startMs) <= sampleMs,
      );
      const others = this.#tracks.filter((other) => !pieces.includes(other));
      if (pieces.some(({ box }) => isWhole(box, track.box)) || others.length >= mostLines) continue;
      if (track.template.at.length < leastBeside * this.#steps.marks.countIn(track.box)) continue;
      this.#tracks = [...others, track];
      for (const other of others) if (isReplaced(other, track)) await this.#finish(other, track.startMs);
      this.#steps.markKnown(grown(track.box, 0.5, 0.5, this.#frame));
      begun = true;
    }
    return begun;
  }

  async #finish(track: LineTrack, endMs: number): Promise<void> {
    this.#tracks = this.#tracks.filter((other) => other !== track);
    // A cut behind the text can end its track too early: what stands there now is news again.
    this.#steps.forget(track.box);
    if (endMs - track.startMs < leastLifeMs) return;
    const readings: Reading[] = [];
    for (const picture of track.pictures(this.#steps.marks.signs)) {
      const reading = await this.reader.recognize(picture);
      readings.push(reading);
      if ((reading.text.trim() === '' && readings.length === 1) || isSettled(readings)) break;
    }
    const { text, confidence, otherReadings } = settleReadings(readings);
    if (text === '' || confidence < leastConfidence) return;
    const { box, startMs } = track;
    this.#attention.expect({ top: box.y, bottom: box.y + box.height });
    this.found({ startMs, endMs, box, text: track.withNotes(text), confidence, otherReadings });
  }
}
