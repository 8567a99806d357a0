import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { templateSidePx, templateSquare } from '../../workers/detectors/faces/template-square.js';
import { yunetFaces } from '../../workers/detectors/faces/yunet-faces.js';
import { onPicture, type Point, type TurnedSquare } from '../../workers/detectors/rgb-picture.js';
import { yoloxThings } from '../../workers/detectors/things/yolox-things.js';
import type { FacePoints } from '../../workers/models/host.js';
import { letterbox } from '../../workers/models/yolox.js';

const close = (actual: number, expected: number, error = 1e-6) =>
  ok(Math.abs(actual - expected) <= error, `${actual} is not ${expected}`);
const closePoint = (actual: Point, expected: Point, error?: number) => {
  close(actual.x, expected.x, error);
  close(actual.y, expected.y, error);
};

describe('the square that lays a face onto the template', () => {
  /** As OpenCV has them, between the centres of pixels. */
  const onTemplate: FacePoints = {
    rightEye: { x: 38.2946 + 0.5, y: 51.6963 + 0.5 },
    leftEye: { x: 73.5318 + 0.5, y: 51.5014 + 0.5 },
    nose: { x: 56.0252 + 0.5, y: 71.7366 + 0.5 },
    mouth: { x: (41.5493 + 70.7299) / 2 + 0.5, y: (92.3655 + 92.2041) / 2 + 0.5 },
  };
  const moved = (move: (point: Point) => Point): FacePoints => ({
    rightEye: move(onTemplate.rightEye),
    leftEye: move(onTemplate.leftEye),
    nose: move(onTemplate.nose),
    mouth: move(onTemplate.mouth),
  });

  it('is the whole picture for a face that lies there already', () => {
    const { centre, sidePx, angle } = templateSquare(onTemplate);
    closePoint(centre, { x: 56, y: 56 }, 1e-3);
    close(sidePx, templateSidePx, 1e-3);
    close(angle, 0, 1e-3);
  });

  it('undoes any turn, scale and shift', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 3, noNaN: true }),
        fc.double({ min: 0.1, max: 20, noNaN: true }),
        fc.integer({ min: -500, max: 500 }),
        fc.integer({ min: -500, max: 500 }),
        (turn, scale, dx, dy) => {
          const [cos, sin] = [Math.cos(turn) * scale, Math.sin(turn) * scale];
          const move = ({ x, y }: Point) => ({ x: x * cos - y * sin + dx, y: x * sin + y * cos + dy });
          const square = templateSquare(moved(move));
          for (const name of ['rightEye', 'leftEye', 'nose', 'mouth'] as const)
            closePoint(onPicture(square, templateSidePx, onTemplate[name]), move(onTemplate[name]), 1e-6 * scale * 500);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('is the best one where the face is not quite the template’s', () => {
    const points = { ...onTemplate, nose: { x: onTemplate.nose.x - 10, y: onTemplate.nose.y + 4 } };
    const names = ['rightEye', 'leftEye', 'nose', 'mouth'] as const;
    /** Squared distances on the template, the mouth's twice. */
    const error = ({ centre, sidePx, angle }: TurnedSquare) =>
      names.reduce((sum, name) => {
        const [dx, dy] = [points[name].x - centre.x, points[name].y - centre.y];
        const scale = templateSidePx / sidePx;
        const x = (dx * Math.cos(angle) + dy * Math.sin(angle)) * scale + templateSidePx / 2;
        const y = (dy * Math.cos(angle) - dx * Math.sin(angle)) * scale + templateSidePx / 2;
        const off = (x - onTemplate[name].x) ** 2 + (y - onTemplate[name].y) ** 2;
        return sum + off * (name === 'mouth' ? 2 : 1);
      }, 0);
    const best = templateSquare(points);
    ok(error(best) > 1);
    for (const step of [-0.01, 0.01]) {
      ok(error({ ...best, sidePx: best.sidePx + step }) > error(best));
      ok(error({ ...best, angle: best.angle + step }) > error(best));
      ok(error({ ...best, centre: { ...best.centre, x: best.centre.x + step } }) > error(best));
      ok(error({ ...best, centre: { ...best.centre, y: best.centre.y + step } }) > error(best));
    }
  });

  it('does not fail where all points are one', () => {
    const at = { x: 5, y: 6 };
    const square = templateSquare({ rightEye: at, leftEye: at, nose: at, mouth: at });
    deepEqual(square, { centre: at, sidePx: 1, angle: 0 });
  });
});

