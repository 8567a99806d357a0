import { deepEqual, equal, ok } from 'node:assert/strict';
import { edgeSigns } from '../../workers/detectors/text/edge-signs.js';
import type { PastFrame } from '../../workers/detectors/text/frame-history.js';
import { LineTrack } from '../../workers/detectors/text/line-track.js';

const [width, height] = [200, 80];

/** Strokes of "text" (bars of changing width) on row 40…56 from column 60 to 140, over a background. */
function frameAt(atMs: number, text: boolean, background: (x: number, y: number) => number): PastFrame {
  const luma = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) luma[y * width + x] = background(x, y);
  if (text)
    for (let y = 40; y < 56; y++)
      for (let x = 60; x < 140; x++) {
        if (x % 10 < 3) luma[y * width + x] = 235;
        else if (x % 10 < 5 || x % 10 > 7) luma[y * width + x] = 10;
      }
  return { atMs, luma, width, height };
}

const moving = (step: number) => (x: number, y: number) => 90 + 40 * Math.sin((x + 7 * step) / 9 + y / 5);
const still = (x: number) => (x % 14 < 4 ? 160 : 70);

const maskOf = (frame: PastFrame) => {
  const signs = new Int8Array(width * height);
  edgeSigns(frame, signs);
  return signs;
};

/** Frames every 40 ms, the text from `startMs` on; newest first. */
const history = (startMs: number, untilMs: number, background: (step: number) => (x: number, y: number) => number) =>
  Array.from({ length: untilMs / 40 + 1 }, (_, index) =>
    frameAt(untilMs - 40 * index, untilMs - 40 * index >= startMs, background(untilMs / 40 - index)),
  );

describe('a line of text', () => {
  const detected = { x: 70, y: 36, width: 60, height: 24 };
  const only = (tracks: readonly LineTrack[]) => {
    equal(tracks.length, 1);
    return tracks[0]!;
  };

  it('is followed back to its first frame over a moving background', () => {
    const frames = history(400, 800, moving);
    const track = only(LineTrack.begin(detected, maskOf(frames[0]!), frames));
    equal(track.startMs, 400);
  });

  it('is followed back over a background that has strokes of its own', () => {
    const frames = history(400, 800, () => still);
    equal(only(LineTrack.begin(detected, maskOf(frames[0]!), frames)).startMs, 400);
  });

  it('is fitted to its strokes, where the detector clipped it', () => {
    const frames = history(400, 800, moving);
    const { box } = only(LineTrack.begin(detected, maskOf(frames[0]!), frames));
    ok(Math.abs(box.x - 60) <= 4 && Math.abs(box.x + box.width - 140) <= 6, JSON.stringify(box));
    deepEqual([box.y, box.height], [40, 16]);
  });

  it('ends at the first of two frames without it, and survives a single one', () => {
    const frames = history(400, 800, moving);
    const track = only(LineTrack.begin(detected, maskOf(frames[0]!), frames));
    equal(track.follow(frameAt(840, false, moving(21)), false), undefined);
    equal(track.follow(frameAt(880, true, moving(22)), false), undefined);
    equal(track.follow(frameAt(920, false, moving(23)), false), undefined);
    equal(track.follow(frameAt(960, false, moving(24)), false), 920);
  });

  it('is nothing where there are no strokes', () => {
    const blank = [frameAt(40, false, () => 80), frameAt(0, false, () => 80)];
    deepEqual(LineTrack.begin(detected, maskOf(blank[0]!), blank), []);
  });

  it('is read on the mean of its life, where what moves behind it blurs', () => {
    const frames = history(0, 2000, moving);
    const track = only(LineTrack.begin(detected, maskOf(frames[0]!), frames));
    const [mean] = track.pictures(new Int8Array(0));
    const row = Math.floor(mean!.height / 2) * mean!.width;
    const brightest = Math.max(...mean!.luma.subarray(row, row + mean!.width));
    equal(brightest, 235);
    // Left of the first stroke, the waves of ±40 have sunk to a tenth.
    ok(Math.abs(mean!.luma[row + 3]! - 90) < 12, String(mean!.luma[row + 3]));
  });
});
