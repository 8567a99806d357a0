import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { copyGraph } from '../../graph/copy.js';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import type { ScopedStore } from '../../graph/scopes.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { deriveNarrative as derive } from '../../src/narrative/derive.js';
import { castFilm } from '../cast-films.js';
import { runCli } from '../e2e/run-cli.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { allOf, film } from './fixture.js';

const author = 'anna';

describe('a copy of a graph', () => {
  const neo4j = withNeo4j();
  let folder: string;
  const opened: ScopedStore[] = [];
  const opening = async (store: Promise<ScopedStore>) => {
    opened.push(await store);
    return opened.at(-1)!;
  };
  const sqlite = (name: string) => opening(openSqliteStore({ file: join(folder, name), derive }));
  const server = async () => {
    await neo4j.clear();
    return opening(openNeo4jStore({ ...neo4j.server, derive }));
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-copy-'));
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((store) => store.close()));
    await rm(folder, { recursive: true });
  });

  it('holds the same from SQLite to Neo4j and back: narratives, edits, who is who, and what search finds', async () => {
    const from = await sqlite('one.db');
    const { id: seriesId } = await from.ensureSeries('S');
    const sights = [0, 1, 0, 1].map((actor, shot) => ({ shot, actor, isHeard: false }));
    await from.replaceEpisode(castFilm({ episodeId: '1', seriesId, sights }));
    await from.replaceEpisode(castFilm({ episodeId: '2', seriesId, sights }));
    const lone = film({ people: [{ name: 'Mara' }], cues: [{ startMs: 0, endMs: 900, text: 'Were is it?' }] });
    await from.replaceEpisode(lone);
    const undone = await from.correct({ nodeId: lone.cues[0]!.id, field: 'text', value: 'Where?', author });
    await from.correct({ nodeId: lone.cues[0]!.id, field: 'text', value: 'Where is it?', author });
    await from.undo(undone.id);
    const [first, second] = await allOf((page) => from.characters(page, { seriesId }));
    await from.renameCharacter({ characterId: first!.id, name: 'Theo', author });
    await from.mergeCharacters({ keepId: first!.id, otherIds: [second!.id], author });

    const there = await server();
    assert.deepEqual(await copyGraph(from, there), { episodes: 3, series: 1, edits: 4 });
    assert.deepEqual(await contentOf(there), await contentOf(from));
    assert.deepEqual(await copyGraph(from, there), { episodes: 3, series: 1, edits: 4 }, 'twice is once');
    const back = await sqlite('two.db');
    await copyGraph(there, back);
    assert.deepEqual(await contentOf(back), await contentOf(from));

    const edit = (await allOf((page) => there.edits('1', page))).at(-1)!;
    assert.equal((await there.undo(edit.id)).state, 'UNDONE', 'edits can be undone there');
    await there.replaceEpisode(castFilm({ episodeId: '3', seriesId, sights }));
    const known = await allOf((page) => there.characters(page, { seriesId }));
    assert.deepEqual(known.map(({ id }) => id).sort(), [first!.id, second!.id].sort(), 'and faces are known there');
  });

  it('is made by command, from and to files and servers', async () => {
    const from = await sqlite('one.db');
    await from.replaceEpisode(film({ cues: [{ startMs: 0, endMs: 900, text: 'Where is it?' }] }));
    const there = await server();
    const { url, user, password } = neo4j.server;
    const copy = (source: string, target: string, environment = {}) =>
      runCli(['store', 'copy', '--from', source, '--to', target, '--json'], { home: folder, environment });
    const copied = { status: 0, stdout: '{"episodes":1,"series":0,"edits":0}\n', stderr: '' };
    const named = { NEO4J_USER: user, NEO4J_PASSWORD: password };
    assert.deepEqual(await copy(join(folder, 'one.db'), url, named), copied);
    assert.deepEqual(await contentOf(there), await contentOf(from));
    const whole = url.replace('://', `://${user}:${encodeURIComponent(password)}@`);
    assert.deepEqual(await copy(whole, pathToFileURL(join(folder, 'two.db')).href), copied);
    assert.deepEqual(await contentOf(await sqlite('two.db')), await contentOf(from));

    const target = join(folder, 'none.db');
    assert.match((await copy(join(folder, 'nowhere.db'), target)).stderr, /NOT_FOUND/);
    assert.match((await copy('http://localhost/graph', target)).stderr, /BAD_USAGE/);
  }).timeout(120_000);

  it('is refused where episodes of a series would lose who is who in them', async () => {
    const [from, to] = [await sqlite('one.db'), await sqlite('two.db')];
    const { id: seriesId } = await from.ensureSeries('S');
    await from.replaceEpisode(film({ seriesId }));
    await to.ensureSeries('S');
    await assert.rejects(copyGraph(from, to), { code: 'CONFLICT' });
    const third = await sqlite('three.db');
    await copyGraph(from, third);
    await third.replaceEpisode(film({ id: 'episode:more', seriesId }));
    await assert.rejects(copyGraph(from, third), { code: 'CONFLICT' });
  });
});

/** All that a store tells of its episodes. */
async function contentOf(store: ScopedStore) {
  const episodes = await allOf((page) => store.episodes(page));
  return {
    episodes: await Promise.all(
      episodes.map(async ({ id }) => ({
        base: await store.readNarrative(id, 'base'),
        effective: await store.readNarrative(id, 'effective'),
        edits: await allOf((page) => store.edits(id, page)),
        characters: await allOf((page) => store.characters(page, { episodeId: id })),
        shots: await allOf((page) => store.shots(id, page)),
      })),
    ),
    series: await store.series(episodes.flatMap(({ seriesId }) => seriesId ?? [])),
    found: (await store.search({ text: 'where' }, { first: 9 })).edges.map(({ node }) => [node.node, node.snippet]),
    facets: await store.facets({ text: '' }),
  };
}