describe('YuNet’s outputs', () => {
  // A grid of 2 × 2 cells of 32 pixels; the face is in the last one.
  const grid = () => ({
    stride: 32,
    classes: Float32Array.of(0, 0.9, 0, 0.81),
    objects: Float32Array.of(1, 0.1, 0, 1.2),
    boxes: new Float32Array(16),
    points: new Float32Array(40),
  });

  it('are a face where class and object agree: centre and points from the cell’s corner, size by its logarithm', () => {
    const given = grid();
    given.boxes.set([0.5, 0.25, Math.log(0.5), Math.log(0.75)], 12);
    given.points.set([0.25, 0, 0.75, 0, 0.5, 0.25, 0.375, 0.5, 0.625, 0.5], 30);
    const [face, ...others] = yunetFaces(given, 64, 0.5);
    equal(others.length, 0);
    // √(.81 · 1): shares over 1 are 1.
    close(face?.score ?? 0, 0.9);
    // Centre (48, 40), 16 × 24 from the hairline: top 28, of which the upper third is the forehead.
    const { x = 0, y = 0, width = 0, height = 0 } = face?.box ?? {};
    for (const [actual, expected] of [[x, 40] as const, [y, 36] as const, [width, 16] as const, [height, 16] as const])
      close(actual, expected, 1e-4);
    deepEqual(face?.points, {
      rightEye: { x: 40, y: 32 },
      leftEye: { x: 56, y: 32 },
      nose: { x: 48, y: 40 },
      mouth: { x: 48, y: 48 },
    });
  });

  it('are nothing below the least score', () => {
    // √(.9 · .1) = .3
    equal(yunetFaces(grid(), 64, 0.31).length, 1);
    equal(yunetFaces(grid(), 64, 0.29).length, 2);
  });
});

describe('YOLOX’s output', () => {
  // 32 pixels: 4 × 4 cells of 8, 2 × 2 of 16, one of 32; two classes.
  const length = 7;
  const values = new Float32Array((16 + 4 + 1) * length);
  const cell = (index: number, ...row: number[]) => values.set(row, index * length);
  cell(6, 0.5, 0.25, Math.log(2), Math.log(3), 0.8, 0.5, 0.75);
  cell(19, 0, 1, 0, 0, 0.9, 1, 0);
  cell(20, 0.5, 0.5, 0, 0, 0.9, 0.2, 0.1);

  it('is a thing where object times class is enough, with a box from its own grid’s cell', () => {
    const [first, second, ...others] = yoloxThings(values, 32, 2, 0.3);
    equal(others.length, 0);
    // Column 2, row 1 of the grid of 8: centre (20, 10), 16 × 24.
    equal(first?.kind, 1);
    close(first?.score ?? 0, 0.6);
    closePoint(first?.box ?? { x: 0, y: 0 }, { x: 12, y: -2 }, 1e-4);
    close(first?.box.height ?? 0, 24, 1e-4);
    // Column 1, row 1 of the grid of 16: centre (16, 32), 16 × 16.
    equal(second?.kind, 0);
    closePoint(second?.box ?? { x: 0, y: 0 }, { x: 8, y: 24 }, 1e-4);
  });

  it('is read from pictures that lie in the top left corner, on grey', () => {
    const { rgb, width } = letterbox({ rgb: new Uint8Array(8 * 4 * 3).fill(200), width: 8, height: 4 }, 4);
    equal(width, 4);
    deepEqual([...rgb.filter((_, index) => index % 3 === 0)], [...Array(8).fill(200), ...Array(8).fill(114)]);
  });
});
