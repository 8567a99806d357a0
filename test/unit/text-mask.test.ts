import { deepEqual, equal, ok } from 'node:assert/strict';
import { edgeSigns, stableSigns } from '../../workers/detectors/text/edge-signs.js';
import { FrameHistory } from '../../workers/detectors/text/frame-history.js';
import { freshStripes } from '../../workers/detectors/text/fresh-text.js';

/** A grey picture with bright bars three pixels wide every eight, where `rows` and `columns` say. */
function barsPicture(width: number, height: number, rows: [number, number], columns: [number, number]) {
  const luma = new Uint8Array(width * height).fill(60);
  for (let y = rows[0]; y < rows[1]; y++)
    for (let x = columns[0]; x < columns[1]; x++) if (x % 8 < 3) luma[y * width + x] = 230;
  return { luma, width, height };
}

describe('the text mask', () => {
  it('marks where a row turns brighter and darker, and nothing on even ground', () => {
    const luma = Uint8Array.from([10, 10, 10, 10, 200, 200, 200, 200, 10, 10, 10, 10]);
    const signs = new Int8Array(12);
    edgeSigns({ luma, width: 12, height: 1 }, signs);
    deepEqual([...signs], [0, 0, 1, 1, 1, 1, -1, -1, -1, -1, 0, 0]);
    edgeSigns({ luma: new Uint8Array(12).fill(90), width: 12, height: 1 }, signs);
    deepEqual([...signs], Array(12).fill(0));
  });

  it('keeps only what two masks share, and nothing on a standing mark or beside it', () => {
    const stable = new Int8Array(7);
    const marks = Int8Array.of(0, 0, 0, 0, 0, 0, 1);
    stableSigns(Int8Array.of(1, -1, 1, 0, 1, 1, -1), Int8Array.of(1, 1, -1, 1, 1, 1, -1), stable, marks);
    deepEqual([...stable], [1, 0, 0, 0, 1, 0, 0]);
  });

  describe('fresh stripes', () => {
    const frame = { width: 160, height: 96, cellPx: 12 };
    const signsOf = (picture: ReturnType<typeof barsPicture>) => {
      const signs = new Int8Array(picture.luma.length);
      edgeSigns(picture, signs);
      return signs;
    };
    const text = signsOf(barsPicture(160, 96, [60, 72], [40, 120]));
    const nothing = new Int8Array(160 * 96);

    it('are where strokes stand that were not known', () => {
      deepEqual(freshStripes(text, nothing, frame), [{ top: 60, bottom: 72, left: 36, right: 120 }]);
      deepEqual(freshStripes(text, text, frame), []);
    });

    it('need strokes with two sides: the edge of a wall is none', () => {
      const wall = new Uint8Array(160 * 96).fill(60);
      for (let y = 0; y < 96; y++) wall.fill(230, y * 160 + 80, y * 160 + 160);
      deepEqual(freshStripes(signsOf({ luma: wall, width: 160, height: 96 }), nothing, frame), []);
    });

    it('need two neighbouring cells', () => {
      deepEqual(freshStripes(signsOf(barsPicture(160, 96, [60, 72], [48, 59])), nothing, frame), []);
    });
  });

  it('remembers every frame of the last second, some of two more, and no older one', () => {
    const history = new FrameHistory(2, 1);
    for (let atMs = 0; atMs <= 10_000; atMs += 40) history.push(atMs, Uint8Array.of(atMs % 256, 0));
    const times = history.backwards().map((frame) => frame.atMs);
    equal(times[0], 10_000);
    equal(times.filter((atMs) => atMs >= 9000).length, 26);
    ok(Math.min(...times) >= 7000 && Math.min(...times) <= 7160);
    ok(times.length < 45);
    deepEqual([...(history.backwards()[3]?.luma ?? [])], [9880 % 256, 0]);
  });
});
