import assert from 'node:assert/strict';
import { honestKeyframes } from '../../workers/detectors/keyframes/honest-keyframes.js';
import { rejectionOf } from '../../workers/detectors/keyframes/honesty.js';
import { keyframeSlots } from '../../workers/detectors/keyframes/keyframe-slots.js';
import { measurePicture } from '../../workers/detectors/keyframes/picture-measures.js';
import { SlotWatch } from '../../workers/detectors/keyframes/slot-watch.js';
import type { FoundShot } from '../../workers/findings.js';
import { layContactSheet, makeThumb } from '../../workers/media/contact-sheet.js';

const width = 320;
const height = 180;
const picture = (luma: (x: number, y: number) => number) =>
  Uint8Array.from({ length: width * height }, (_, index) => luma(index % width, Math.floor(index / width)));
const measured = (luma: (x: number, y: number) => number) => measurePicture(picture(luma), width, height);
const checks = (x: number, y: number) => ((Math.floor(x / 4) + Math.floor(y / 4)) % 2 ? 200 : 40);
const around = { filmSharpness: 5000, shotTextured: 1 };

describe('what is measured on a picture', () => {
  it('knows black, flat, sharp and soft', () => {
    assert.equal(
      rejectionOf(
        measured(() => 16),
        around,
      ),
      'BLACK',
    );
    assert.equal(
      rejectionOf(
        measured(() => 180),
        around,
      ),
      'FLAT',
    );
    assert.equal(rejectionOf(measured(checks), around), undefined);
    assert.equal(
      rejectionOf(
        measured((x, y) => 120 + 60 * Math.sin(x / 25) * Math.cos(y / 25)),
        around,
      ),
      'BLUR',
    );
  });

  it('takes a picture that something stands before for covered, if the shot shows more elsewhere', () => {
    const covered = measured((x, y) => (x < 240 ? 30 : checks(x, y)));
    assert.equal(rejectionOf(covered, around), 'OCCLUSION');
    assert.equal(rejectionOf(covered, { ...around, shotTextured: covered.textured }), undefined);
  });

  it('does not take subtitles for sharpness', () => {
    const soft = (x: number, y: number) => 120 + 60 * Math.sin(x / 25) * Math.cos(y / 25);
    const titled = (x: number, y: number) => (y > 150 && y < 165 && x > 60 && x < 260 ? checks(x, y) : soft(x, y));
    assert.equal(measured(titled).sharpness, measured(soft).sharpness);
  });
});

describe('keyframe slots', () => {
  const shot = (startMs: number, endMs: number, more: Partial<FoundShot> = {}): FoundShot => ({
    ...{ startMs, endMs, transition: 'CUT', looks: [], confidence: 1, evidence: [], ...more },
  });

  it('give each shot one, and long shots one for about ten seconds', () => {
    const slots = keyframeSlots([shot(0, 4000), shot(4000, 34_000)]);
    assert.deepEqual(
      slots.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [0, 4000],
        [4000, 14_000],
        [14_000, 24_000],
        [24_000, 34_000],
      ],
    );
  });

  it('keep candidates away from transitions, unless nothing is left', () => {
    const dissolve = { transition: 'DISSOLVE', transitionRange: { startMs: 3500, endMs: 4500 } } as const;
    const [first, second] = keyframeSlots([shot(0, 4000), shot(4000, 8000, dissolve)]);
    assert.deepEqual([first!.toMs, second!.fromMs], [3500, 4500]);
    const [, short] = keyframeSlots([shot(0, 4000), shot(4000, 4400, dissolve)]);
    assert.deepEqual([short!.fromMs, short!.toMs], [4000, 4400]);
  });
});

describe('the watch over slots', () => {
  it('keeps the best candidate of each slot and tells which had none', () => {
    const slots = [0, 1000, 2000].map((startMs) => ({
      ...{ shotStartMs: startMs, startMs, endMs: startMs + 1000, fromMs: startMs, toMs: startMs + 1000 },
    }));
    const watch = new SlotWatch(slots);
    const [soft, sharp] = [measured((x) => x / 2), measured(checks)];
    const won: number[] = [];
    for (const [atMs, measures] of [
      [100, soft],
      [400, sharp],
      [700, soft],
      [2500, soft],
    ] as const) {
      for (const { atMs: best } of watch.passedBefore(atMs)) won.push(best);
      if (watch.isWanted(atMs)) watch.take(atMs, measures, Buffer.alloc(1));
    }
    for (const { atMs: best } of watch.passedBefore(Number.POSITIVE_INFINITY)) won.push(best);
    assert.deepEqual(won, [400, 2500]);
    assert.deepEqual(watch.missed, [slots[1]]);
  });

  it('gives keyframes in order of time, with the reason of those turned down', () => {
    const slot = { shotStartMs: 0, startMs: 0, endMs: 1000, fromMs: 0, toMs: 1000 };
    const keyframes = honestKeyframes([
      { slot, atMs: 900, measures: measured(checks), shotTextured: 1, imageId: 'b' },
      { slot, atMs: 100, measures: measured(() => 16), shotTextured: 1, imageId: 'a' },
    ]);
    assert.deepEqual(
      keyframes.map(({ atMs, valid, rejection }) => [atMs, valid, rejection]),
      [
        [100, false, 'BLACK'],
        [900, true, undefined],
      ],
    );
  });
});

describe('a contact sheet', () => {
  it('lays thumbs of any shape side by side, with room for labels', () => {
    const size = { width: 90, height: 160 };
    const thumb = makeThumb(new Uint8Array((90 * 160 * 3) / 2).fill(90), size, '1:23.4');
    assert.deepEqual([thumb.width, thumb.height], [108, 192]);
    const sheet = layContactSheet(Array.from({ length: 7 }, () => thumb));
    assert.equal(sheet.pixels.length, (sheet.width * sheet.height * 3) / 2);
    assert.ok(sheet.width >= 6 * 108 && sheet.height >= 2 * 192);
    assert.ok(sheet.pixels.includes(220), 'the label is written');
  });
});
