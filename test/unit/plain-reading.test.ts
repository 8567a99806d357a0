import { deepEqual, equal, ok } from 'node:assert/strict';
import type { LumaPicture } from '../../workers/detectors/luma-picture.js';
import { isAddress, isName } from '../../workers/detectors/text/credit-words.js';
import { evenCase } from '../../workers/detectors/text/letter-case.js';
import { insidePanel, lettersAlone } from '../../workers/detectors/text/line-pictures.js';
import { withNotes } from '../../workers/detectors/text/note-marks.js';
import { settleReadings } from '../../workers/detectors/text/reading-vote.js';
import { tidyLine } from '../../workers/detectors/text/tidy-line.js';

/** A picture of `ground` with rectangles [x, y, width, height, luma] on it. */
function picture(width: number, height: number, ground: number, ...marks: number[][]): LumaPicture {
  const luma = new Uint8Array(width * height).fill(ground);
  for (const [x = 0, y = 0, w = 0, h = 0, value = 0] of marks)
    for (let row = y; row < y + h; row++) luma.fill(value, row * width + x, row * width + x + w);
  return { luma, width, height };
}

describe('a plainer reading', () => {
  it('has the letters alone: white ones without their outline, dark ones made light', () => {
    const outlined = lettersAlone(picture(60, 38, 120, [18, 10, 10, 18, 0], [20, 12, 6, 14, 220]));
    equal(outlined.luma[11 * 60 + 19], 0);
    equal(outlined.luma[20 * 60 + 22], 255);
    const dark = lettersAlone(picture(60, 38, 240, [20, 12, 6, 14, 20]));
    equal(dark.luma[20 * 60 + 22], 255);
    equal(dark.luma[5], 0);
  });

  it('leaves out what stands beside an opaque panel, and keeps a picture without one', () => {
    const boxed = picture(120, 38, 30, [15, 0, 90, 38, 240], [50, 10, 4, 18, 10], [2, 10, 4, 18, 200]);
    const inside = insidePanel(boxed);
    equal(inside.luma[20 * 120 + 3], 240);
    equal(inside.luma[20 * 120 + 117], 240);
    equal(inside.luma[20 * 120 + 52], 10);
    const plain = picture(120, 38, 90, [10, 10, 4, 18, 240]);
    equal(insidePanel(plain), plain);
  });

  it('puts a song between notes where the same mark stands at both ends, and nowhere else', () => {
    const words = [40, 10, 60, 18, 255];
    const song = picture(140, 38, 0, [15, 10, 8, 18, 255], words, [117, 10, 8, 18, 255]);
    equal(
      withNotes('J Carry me home', () => song),
      '♪ Carry me home ♪',
    );
    const speech = picture(140, 38, 0, [15, 10, 8, 18, 255], words);
    equal(
      withNotes('Carry me home', () => speech),
      'Carry me home',
    );
  });

  it('is in capitals where words mix case, as only a line of capitals does', () => {
    equal(evenCase('CArRY ME hOMe ToNIghT'), 'CARRY ME HOME TONIGHT');
    for (const line of ['Ask McKay about NASA.', 'IT IS Up to you', 'My iPhone rang.']) equal(evenCase(line), line);
  });

  it('closes up quotation marks and contractions, and opens up phrases', () => {
    const tidied = (line: string) => tidyLine(line);
    deepEqual(
      ['“Never again, ” she said.', '"Stop. "', 'He told us, " Go.', 'wouldn t', 'Yes,sir.', '1 .400 miles'].map(
        tidied,
      ),
      ['"Never again," she said.', '"Stop."', 'He told us, "Go.', "wouldn't", 'Yes, sir.', '1.400 miles'],
    );
  });

  it('goes by one sure reading rather than by two doubtful ones', () => {
    const [wrong, right] = [
      { text: 'ToNIghT', confidence: 0.7 },
      { text: 'TONIGHT', confidence: 0.97 },
    ];
    equal(settleReadings([wrong, wrong, right]).text, 'TONIGHT');
  });

  it('knows names and addresses from what people say', () => {
    ok(
      isName('Ada Stone') &&
        isName('Luis de Prado') &&
        !isName('Come here.') &&
        !isName('Goodnight, Ada') &&
        !isName('Stop') &&
        !isName('GET OUT NOW'),
    );
    ok(isAddress('@moviefan') && isAddress('www.example.org') && !isAddress('Meet me at eight.'));
  });
});
