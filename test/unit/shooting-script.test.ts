import assert from 'node:assert/strict';
import { shootingScript } from '../../src/formats/shooting-script.js';

const read = (...lines: readonly string[]) =>
  shootingScript.read!(['SCENE 1 EXT. PARK - DAY', ...lines, ''].join('\n'), { episodeId: 'ep' });

describe('A shot of a shooting script', () => {
  for (const [said, seconds] of [
    ['4', 4],
    ['4 seconds', 4],
    ['4.5 s', 4.5],
    ['4 in all', 4],
    ['1:20', 80],
    ['1:00:01', 3601],
    ['2 min', 120],
    ['2 minutes', 120],
    ['1500 ms', 1.5],
    ['5秒', 5],
    ['5秒钟', 5],
    ['2分', 120],
    ['2 分钟', 120],
  ] as const)
    it(`lasts ${seconds} s where it says ${said}`, () => {
      const { narrative, report } = read('SHOT 1: WIDE SHOT', 'ACTION: She waits.', `Camera Detail-Time: ${said}`);
      const [shot] = narrative.shots;
      assert.equal(shot!.endMs - shot!.startMs, seconds * 1000);
      assert.deepEqual(
        report.filter(({ what }) => what === 'CHANGED'),
        [],
      );
    });

  it('takes no other words for a time, and says so', () => {
    for (const said of ['soon', '4th of May', 'a while'])
      assert.match(
        read('SHOT 1', 'ACTION: She waits.', `TIME: ${said}`).report[0]!.reason,
        /is no time that a shot lasts/,
      );
  });
});
