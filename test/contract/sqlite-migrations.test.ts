import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import Sqlite from 'better-sqlite3';
import { migrations } from '../../graph/sqlite/migrations.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { nodeId, nodesOf } from '../../schema/narrative.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { film, provenance } from './fixture.js';

/** A file as schema 1 left it: one film of a series, a corrected cue, one person who is a character. */
function writeSchema1(file: string, base: ReturnType<typeof film>): void {
  const db = new Sqlite(file);
  const [tables] = migrations;
  assert.equal(typeof tables, 'string');
  db.exec(tables as string);
  db.exec("INSERT INTO series VALUES (1, 'series:1', 'S'); UPDATE clock SET revision = 7;");
  db.prepare("INSERT INTO episode VALUES (1, ?, 1, 'A film', ?, ?, 7, ?)").run(
    ...[base.episode.id, base.episode.media!.sha256, base.episode.durationMs],
    deflateRawSync(JSON.stringify(base)),
  );
  let row = 0;
  for (const node of nodesOf(base)) {
    const { id, kind } = node;
    const { startMs = 0, endMs = 0 } = node as { startMs?: number; endMs?: number };
    db.prepare('INSERT INTO node VALUES (?, ?, 1, ?, ?, ?, NULL, 0, 0, ?)').run(
      ...[++row, id, kind, startMs, endMs],
      JSON.stringify(node),
    );
    if (kind === 'Person') db.prepare('INSERT INTO persona VALUES (?, 1000, 1, 0)').run(row);
  }
  const body = { id: 'character:old', kind: 'Character', seriesId: 'series:1', name: 'Mara', aliases: [] };
  db.prepare("INSERT INTO node VALUES (1000, 'character:old', NULL, 'Character', 0, 0, NULL, 0, 0, ?)").run(
    JSON.stringify(body),
  );
  db.exec('INSERT INTO character VALUES (1000, 1, NULL, 0)');
  const [cue] = base.cues;
  const edit = {
    ...{ id: 'edit:old', kind: 'Edit', episodeId: base.episode.id, at: '2026-01-01T00:00:00.000Z', author: 'anna' },
    operation: { operation: 'CORRECT', field: 'text', value: 'Where?' },
    anchor: { nodeId: cue!.id, kind: 'Cue', startMs: cue!.startMs, endMs: cue!.endMs, oldValue: cue!.text },
    ...{ state: 'APPLIED', appliedTo: cue!.id },
  };
  db.prepare("INSERT INTO edit VALUES (3, 'edit:old', 1, ?)").run(JSON.stringify(edit));
  db.pragma(`application_id = ${0x46616275}`);
  db.pragma('user_version = 1');
  db.close();
}

describe('A graph of schema 1', () => {
  it('keeps its characters and corrections, and takes new ones', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-migration-'));
    const file = join(folder, 'graph.db');
    const common = { episodeId: 'episode:film', provenance };
    const [personId, shotId] = [nodeId('episode:film', 'person', 0), nodeId('episode:film', 'shot', 0)];
    const seen = {
      ...common,
      id: 'seen',
      kind: 'Appearance' as const,
      personId,
      shotId,
      startMs: 0,
      endMs: 9,
      atMs: 0,
    };
    const face = { ...common, id: 'face', kind: 'IdentityEmbedding' as const, appearanceId: 'seen', vector: [0.1, -1] };
    const base = film({
      seriesId: 'series:1',
      people: [{ name: 'Mara' }],
      more: { appearances: [seen], embeddings: [face] },
      cues: [{ startMs: 0, endMs: 900, text: 'Were?', speakerTag: 'Mara' }],
    });
    writeSchema1(file, base);
    const store = await openSqliteStore({ file, derive: deriveNarrative });
    try {
      assert.deepEqual(await store.readNarrative(base.episode.id, 'base'), base);
      const person = base.persons[0]!;
      const author = 'anna';
      const name = async () => (await store.charactersOf([person.id]))[0]?.name;
      assert.equal((await store.charactersOf([person.id]))[0]?.id, 'character:old');
      assert.equal((await store.edits(base.episode.id, { first: 9 })).edges[0]?.node.id, 'edit:old');
      const renamed = await store.renameCharacter({ characterId: 'character:old', name: 'Maria', author });
      assert.equal(renamed.anchor.persons?.[0]?.moments.length, 2, 'persons are known by what they say');
      assert.equal(await name(), 'Maria');
      await store.replaceEpisode(base);
      assert.deepEqual([await name(), (await store.charactersOf([person.id]))[0]?.id], ['Maria', 'character:old']);
      assert.equal((await store.readNarrative(base.episode.id, 'effective'))?.cues[0]?.text, 'Where?');
      await store.undo('edit:old');
      await store.undo(renamed.id);
      assert.deepEqual(await store.readNarrative(base.episode.id, 'effective'), base);
    } finally {
      await store.close();
      await rm(folder, { recursive: true });
    }
  });
});
