import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { markPieces } from '../../workers/detectors/text/mark-pieces.js';
import { markStepMs, StandingMarks } from '../../workers/detectors/text/standing-marks.js';
import type { TextLine } from '../../workers/detectors/text/text-line.js';
import { withoutMarks } from '../../workers/detectors/text/without-marks.js';

const [width, height] = [40, 20];

/** A mask of strokes, four pixels of each sign, from one column to another. */
function strokes(from: number, to: number): Int8Array {
  const mask = new Int8Array(width * height);
  for (let y = 5; y < 15; y++) for (let x = from; x < to; x++) mask[y * width + x] = x % 8 < 4 ? 1 : -1;
  return mask;
}
const at = (x: number) => 10 * width + x;

function line(text: string, startMs: number, x: number, boxWidth: number): TextLine {
  const box = { x, y: 400, width: boxWidth, height: 20 };
  return { startMs, endMs: startMs + 600, text, confidence: 0.98, otherReadings: [], box };
}

describe('a standing mark', () => {
  it('is what pictures seconds apart have in common, also where half of them hide it', () => {
    const marks = new StandingMarks(width, height);
    marks.preview(Array.from({ length: 12 }, (_, index) => (index % 3 === 0 ? strokes(0, 8) : strokes(0, 16))));
    notEqual(marks.signs[at(10)], 0);
    equal(marks.signs[at(20)], 0);
    equal(marks.countIn({ x: 0, y: 0, width, height }), 160);
  });

  it('is none where pictures share a stroke by chance, or are too few to tell', () => {
    const marks = new StandingMarks(width, height);
    const speck = new Int8Array(width * height);
    speck.fill(1, at(20), at(23));
    marks.preview(Array.from({ length: 12 }, () => speck));
    marks.preview([strokes(0, 16), strokes(0, 16), strokes(0, 16)]);
    ok(marks.signs.every((sign) => sign === 0));
  });

  it('is learned while the film runs, later than any subtitle stands, and forgotten minutes after', () => {
    const marks = new StandingMarks(width, height);
    const learn = (mask: Int8Array, seconds: number) => {
      for (let ms = 0; ms < 1000 * seconds; ms += markStepMs) marks.learn(mask);
    };
    learn(strokes(0, 16), 12);
    equal(marks.signs[at(2)], 0);
    learn(strokes(0, 16), 20);
    equal(marks.signs[at(2)], 1);
    learn(strokes(0, 0), 20);
    equal(marks.signs[at(2)], 1);
    learn(strokes(0, 0), 120);
    equal(marks.signs[at(2)], 0);
  });

  it('is painted out of a line that is written over it, and the letters stay', () => {
    const luma = new Uint8Array(width * height).fill(40);
    for (let y = 4; y < 16; y++) {
      luma.fill(160, y * width + 4, y * width + 8);
      luma.fill(255, y * width + 24, y * width + 28);
    }
    const marks = new Int8Array(width * height);
    const letter: number[] = [];
    for (let y = 4; y < 16; y++) {
      marks.fill(1, y * width + 2, y * width + 10);
      letter.push(y * width + 24, y * width + 27);
    }
    const clean = withoutMarks({ luma, width, height }, marks, letter);
    equal(clean.luma[at(6)], 40);
    equal(clean.luma[at(25)], 255);
    const unmarked = { luma, width, height };
    equal(withoutMarks(unmarked, new Int8Array(width * height), letter), unmarked);
  });

  it('is known by pieces of it, seen at the same place at other times, that begin elsewhere', () => {
    const whole = line('2013 Brandon Castellano', 1000, 200, 300);
    const piece = line('andon Castelano', 5000, 304, 196);
    deepEqual(markPieces([piece, whole]), new Set([whole, piece]));
    equal(markPieces([piece, { ...whole, startMs: 5000, endMs: 5600 }]).size, 0);
  });

  it('is not seen in subtitles that hold the words of another', () => {
    const centred = (text: string, startMs: number) => line(text, startMs, 427 - 5 * text.length, 10 * text.length);
    equal(markPieces([centred('Go!', 0), centred('No, go! Now.', 2000)]).size, 0);
    equal(markPieces([centred('Come here.', 0), centred('I said, come here.', 2000)]).size, 0);
    equal(markPieces([line('Wait', 0, 100, 60), line('Wait for me', 2000, 100, 160)]).size, 0);
  });
});
