/** Corrects who is in a film by command line, on a graph that a store has filled. About 5 s. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Edit } from '../../schema/edit.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { castFilm } from '../cast-films.js';
import { runCli } from './run-cli.js';

describe('fabula corrects', function () {
  this.timeout(60_000);
  let home: string;
  const sight = (shot: number, actor: number) => ({ shot, actor, isHeard: true });
  const film = castFilm({
    episodeId: 'film',
    sights: [sight(0, 0), sight(1, 0), sight(1, 1), sight(2, 1), sight(3, 0)],
  });
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-corrections-'));
    const store = await openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative });
    await store.replaceEpisode(film);
    await store.close();
  });
  after(() => rm(home, { recursive: true }));

  const fabula = async (...args: string[]): Promise<string> => {
    const { status, stdout, stderr } = await runCli(args, { home });
    assert.equal(status, 0, stderr);
    return stdout;
  };
  const json = async <Value>(...args: string[]): Promise<Value[]> =>
    (await fabula(...args, '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('names, merges and splits characters, lists it and takes it back', async () => {
    const [a, b] = await json<{ id: string; name: string }>('characters', 'film');
    assert.match(await fabula('rename', a!.id, 'Mara'), /APPLIED {2}local {2}character:\S+ is called Mara/);
    assert.match(await fabula('characters', 'film'), /0:06\.0 {2}3 lines {2}Mara\n/);
    const merged = await fabula('merge', a!.id, b!.id);
    assert.match(merged, /Mara and .* are one\n {2}look at this: 0:02\.0–0:04\.0: Two who are one now/);
    const [{ appliedTo }] = (await json<Edit>(
      ...['split', a!.id, '--name', 'Theo', '--appearances'],
      ...film.appearances.filter(({ faceBox }) => faceBox!.x > 0).map(({ id }) => id),
    )) as [Edit];
    const now = await json<{ id: string; name: string }>('characters', 'film');
    assert.deepEqual(now.find(({ id }) => id === appliedTo)?.name, 'Theo');
    assert.match(await fabula('correct', film.scenes[0]!.id, 'location', 'the pier'), /location of .* is "the pier"/);
    const edits = await json<Edit>('edits', 'film');
    assert.deepEqual(
      edits.map(({ operation }) => operation.operation),
      ['RENAME', 'MERGE', 'SPLIT', 'CORRECT'],
    );
    for (const { id } of edits) assert.match(await fabula('undo', id), /UNDONE/);
    assert.deepEqual(
      (await json<{ id: string }>('characters', 'film')).map(({ id }) => id).sort(),
      [a!.id, b!.id].sort(),
    );
  });

  it('reads values as JSON where they are, and a text field takes them as they are typed', async () => {
    const correct = (field: string, value: string) => json<Edit>('correct', film.persons[0]!.id, field, value);
    assert.deepEqual((await correct('aliases', '["M."]'))[0]!.operation.value, ['M.']);
    assert.equal((await correct('name', '1984'))[0]!.operation.value, '1984');
    assert.equal((await correct('name', 'null'))[0]!.operation.value, null);
  });

  it('says what to do where something is not there', async () => {
    for (const args of [
      ['characters', 'x'],
      ['edits', 'x'],
      ['rename', 'x', 'Mara'],
      ['undo', 'x'],
    ]) {
      const { status, stderr } = await runCli(args, { home });
      assert.equal(status, 1);
      assert.match(stderr, /NOT_FOUND/);
    }
    assert.equal((await runCli(['merge', 'x'], { home })).status, 2);
  });
});
