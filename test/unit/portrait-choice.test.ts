import assert from 'node:assert/strict';
import { eyeOpenness, portraitCandidates, portraitSquare } from '../../workers/detectors/identity/portrait-choice.js';
import { track } from './face-tracks.fixture.js';

describe('choosing a portrait', () => {
  it('prefers large faces that look into the camera, each some time apart', () => {
    const small = track({ person: 1, startMs: 0, heightPx: 30 }).readings;
    const profile = track({ person: 1, startMs: 3000, yaw: 1 }).readings;
    const good = track({ person: 1, startMs: 6000, endMs: 8000 }).readings;
    const [best, second] = portraitCandidates([...small, ...profile, ...good], 2);
    assert.ok(best && second && best.atMs >= 6000 && second.atMs >= 6000);
    assert.ok(Math.abs(best.atMs - second.atMs) >= 700);
  });

  it('tells open eyes from closed ones by how high they are for their width', () => {
    const eyes = (height: number) => {
      const points = new Float32Array(468 * 3);
      for (const [upper, lower, from, to] of [
        [159, 145, 33, 133],
        [386, 374, 362, 263],
      ] as const) {
        points.set([0, height / 2, 0], upper * 3);
        points.set([0, -height / 2, 0], lower * 3);
        points.set([-5, 0, 0], from * 3);
        points.set([5, 0, 0], to * 3);
      }
      return points;
    };
    assert.equal(eyeOpenness(eyes(3)), 1);
    assert.ok(eyeOpenness(eyes(0.8)) < 0.4);
  });

  it('stays on the picture', () => {
    const points = {
      rightEye: { x: 8, y: 10 },
      leftEye: { x: 20, y: 10 },
      nose: { x: 14, y: 18 },
      mouth: { x: 14, y: 24 },
    };
    const { centre, sidePx } = portraitSquare(points, { width: 320, height: 180 });
    assert.ok(centre.x - sidePx / 2 >= 0 && centre.y - sidePx / 2 >= 0);
    assert.ok(sidePx > 50 && sidePx <= 180);
  });
});
