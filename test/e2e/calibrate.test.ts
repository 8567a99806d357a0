/** A packet goes out as a form and comes back with verdicts, by command line. About 4 s. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { harbour, longEpisode } from '../api/harbour.fixture.js';
import { runCli } from './run-cli.js';

describe('fabula calibrate', function () {
  this.timeout(60_000);
  let home: string;
  const at = (name: string) => join(home, name);
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-calibrate-'));
    const store = await openSqliteStore({ file: at('graph.db'), derive: deriveNarrative });
    const series = await store.ensureSeries('Days');
    for (const [n, film] of [harbour(), longEpisode(400)].entries())
      await store.replaceEpisode({ ...film, episode: { ...film.episode, seriesId: series.id, ordinal: n + 1 } });
    await store.close();
    await writeFile(at('series.txt'), series.id);
  });
  after(() => rm(home, { recursive: true }));
  const fabula = (...args: string[]) => runCli(['calibrate', ...args], { home });

  it('draws a packet, takes the filled forms of several in, and corrects what most say is wrong', async () => {
    const out = await fabula('harbour', '-o', at('ann.csv'));
    assert.equal(out.status, 0, out.stderr);
    assert.match(out.stdout, /ann\.csv: \d+ items of \d+\n/);
    const form = await readFile(at('ann.csv'), 'utf8');
    // The verdict is the first of the four cells that end a row.
    const filled = form.replaceAll(/,,,,$/gm, ',accept,,,');
    assert.notEqual(filled, form);
    const wrong = filled.replace('the quay,accept,,', 'the quay,fix,the north quay,');
    for (const name of ['ann.csv', 'bob.csv']) await writeFile(at(name), wrong);
    await writeFile(at('cem.csv'), filled);
    const forms = ['--verdicts', at('ann.csv'), at('bob.csv'), at('cem.csv')];
    const trial = await fabula('harbour', ...forms, '--dry-run');
    assert.equal(trial.status, 0, trial.stderr);
    assert.match(trial.stdout, /Scene\.location +50\.0 % right \(1 of 2; 9\.5 % to 90\.5 %\)/);
    assert.match(trial.stdout, /the packet passes \(gate 90\.0 %\)/);
    assert.match(trial.stdout, /Agreement of ann\.csv, bob\.csv, cem\.csv on \d+ items: α 0\.\d\d/);
    assert.match(trial.stdout, /1 correction to be made\./);
    const { stdout, stderr } = await fabula('harbour', ...forms, '--json');
    assert.equal(JSON.parse(stdout || stderr).edits[0].operation.value, 'the north quay');
  });

  it('draws from all episodes of a series, as JSON, the same for the same seed', async () => {
    const series = await readFile(at('series.txt'), 'utf8');
    const draw = () => fabula(series, '--format', 'json', '--size', '250', '--seed', '3');
    const { stdout, stderr } = await draw();
    const { packet, items } = JSON.parse(stdout || stderr);
    assert.equal(items.length, 250);
    assert.ok(packet.population > 400);
    assert.equal(new Set(items.map(({ episodeId }: { episodeId: string }) => episodeId)).size, 2);
    assert.equal((await draw()).stdout, stdout);
  });

  it('says what is missing', async () => {
    await writeFile(at('other.json'), '[{"episodeId":"x","nodeId":"n","kind":"Event","field":"dialogue","value":"a"}]');
    for (const [args, status, message] of [
      [['nobody'], 1, /NOT_FOUND: There is no episode or series nobody/],
      [['harbour', '--size', '20'], 2, /200 to 500/],
      [['harbour', '--format', 'pdf'], 2, /BAD_USAGE/],
      [['harbour', '--verdicts', at('none.csv')], 1, /NOT_FOUND/],
      [['harbour', '--verdicts', at('other.json')], 1, /INVALID_INPUT: The form is about the episode x/],
    ] as const) {
      const run = await fabula(...args);
      assert.equal(run.status, status, run.stderr);
      assert.match(run.stderr, message);
    }
  });
});
