import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { crop, difference, MeanPicture, resample } from '../../workers/detectors/luma-picture.js';
import { decodeCtc } from '../../workers/detectors/text/ctc-decode.js';
import { settleReadings } from '../../workers/detectors/text/reading-vote.js';
import { textBoxes } from '../../workers/detectors/text/text-boxes.js';
import { joinLines } from '../../workers/detectors/text/text-lines.js';
import { editDistance, textSimilarity } from '../../workers/detectors/text/text-similarity.js';
import { tidyLine } from '../../workers/detectors/text/tidy-line.js';
import { gapsBetween, inkedColumns, wideGaps } from '../../workers/detectors/text/word-gaps.js';

describe('reading text', () => {
  describe('CTC decoding', () => {
    const alphabet = ['a', 'b', '中', '.', ' '];
    /** One step a letter of `path` (`-` is the blank), with the space's probability beside it where given. */
    const decode = (path: string, spaces: Record<number, number> = {}, isWide?: Parameters<typeof decodeCtc>[3]) => {
      const classes = alphabet.length + 1;
      const probabilities = new Float32Array(path.length * classes);
      for (const [step, letter] of [...path].entries()) {
        probabilities[step * classes + (letter === '-' ? 0 : alphabet.indexOf(letter) + 1)] = 0.9;
        if (spaces[step]) probabilities[step * classes + alphabet.length] = spaces[step];
      }
      return decodeCtc(probabilities, classes, alphabet, isWide);
    };

    it('drops blanks and repeats, and keeps doubled letters that a blank parts', () => {
      equal(decode('-aa-ab-').text, 'aab');
      ok(Math.abs(decode('-ab-').confidence - 0.9) < 1e-6);
    });

    it('puts back a space that lost against the blank', () => {
      equal(decode('a-b', { 1: 0.05 }).text, 'a b');
      equal(decode('a-b', { 1: 0.01 }).text, 'ab');
      equal(decode('a b').text, 'a b');
    });

    it('puts back a space that is hardly likely where the picture shows a gap', () => {
      const middles: number[][] = [];
      const isWide = (places: readonly number[]) => {
        middles.push([...places]);
        return [true, false];
      };
      equal(decode('aa-b-a', { 2: 0.01, 4: 0.01 }, isWide).text, 'a ba');
      deepEqual(middles, [[1, 3.5, 5.5]]);
      equal(decode('a-b-a', { 1: 0.0001 }, isWide).text, 'aba');
      equal(decode('中-中', { 1: 0.01 }, isWide).text, '中中');
    });

    it('sees gaps between light letters, and none over a light or a busy ground', () => {
      const letters = { luma: new Uint8Array(100 * 48), width: 100, height: 48 };
      for (let y = 12; y < 36; y++)
        for (const x of [4, 14, 24, 60, 70]) letters.luma.fill(250, y * 100 + x, y * 100 + x + 6);
      const middles = [7, 17, 27, 63, 73];
      const gaps = gapsBetween(middles, inkedColumns(letters));
      deepEqual(gaps, [4, 4, 30, 4]);
      deepEqual(wideGaps(gaps), [false, false, true, false]);
      const light = { ...letters, luma: letters.luma.map((value) => 255 - value) };
      deepEqual(wideGaps(gapsBetween(middles, inkedColumns(light))), [false, false, false, false]);
    });

    it('puts no space between Chinese characters or before a full stop', () => {
      equal(decode('中-中', { 1: 0.2 }).text, '中中');
      equal(decode('a-.', { 1: 0.2 }).text, 'a.');
    });

    it('reads nothing from blanks', () => deepEqual(decode('---'), { text: '', confidence: 0 }));
  });

  it('grows a box from each dense region of the probability map and skips specks', () => {
    const map = new Float32Array(64 * 32);
    for (let y = 10; y < 16; y++) map.fill(0.9, y * 64 + 8, y * 64 + 48);
    map[25 * 64 + 60] = 0.99;
    const boxes = textBoxes(map, 64, 32);
    equal(boxes.length, 1);
    // 40 × 6 px, ratio 1.6: grown by 240 · 1.6 / 92 = 4.17 px on each side.
    const { x, y, width, height, score } = boxes[0]!;
    deepEqual(
      [x, y, width, height, score].map((value) => Math.round(value * 100) / 100),
      [3.83, 5.83, 48.35, 14.35, 0.9],
    );
  });

  it('joins the pieces of a line and leaves other lines and far texts alone', () => {
    const line = (x: number, y: number, width: number) => ({ x, y, width, height: 20 });
    deepEqual(joinLines([line(0, 100, 50), line(70, 102, 50), line(0, 124, 90), line(300, 100, 40)]), [
      { x: 0, y: 100, width: 120, height: 22 },
      line(300, 100, 40),
      line(0, 124, 90),
    ]);
  });

  describe('settling readings', () => {
    it('takes the text with most confidence behind it and keeps the others', () => {
      const settled = settleReadings([
        { text: 'Wait', confidence: 0.9 },
        { text: 'Walt', confidence: 0.95 },
        { text: 'Wait', confidence: 0.8 },
      ]);
      equal(settled.text, 'Wait');
      deepEqual(settled.otherReadings, [{ text: 'Walt', confidence: 0.95 }]);
      ok(settled.confidence < 0.85 && settled.confidence > 0.7);
    });

    it('has no text for none', () => deepEqual(settleReadings([]), { text: '', confidence: 0, otherReadings: [] }));
  });

  it('tidies marks and stray dots, and leaves Chinese marks alone', () => {
    equal(tidyLine(' . - Who is she? . '), '- Who is she?');
    equal(tidyLine('Wait！'), 'Wait!');
    equal(tidyLine('$300.。'), '$300.');
    equal(tidyLine('Well...'), 'Well...');
    equal(tidyLine('... and then'), '... and then');
    equal(tidyLine('好，走吧！'), '好，走吧！');
  });

  it('measures edit distance as a metric does', () => {
    equal(editDistance('kitten', 'sitting'), 3);
    equal(textSimilarity('A  cat', 'acat'), 1);
    const word = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(word, word, word, (a, b, c) => {
        equal(editDistance(a, b), editDistance(b, a));
        equal(editDistance(a, a), 0);
        ok(editDistance(a, c) <= editDistance(a, b) + editDistance(b, c));
      }),
    );
  });

  describe('pictures', () => {
    const ramp = { luma: Uint8Array.from({ length: 64 }, (_, at) => (at % 8) * 30), width: 8, height: 8 };

    it('keep their brightness when they are resampled', () => {
      const small = resample(ramp, { x: 0, y: 0, width: 8, height: 8 }, 4, 4);
      const mean = (luma: Uint8Array) => luma.reduce((sum, value) => sum + value, 0) / luma.length;
      ok(Math.abs(mean(small.luma) - mean(ramp.luma)) < 2);
      deepEqual([...resample(ramp, { x: 0, y: 0, width: 8, height: 8 }, 8, 8).luma], [...ramp.luma]);
    });

    it('repeat their rim where a rectangle reaches over it', () => {
      const { luma } = resample(ramp, { x: -4, y: 0, width: 8, height: 8 }, 8, 8);
      deepEqual([...luma.subarray(0, 8)], [0, 0, 0, 0, 0, 30, 60, 90]);
    });

    it('can be averaged, cropped and taken from each other', () => {
      const mean = new MeanPicture({ x: 2, y: 1, width: 3, height: 2 });
      mean.add(ramp);
      mean.add({ ...ramp, luma: ramp.luma.map((value) => value + 10) });
      deepEqual([...mean.picture().luma], [65, 95, 125, 65, 95, 125]);
      const cut = crop(ramp, { x: 2, y: 1, width: 3, height: 2 });
      deepEqual([...difference(cut, cut).luma], Array(6).fill(128));
    });
  });
});
