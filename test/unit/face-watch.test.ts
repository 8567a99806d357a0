import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { FaceWatch } from '../../workers/detectors/faces/face-watch.js';
import type { FoundShot } from '../../workers/findings.js';
import type { FaceTrack } from '../../workers/people-findings.js';
import { type PaintedFace, type PaintedModels, paint, paintedModels } from './painted-faces.fixture.js';

const shot = (startMs: number, endMs: number): FoundShot => ({
  startMs,
  endMs,
  transition: 'CUT',
  looks: [],
  confidence: 1,
  evidence: [],
});
const face = (colour: number, x: number, y: number, size = 24): PaintedFace => ({
  colour,
  box: { x, y, width: size, height: size },
});

interface Look {
  readonly atMs: number;
  readonly shot: FoundShot;
  readonly faces: readonly PaintedFace[];
  readonly look?: boolean;
}

async function watch(looks: readonly Look[], models: PaintedModels = paintedModels()): Promise<FaceTrack[]> {
  const tracks: FaceTrack[] = [];
  const watching = new FaceWatch(models, 1, (track) => tracks.push(track));
  let last: FoundShot | undefined;
  for (const { atMs, shot, faces, look = true } of looks) {
    await watching.next(atMs, paint(faces), { shot, startsShot: shot !== last, look, things: false });
    last = shot;
  }
  watching.end();
  return tracks;
}

const first = shot(0, 3000);
const second = shot(3000, 6000);

describe('following faces', () => {
  it('makes one track of a face that walks through a shot, from the shot’s start to its end', async () => {
    const looks = [0, 500, 1000, 1500].map((atMs) => ({ atMs, shot: first, faces: [face(200, 10 + atMs / 100, 30)] }));
    const tracks = await watch(looks);
    deepEqual(
      tracks.map(({ startMs, endMs, readings }) => [startMs, endMs, readings.length]),
      [[0, 3000, 4]],
    );
    const { box, angles, quality, lipAperture, expressions, embedding, pose } = tracks[0]!.readings[0]!;
    ok(Math.abs(box.x - 10 / 160) < 0.03 && Math.abs(box.height - 24 / 90) < 0.04, JSON.stringify(box));
    ok(Math.abs(angles!.yaw) < 0.01 && Math.abs(angles!.roll) < 0.01);
    ok(Math.abs(quality.heightPx - 24) <= 3);
    ok(lipAperture! > 0.01 && lipAperture! < 0.04);
    deepEqual(expressions, { neutral: 1 });
    ok(embedding);
    equal(pose![0]!.joint, 'nose');
  });

  it('ends every track at a cut, even if a face stands in the same place after it', async () => {
    const looks = [0, 500, 3000, 3500].map((atMs) => ({
      atMs,
      shot: atMs < 3000 ? first : second,
      faces: [face(200, 60, 30)],
    }));
    deepEqual(
      (await watch(looks)).map(({ shotStartMs, endMs }) => [shotStartMs, endMs]),
      [
        [0, 3000],
        [3000, 6000],
      ],
    );
  });

  it('takes up a face again that was away for a moment, and opens a new track after a longer while', async () => {
    const at = (atMs: number, faces: PaintedFace[]) => ({ atMs, shot: first, faces });
    const here = [face(200, 60, 30)];
    equal((await watch([at(0, here), at(500, here), at(1000, []), at(1500, here)])).length, 1);
    equal((await watch([at(0, here), at(400, here), at(800, []), at(2500, here), at(2900, here)])).length, 2);
  });

  it('believes one sighting only where detector and mesh are both sure', async () => {
    const looks = [{ atMs: 0, shot: first, faces: [face(200, 60, 30)] }];
    equal((await watch(looks, paintedModels(0.9))).length, 1);
    equal((await watch(looks, paintedModels(0.6))).length, 0);
    const twice = [...looks, { atMs: 500, shot: first, faces: [face(200, 60, 30)] }];
    equal((await watch(twice, paintedModels(0.6))).length, 1);
    equal((await watch(twice, paintedModels(0.4))).length, 0);
  });

  it('takes what no mesh fits for a face only if the detector insists', async () => {
    const looks = [0, 500, 1000].map((atMs) => ({ atMs, shot: first, faces: [face(200, 60, 30)] }));
    const none = () => false;
    equal((await watch(looks, paintedModels(0.8, none))).length, 0);
    const [track] = await watch(looks, paintedModels(0.95, none));
    equal(track!.readings[0]!.angles, undefined);
    equal(track!.readings[0]!.lipAperture, undefined);
    equal((await watch(looks.slice(0, 2), paintedModels(0.95, none))).length, 0);
  });

  it('only follows lips between looks, and asks little of a face that stays as it is', async () => {
    const models = paintedModels();
    const looks = Array.from({ length: 18 }, (_, index) => ({
      atMs: index * 160,
      shot: first,
      faces: [face(200, 60, 30)],
      look: index % 3 === 0,
    }));
    const [track] = await watch(looks, models);
    equal(track!.readings.length, 18);
    equal(track!.readings.filter(({ expressions }) => expressions).length, 6);
    ok(track!.readings.every(({ lipAperture }) => lipAperture !== undefined));
    deepEqual({ ...models.calls, mesh: 0 }, { find: 1, mesh: 0, embed: 1, pose: 2 });
  });

  it('keeps faces apart: each track shows one face, no two faces share a track, none crosses a cut', async () => {
    const step = fc.integer({ min: -5, max: 5 });
    const walks = fc.array(fc.array(step, { minLength: 4, maxLength: 4 }), { minLength: 2, maxLength: 2 });
    await fc.assert(
      fc.asyncProperty(walks, fc.integer({ min: 1, max: 3 }), async ([left = [], right = []], cutAfter) => {
        const along = (start: number, steps: readonly number[]) =>
          steps.map((_, index) => start + steps.slice(0, index).reduce((sum, one) => sum + one, 0));
        const [leftX, rightX] = [along(20, left), along(110, right)];
        const looks = leftX.map((x, index) => ({
          atMs: index * 500,
          shot: index < cutAfter ? shot(0, cutAfter * 500) : shot(cutAfter * 500, 9000),
          faces: [face(200, x, 30), face(90, rightX[index]!, 30)],
        }));
        const shots = [looks[0]!.shot, looks.at(-1)!.shot];
        const tracks = await watch(looks.map((look, index) => ({ ...look, shot: shots[index < cutAfter ? 0 : 1]! })));
        equal(tracks.length, 4);
        for (const track of tracks) {
          equal(new Set(track.readings.map(({ box }) => box.x + box.width / 2 < 0.5)).size, 1);
          ok(track.readings.every(({ atMs }) => atMs >= track.startMs && atMs < track.endMs));
          equal(new Set(track.readings.map(({ atMs }) => atMs < cutAfter * 500)).size, 1);
        }
      }),
      { numRuns: 5 },
    );
  });
});
