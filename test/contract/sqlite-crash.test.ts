import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import Sqlite from 'better-sqlite3';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { allOf } from './fixture.js';
import { version } from './two-versions.fixture.js';

const kills = process.env.FABULA_SOAK ? 50 : 5;
/** A kill comes at most so long after the first load; one load takes some 50 ms, and the log is long after a second. */
const longestWaitMs = process.env.FABULA_SOAK ? 1_500 : 200;
const loader = fileURLToPath(new URL('./endless-loader.fixture.js', import.meta.url));

describe('a load that is killed', () => {
  it(`leaves the old or the new episode, whole (${kills} kills)`, async () => {
    const folder = await mkdtemp(join(tmpdir(), 'fabula-crash-'));
    const file = join(folder, 'graph.db');
    const found = { old: 0, new: 0 };
    try {
      for (let kill = 0; kill < kills; kill++) {
        const child = spawn(process.execPath, [loader, file], { stdio: ['ignore', 'pipe', 'inherit'] });
        const ended = once(child, 'exit');
        await once(child.stdout, 'data');
        await passed(Math.random() * longestWaitMs);
        child.kill('SIGKILL');
        assert.deepEqual(await ended, [null, 'SIGKILL']);
        found[await wholeVersionIn(file)]++;
      }
    } finally {
      await rm(folder, { recursive: true });
    }
    if (kills >= 50) assert.ok(found.old > 0 && found.new > 0, `only one version seen: ${JSON.stringify(found)}`);
  });
});

/** Which version the store holds; fails where anything of the other one, or less than all of this one, is there. */
async function wholeVersionIn(file: string): Promise<'old' | 'new'> {
  const store = await openSqliteStore({ file, derive: deriveNarrative });
  const { title: name } = (await store.episode('episode:film')) as { title: 'old' | 'new' };
  const expected = version(name);
  assert.deepEqual(await store.readNarrative('episode:film', 'base'), expected);
  assert.deepEqual(await store.readNarrative('episode:film', 'effective'), expected);
  const hits = await allOf((page) => store.search({ text: `the ${name} line` }, page));
  assert.equal(hits.length, expected.cues.length);
  const other = name === 'old' ? 'new' : 'old';
  assert.deepEqual((await store.search({ text: other }, { first: 1 })).edges, []);
  assert.deepEqual(
    (await allOf((page) => store.characters(page, {}))).map((character) => character.name),
    [name],
  );
  const inScene = await store.childrenOf('Shot', [expected.scenes[0]!.id], 100);
  assert.deepEqual(inScene, [expected.shots.slice(0, 100)]);
  await store.close();
  const db = new Sqlite(file);
  assert.deepEqual(db.pragma('integrity_check'), [{ integrity_check: 'ok' }]);
  db.close();
  return name;
}
