/** A script laid over a film by command line. About 10 s. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { film } from '../contract/fixture.js';
import { dialogueFilm, fileOf } from '../dialogue-films.js';
import { runCli } from './run-cli.js';

const said = dialogueFilm(40);
const clock = (ms: number) => new Date(ms).toISOString().slice(11, 23).replace('.', ',');

describe('fabula align', function () {
  this.timeout(120_000);
  let home: string;
  let episodeId: string;
  const fabula = (...args: string[]) => runCli(args, { home });
  const file = async (name: string, content: string) => {
    await writeFile(join(home, name), content);
    return join(home, name);
  };
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-align-'));
    const narrative = film({ cuts: [0, 90_000, 240_000], cues: said.map(({ id: _, ...cue }) => cue) });
    const { stdout, stderr } = await fabula('import', await file('film.json', JSON.stringify(narrative)), '--json');
    episodeId = JSON.parse(stdout || `{"error": ${JSON.stringify(stderr)}}`).episodeId;
  });
  after(() => rm(home, { recursive: true }));

  it('puts a shifted and stretched subtitle file on the film’s cues, says where every line went, and undoes it', async () => {
    const lines = fileOf(said, 7_000, 1.04).filter((_, n) => n % 10 !== 3);
    const blocks = lines.map(
      ({ text, startMs, endMs }, n) => `${n + 1}\n${clock(startMs!)} --> ${clock(endMs!)}\n${text}\n`,
    );
    const path = await file('pal.srt', blocks.join('\n'));
    const report = join(home, 'report.txt');
    const { status, stdout, stderr } = await fabula('align', episodeId, path, '--json', '--report', report);
    assert.equal(status, 0, stderr);
    const summary = JSON.parse(stdout);
    assert.deepEqual([summary.lines, summary.matched, summary.unchanged], [36, 36, false]);
    const truth = said.filter((_, n) => n % 10 !== 3);
    assert.deepEqual(
      summary.placements.map(({ startMs, outcome }: Record<string, unknown>) => [startMs, outcome]),
      truth.map(({ startMs }) => [startMs, 'MATCHED']),
    );
    assert.equal(summary.placements[0].cueIds.length, 1);
    assert.ok(summary.medianResidualMs < 300);
    assert.ok(Math.abs(summary.rate - 1 / 1.04) < 1e-3);
    assert.match(await readFile(report, 'utf8'), /^ {4}1 {2}MATCHED .*\n.*0:02\.0–.*100 % alike/m);
    assert.equal(JSON.parse((await fabula('align', episodeId, path, '--json')).stdout).unchanged, true);
    assert.match((await fabula('edits', episodeId)).stdout, /APPLIED .* pal is laid over the film/);
    assert.equal((await fabula('undo', summary.editId)).status, 0);
    const again = JSON.parse((await fabula('align', episodeId, path, '--json')).stdout);
    assert.deepEqual([again.unchanged, again.matched], [false, 36]);
    assert.notEqual(again.editId, summary.editId);
  });

  it('refuses the file of another film with a code and exit status 1', async () => {
    const other = dialogueFilm(60, 'latin', 99);
    const path = await file(
      'other.fountain',
      `INT. ROOM - DAY\n\n${other.map(({ text }) => `MARA\n${text}\n`).join('\n')}`,
    );
    const { status, stderr } = await fabula('align', episodeId, path);
    assert.equal(status, 1);
    assert.match(stderr, /SCRIPT_MISMATCH: The script does not fit this film/);
    assert.match((await fabula('align', 'none', path)).stderr, /NOT_FOUND/);
  });
});
