import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { boundariesS, findShots } from '../../bench/find-shots.js';
import { makeFilm } from '../../bench/shot-films/film.js';
import { realStretches, truthClips } from '../../bench/shot-films/footage.js';
import { pooledF1, type ShotScore, scoreShots } from '../../bench/shot-score.js';

describe('the shots stage', function () {
  this.timeout(120_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-shots-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const clips = truthClips();
  for (const [path, truth] of clips)
    it(`finds the shots of ${basename(path)}`, async () => {
      const { cutErrors, gradualErrors } = scoreShots(boundariesS(await findShots(path)), truth);
      // Measured: none at all.
      assert.ok(cutErrors <= 1 && gradualErrors <= 1, `${cutErrors} at cuts, ${gradualErrors} at gradual ones`);
    });
  if (clips.size === 0) it('finds the shots of the clips with truth by eye (they are not here)');

  it('finds the shots of generated films with flashes, strobes, pans and poor encodings', async () => {
    const scores: ShotScore[] = [];
    for (const [index, encoding] of (['good', 'crf40', 'pulldown'] as const).entries()) {
      const path = join(folder, `${encoding}.mp4`);
      const truth = await makeFilm(path, 700 + index, encoding, 8, realStretches(clips), 'everything');
      scores.push(scoreShots(boundariesS(await findShots(path)), truth));
    }
    // The bench measures .98 over many; three short films vary by a few boundaries.
    assert.ok(pooledF1(scores) >= 0.85, `F1 ${pooledF1(scores).toFixed(3)}`);
  });

  it('lays shots that tile the film, with a look and signals of every second', async () => {
    const path = join(folder, 'tiles.mp4');
    await makeFilm(path, 42, 'variable rate', 5, [], 'flashes');
    const { shots, signals, durationMs } = await findShots(path);
    assert.equal(shots[0]?.startMs, 0);
    assert.equal(shots.at(-1)?.endMs, durationMs);
    for (const [index, shot] of shots.entries()) {
      assert.ok(shot.startMs < shot.endMs);
      assert.equal(shot.startMs, shots[index - 1]?.endMs ?? 0);
      assert.ok(shot.looks.length > 0);
    }
    for (const { values, stepMs } of signals) assert.equal(values.length, Math.ceil(durationMs / stepMs));
  });
});
