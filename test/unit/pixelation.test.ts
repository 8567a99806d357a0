/** Mosaics and when they cover what. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { seededRandom } from '../../src/narrative/seeded-random.js';
import { believed, coverOf, holdMs, type Sighting } from '../../workers/pixelation/cover.js';
import { jpegSize } from '../../workers/pixelation/jpeg-size.js';
import { blocksAcross, hideAreas } from '../../workers/pixelation/mosaic.js';

const width = 160;
const height = 120;
const noise = (seed: number) => {
  const random = seededRandom(seed);
  return { rgb: Uint8Array.from({ length: width * height * 3 }, () => Math.floor(random() * 256)), width, height };
};
const colourAt = ({ rgb }: { rgb: Uint8Array }, x: number, y: number) =>
  rgb.slice((y * width + x) * 3, (y * width + x) * 3 + 3).join();

describe('A mosaic', () => {
  const boxes = fc.record({
    x: fc.integer({ min: -20, max: width }),
    y: fc.integer({ min: -20, max: height }),
    width: fc.integer({ min: 1, max: 90 }),
    height: fc.integer({ min: 1, max: 90 }),
  });

  it('leaves at most a few colours across a face, and the rest of the picture as it was', () => {
    fc.assert(
      fc.property(boxes, fc.nat(), (box, seed) => {
        const [before, after] = [noise(seed), noise(seed)];
        hideAreas(after, [{ what: 'face', box }]);
        const [left, top] = [Math.max(0, box.x), Math.max(0, box.y)];
        const [right, bottom] = [Math.min(width, box.x + box.width), Math.min(height, box.y + box.height)];
        for (let y = top; y < bottom; y++) {
          const across = new Set<string>();
          for (let x = left; x < right; x++) across.add(colourAt(after, x, y));
          assert.ok(across.size <= blocksAcross + 2, `${across.size}`);
        }
        const far = box.height + box.width;
        for (const [x, y] of [
          [0, 0],
          [width - 1, 0],
          [0, height - 1],
          [width - 1, height - 1],
        ] as const)
          if (Math.abs(x - box.x - box.width / 2) > far || Math.abs(y - box.y - box.height / 2) > far)
            assert.equal(colourAt(after, x, y), colourAt(before, x, y));
      }),
      { numRuns: 60 },
    );
  });

  it('covers text by one colour', () => {
    const picture = noise(7);
    hideAreas(picture, [{ what: 'text', box: { x: 20, y: 80, width: 100, height: 20 } }]);
    assert.equal(new Set([20, 60, 119].flatMap((x) => [80, 90, 99].map((y) => colourAt(picture, x, y)))).size, 1);
  });
});

const seen = (atMs: number, x: number, more: Partial<Sighting> = {}): Sighting => ({
  ...{ what: 'face', atMs, box: { x, y: 0.4, width: 0.1, height: 0.2 } },
  ...more,
});
const covers = (sightings: readonly Sighting[], atMs: number, x: number) =>
  coverOf(sightings)(atMs).some(({ box }) => box.x <= x && x <= box.x + box.width);

describe('What is hidden on a film', () => {
  it('is hidden a while before and after it was seen', () => {
    for (const aside of [-holdMs, 0, holdMs]) assert.ok(covers([seen(1000, 0.5)], 1000 + aside, 0.55));
    assert.deepEqual(coverOf([seen(1000, 0.5)])(1001 + holdMs), []);
  });

  it('is hidden all the way where the detector lost it for two seconds', () => {
    const film = [seen(1000, 0.3), seen(3000, 0.42)];
    for (let atMs = 1000; atMs <= 3000; atMs += 40) assert.ok(covers(film, atMs, 0.35 + (0.12 * (atMs - 1000)) / 2000));
    assert.deepEqual(coverOf([seen(1000, 0.3), seen(3000, 0.9)])(2000), []);
  });

  it('was seen surely, or near something that was', () => {
    const unsure = { score: 0.35 };
    assert.deepEqual(believed([seen(0, 0.5, unsure), seen(400, 0.52, unsure)]), []);
    assert.equal(believed([seen(0, 0.5, unsure), seen(400, 0.52), seen(2500, 0.5, unsure)]).length, 2);
  });
});

describe('The size of a JPEG', () => {
  it('is read from its frame header, and damage is said', () => {
    const header = Buffer.from('ffd8ffe000104a46494600010100000100010000ffc0000b080078010001011100ffd9', 'hex');
    assert.deepEqual(jpegSize(header), { width: 256, height: 120 });
    for (const broken of [Buffer.alloc(0), header.subarray(0, 22), Buffer.from('GIF89a and more bytes')])
      assert.throws(() => jpegSize(broken), { code: 'MEDIA_NO_PICTURE' });
  });
});
