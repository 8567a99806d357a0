import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { partsOf } from '../../workers/detectors/faces/face-finder.js';
import { faceSharpness, lipVisibility } from '../../workers/detectors/faces/face-quality.js';
import { alignedSquare } from '../../workers/detectors/faces/face-squares.js';
import {
  cameraDistanceCm,
  headAngles,
  lipAperture,
  meshOnPicture,
} from '../../workers/detectors/faces/mesh-reading.js';
import { packEmbedding, shareBox, unpackEmbedding } from '../../workers/detectors/faces/reading-format.js';
import { SamplePlan } from '../../workers/detectors/faces/sample-plan.js';
import { intersectionOverUnion, keepBest } from '../../workers/detectors/non-maximum.js';
import { cutSquare, onPicture } from '../../workers/detectors/rgb-picture.js';
import { figuresOf } from '../../workers/detectors/things/figures.js';
import type { FoundShot } from '../../workers/findings.js';
import { detected, meshIn } from './painted-faces.fixture.js';

const box = { x: 0, y: 0, width: 80, height: 100 };
const upright = { centre: { x: 96, y: 96 }, sidePx: 192, angle: 0 };
const near = (value: number, wanted: number, by: number) =>
  ok(Math.abs(value - wanted) <= by, `${value} is not ${wanted}`);
/** The mesh turned about the vertical, the horizontal and the line of sight, in that order. */
function turnedMesh(yaw: number, pitch: number, roll: number) {
  return meshOnPicture(meshIn(box), upright, 192).map((point) => {
    const [x, y, z] = [point.x - 40, point.y - 50, point.z];
    const [a, b] = [x * Math.cos(yaw) + z * Math.sin(yaw), -x * Math.sin(yaw) + z * Math.cos(yaw)];
    const [c, d] = [y * Math.cos(pitch) - b * Math.sin(pitch), y * Math.sin(pitch) + b * Math.cos(pitch)];
    return { x: a * Math.cos(roll) - c * Math.sin(roll), y: a * Math.sin(roll) + c * Math.cos(roll), z: d };
  });
}

describe('measures of a face', () => {
  it('reads how far a head is turned, nodded and tilted', () => {
    for (const angle of [-0.6, 0.3]) {
      near(Math.abs(headAngles(turnedMesh(angle, 0, 0)).yaw), Math.abs(angle), 1e-6);
      near(Math.abs(headAngles(turnedMesh(0, angle, 0)).pitch), Math.abs(angle), 1e-6);
      near(headAngles(turnedMesh(0, 0, angle)).roll, angle, 1e-6);
    }
  });

  it('measures the gap of the lips whatever the face’s size and turn', () => {
    near(lipAperture(turnedMesh(0, 0, 0)), 0.02, 1e-6);
    near(lipAperture(turnedMesh(0.5, 0.2, 0.4)), 0.02, 1e-6);
  });

  it('tells the distance by forehead and chin: half as high is twice as far', () => {
    const picture = { width: 640, height: 360 };
    const distance = cameraDistanceCm(turnedMesh(0, 0, 0), picture);
    near(distance, (320 / Math.tan(Math.PI / 9)) * 0.185, 0.5);
    near(cameraDistanceCm(turnedMesh(0.5, 0, 0.3), picture), distance, 1e-6);
    near(cameraDistanceCm(turnedMesh(0, 0, 0), { width: 1280, height: 720 }), 2 * distance, 1e-6);
  });

  it('counts lips as visible on large faces that look this way, and less and less as they turn away', () => {
    equal(lipVisibility(100, { yaw: 0, pitch: 0, roll: 0 }), 1);
    equal(lipVisibility(15, { yaw: 0, pitch: 0, roll: 0 }), 0);
    equal(lipVisibility(100, { yaw: 1.3, pitch: 0, roll: 0 }), 0);
    ok(lipVisibility(100, { yaw: 0.9, pitch: 0, roll: 0 }) < lipVisibility(100, { yaw: 0.7, pitch: 0, roll: 0 }));
  });

  it('finds a checked picture sharper than a smooth one', () => {
    const picture = (value: (x: number, y: number) => number) => {
      const rgb = new Uint8Array(192 * 192 * 3);
      for (let at = 0; at < 192 * 192; at++) rgb.fill(value(at % 192, Math.floor(at / 192)), at * 3, at * 3 + 3);
      return { rgb, width: 192, height: 192 };
    };
    const checks = faceSharpness(picture((x, y) => (((x >> 3) + (y >> 3)) % 2 ? 200 : 50)));
    equal(faceSharpness(picture(() => 90)), 0);
    ok(checks > 50 * faceSharpness(picture((x) => x)));
  });

  it('cuts the same face out of a turned picture', () => {
    const { points } = detected({ x: 40, y: 40, width: 50, height: 50 }, 1);
    const turned = Object.fromEntries(
      Object.entries(points).map(([name, { x, y }]) => [name, { x: -y, y: x }]),
    ) as unknown as typeof points;
    const [before, after] = [alignedSquare(points), alignedSquare(turned)];
    near(after.angle - before.angle, Math.PI / 2, 1e-9);
    near(after.sidePx, before.sidePx, 1e-9);
  });

  it('writes boxes inside the frame, and embeddings so that they can be read again', () => {
    deepEqual(shareBox({ x: -10, y: 50, width: 60, height: 100 }, { width: 100, height: 100 }), {
      x: 0,
      y: 0.5,
      width: 0.5,
      height: 0.5,
    });
    const values = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 8, maxLength: 64 });
    fc.assert(
      fc.property(values, (drawn) => {
        const vector = Float32Array.from([1, ...drawn]);
        const length = Math.hypot(...vector);
        const back = unpackEmbedding(packEmbedding(vector));
        near(Math.hypot(...back), 1, 1e-5);
        ok(back.reduce((sum, value, index) => sum + (value * vector[index]!) / length, 0) > 0.999);
      }),
    );
  });
});

