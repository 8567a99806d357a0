/** Analyses the demo film and compares what is found with what was drawn. About 10 CPU seconds once it is drawn. */
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { scoreCues } from '../../bench/cue-score.js';
import { cachedDemoFilm } from '../../examples/cached-film.js';
import { type Film, framesPerSecond } from '../../examples/film.js';
import { planDemoFilm } from '../../examples/render.js';
import type { Narrative } from '../../schema/narrative.js';

const project = fileURLToPath(new URL('../../../', import.meta.url));
const frameMs = 1000 / framesPerSecond;

describe('the analysis of the demo film', function () {
  this.timeout(300_000);
  const home = mkdtempSync(join(tmpdir(), 'fabula-demo-'));
  let film: Film;
  let found: Narrative;

  before(async () => {
    film = await planDemoFilm();
    const fabula = (...args: string[]) =>
      execFileSync(process.execPath, [join(project, 'dist/src/app/cli.js'), ...args], {
        env: { ...process.env, FABULA_HOME: home },
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: 1e8,
      });
    const { episodeId } = JSON.parse(fabula('analyze', await cachedDemoFilm(join(project, '.cache')), '--json'));
    found = JSON.parse(fabula('export', episodeId, '--format', 'json'));
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  it('finds every cut to the frame, the dissolve and the fade near their middle', () => {
    const drawn = film.shots.map(({ start, into }, index) => ({
      atMs: start * 1000,
      transition: into?.transition ?? (index === 0 ? 'START' : 'CUT'),
    }));
    assert.deepEqual(
      found.shots.map(({ transition }) => transition),
      drawn.map(({ transition }) => transition),
    );
    for (const [index, { atMs, transition }] of drawn.entries()) {
      const off = Math.abs((found.shots[index]?.startMs ?? Number.NaN) - atMs);
      assert.ok(off <= (transition === 'CUT' ? 1 : 3 * frameMs), `${transition} at ${atMs} ms is ${off} ms off`);
    }
  });

  it('finds the three scenes', () => {
    assert.equal(found.scenes.length, film.scenes.length);
    for (const [index, { start }] of film.scenes.entries())
      assert.ok(Math.abs((found.scenes[index]?.startMs ?? Number.NaN) - start * 1000) <= 3 * frameMs);
  });

  it('reads every subtitle, and takes the title for none', () => {
    const drawn = film.lines.map(({ start, end, text }) => ({ startMs: start * 1000, endMs: end * 1000, text }));
    const score = scoreCues(drawn, found.cues);
    const told = score.differences.join('; ');
    assert.equal(score.f1, 1, told);
    assert.ok(score.maxEdgeErrorMs <= 100, told);
    // Measured: one space too many ("Wil l") in 281 characters.
    assert.ok(score.characterErrors <= 3, told);
    // Besides whom the tags name, there may be persons whose drawn faces were seen.
    const named = found.persons.flatMap(({ name }) => name ?? []);
    assert.deepEqual(named.sort(), ['Ida', 'Mara', 'Tomas']);
  });

  it('hears somebody speak in every line, and the door bang', () => {
    for (const { start, said, text } of film.lines) {
      const heard = found.speech.reduce(
        (sum, { startMs, endMs }) => sum + Math.max(0, Math.min(endMs, said * 1000) - Math.max(startMs, start * 1000)),
        0,
      );
      assert.ok(heard > 0.6 * (said - start) * 1000, `${text}: ${heard} ms of ${((said - start) * 1000).toFixed(0)}`);
    }
    const bang = found.events.find(({ type }) => type === 'LOUD_SOUND');
    const kitchen = (film.scenes[1]?.start ?? 0) * 1000;
    assert.ok(bang && bang.startMs < kitchen + 1200 && bang.endMs > kitchen + 900, JSON.stringify(bang));
  });
});