describe('squares of a picture', () => {
  it('are cut out as they lie, turned and scaled', () => {
    const rgb = new Uint8Array(8 * 4 * 3);
    rgb.fill(250, (2 * 8 + 5) * 3, (2 * 8 + 5) * 3 + 3);
    const picture = { rgb, width: 8, height: 4 };
    const at = (cut: { rgb: Uint8Array; width: number }) => [
      (cut.rgb.indexOf(250) / 3) % cut.width,
      Math.floor(cut.rgb.indexOf(250) / 3 / cut.width),
    ];
    deepEqual(at(cutSquare(picture, { centre: { x: 6, y: 2 }, sidePx: 4, angle: 0 }, 4)), [1, 2]);
    deepEqual(at(cutSquare(picture, { centre: { x: 6, y: 2 }, sidePx: 4, angle: Math.PI / 2 }, 4)), [2, 2]);
    equal(cutSquare(picture, { centre: { x: 100, y: 2 }, sidePx: 4, angle: 0 }, 4).rgb.indexOf(250), -1);
    const { x, y } = onPicture({ centre: { x: 6, y: 2 }, sidePx: 4, angle: Math.PI / 2 }, 4, { x: 2.5, y: 2.5 });
    near(x, 5.5, 1e-9);
    near(y, 2.5, 1e-9);
  });

  it('cover a wide picture from edge to edge with overlap, and a square one not at all', () => {
    deepEqual(partsOf({ width: 360, height: 360 }), []);
    const wide = partsOf({ width: 640, height: 360 });
    deepEqual(
      wide.map(({ centre, sidePx }) => [centre.x - sidePx / 2, centre.x + sidePx / 2]),
      [
        [0, 360],
        [140, 500],
        [280, 640],
      ],
    );
    deepEqual(
      partsOf({ width: 360, height: 640 }).map(({ centre }) => centre.y),
      wide.map(({ centre }) => centre.x),
    );
  });
});

describe('boxes', () => {
  it('share area over joint area', () => {
    equal(intersectionOverUnion({ x: 0, y: 0, width: 2, height: 2 }, { x: 1, y: 0, width: 2, height: 2 }), 1 / 3);
    equal(intersectionOverUnion({ x: 0, y: 0, width: 2, height: 2 }, { x: 2, y: 0, width: 2, height: 2 }), 0);
  });

  it('leave the best of each heap', () => {
    const at = (x: number, score: number) => ({ box: { x, y: 0, width: 10, height: 10 }, score });
    deepEqual(
      keepBest([at(0, 0.5), at(1, 0.9), at(30, 0.4)], 0.3).map(({ score }) => score),
      [0.9, 0.4],
    );
  });

  it('of people count as figures where no face is seen in them, of things where they are sure', () => {
    const whole = { x: 0, y: 0, width: 100, height: 200 };
    const face = { x: 40, y: 10, width: 20, height: 20 };
    const person = { name: 'person', box: whole, score: 0.4 };
    deepEqual(figuresOf([person], []), [person]);
    deepEqual(figuresOf([person], [face]), []);
    deepEqual(figuresOf([{ name: 'horse', box: whole, score: 0.4 }], []), []);
    equal(figuresOf([{ name: 'horse', box: whole, score: 0.6 }], [face]).length, 1);
  });
});

describe('the sampling plan', () => {
  const shot = (startMs: number, endMs: number, more: Partial<FoundShot> = {}): FoundShot => ({
    ...{ startMs, endMs, transition: 'CUT', looks: [], confidence: 1, evidence: [], ...more },
  });
  const grid = (untilMs: number) => Array.from({ length: Math.ceil(untilMs / 160) }, (_, index) => index * 160);
  const planned = (plan: SamplePlan, untilMs: number) =>
    grid(untilMs).flatMap((atMs) => {
      const frame = plan.plan(atMs);
      return frame ? [{ atMs, ...frame }] : [];
    });

  it('looks at each shot’s first frame and about twice a second, and follows lips under lines only', () => {
    const frames = planned(
      new SamplePlan([shot(0, 2000), shot(2000, 2100), shot(2100, 4000)], [{ startMs: 2500, endMs: 3200 }], []),
      4000,
    );
    const looks = frames.filter(({ look }) => look).map(({ atMs }) => atMs);
    deepEqual(looks, [0, 480, 960, 1440, 1920, 2080, 2240, 2720, 3200, 3680]);
    deepEqual(
      frames.filter(({ startsShot }) => startsShot).map(({ atMs }) => atMs),
      [0, 2080, 2240],
    );
    deepEqual(
      frames.filter(({ look }) => !look).map(({ atMs }) => atMs),
      [2560, 2880, 3040],
    );
  });

  it('looks for things at the frame nearest to each moment, once', () => {
    const frames = planned(new SamplePlan([shot(0, 2000)], [], [330, 1290]), 2000);
    deepEqual(
      frames.filter(({ things }) => things).map(({ atMs }) => atMs),
      [320, 1280],
    );
  });

  it('waits for the end of a dissolve, not of a fade', () => {
    const range = { transitionRange: { startMs: 800, endMs: 1600 } };
    const starts = (transition: FoundShot['transition']) =>
      planned(new SamplePlan([shot(0, 1000), shot(1000, 3000, { transition, ...range })], [], []), 3000).find(
        ({ startsShot, atMs }) => startsShot && atMs > 0,
      )?.atMs;
    equal(starts('DISSOLVE'), 1600);
    equal(starts('FADE'), 1120);
  });
});
