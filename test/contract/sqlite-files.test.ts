import assert from 'node:assert/strict';
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Sqlite from 'better-sqlite3';
import { checkpointer } from '../../graph/sqlite/checkpoints.js';
import { openDatabase } from '../../graph/sqlite/database.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { film } from './fixture.js';

/** What concerns the file alone: where it lies, who wrote it, whether there is room. */
describe('the SQLite file', () => {
  let folder: string;
  const open = (file = join(folder, 'graph.db')) => openSqliteStore({ file, derive: deriveNarrative });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-file-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made with its folder, and by several openers at once', async () => {
    const file = join(folder, 'not', 'yet', 'graph.db');
    const stores = await Promise.all(Array.from({ length: 6 }, () => open(file)));
    await stores[0]!.replaceEpisode(film());
    for (const store of stores) assert.ok(await store.episode('episode:film'));
    await Promise.all(stores.map((store) => store.close()));
  });

  it('of a newer Fabula is left alone', async () => {
    await (await open()).close();
    const db = new Sqlite(join(folder, 'graph.db'));
    db.pragma('user_version = 99');
    db.close();
    await assert.rejects(open(), { code: 'STORE_TOO_NEW' });
  });

  it('is refused when it is none, some other program’s, damaged, or a folder', async () => {
    const file = join(folder, 'other');
    await writeFile(file, 'These are no tables, but a text that is longer than a header of a hundred bytes.'.repeat(9));
    await assert.rejects(open(file), { code: 'STORE_UNAVAILABLE' });
    const other = new Sqlite(join(folder, 'other.db'));
    other.exec('CREATE TABLE songs (title TEXT)');
    other.close();
    await assert.rejects(open(join(folder, 'other.db')), { code: 'STORE_UNAVAILABLE' });
    await assert.rejects(open(folder), { code: 'STORE_UNAVAILABLE' });
    await assert.rejects(open(join(file, 'graph.db')), { code: 'STORE_UNAVAILABLE' });
  });

  it('that this user may not write gives FORBIDDEN', async function () {
    if (process.getuid?.() !== 0 || !nobodyReadsUs()) this.skip();
    await (await open()).close();
    await mkdir(join(folder, 'closed'));
    await chmod(folder, 0o755);
    const asNobody = (file: string) =>
      new Promise<string>((resolve, reject) => {
        const child = spawn(process.execPath, ['--input-type=module', '-e', tryToOpen(file)], {
          uid: 65_534,
          gid: 65_534,
          stdio: ['ignore', 'pipe', 'inherit'],
        });
        let said = '';
        child.stdout.on('data', (text) => {
          said += text;
        });
        child.on('error', reject);
        child.on('close', () => resolve(said));
      });
    assert.equal(await asNobody(join(folder, 'graph.db')), 'FORBIDDEN');
    assert.equal(await asNobody(join(folder, 'closed', 'graph.db')), 'FORBIDDEN');
    assert.equal(await asNobody(join(folder, 'new', 'graph.db')), 'FORBIDDEN');
  });

  it('gets what was written much of while its writer is at work, and no log is cut short for a little', async () => {
    const file = join(folder, 'graph.db');
    const writer = openDatabase(file);
    const insert = writer.prepare("INSERT INTO released VALUES (?, 'IMAGE')");
    const write = writer.transaction((rows: number) => {
      for (let n = 0; n < rows; n++) insert.run(`${rows} ${n} ${'long hash '.repeat(50)}`);
    });
    const pages = () => (writer.pragma('wal_checkpoint(NOOP)') as { log: number; checkpointed: number }[])[0]!;
    for (const { rows, nodes } of [
      { rows: 10, nodes: 100_000 },
      { rows: 20_000, nodes: 100 },
    ]) {
      const idle = checkpointer(file);
      write(rows);
      idle.written(nodes);
      await idle.close();
      assert.equal(pages().checkpointed, 0);
    }
    writer.exec('BEGIN IMMEDIATE');
    const busy = checkpointer(file);
    busy.written(100_000);
    await busy.close();
    writer.exec('COMMIT');
    const { log, checkpointed } = pages();
    assert.ok(log > 2_000);
    assert.equal(checkpointed, log);
    writer.close();
  });

  it('on a full disk gives DISK_FULL, and holds what it held', async function () {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk], { stdio: 'ignore' });
    } catch {
      this.skip();
    }
    try {
      const store = await open(join(disk, 'graph.db'));
      const small = film();
      await store.replaceEpisode(small);
      const cues = Array.from({ length: 3_000 }, (_, n) => ({
        startMs: n,
        endMs: n + 1,
        text: `line ${n} `.repeat(20),
      }));
      await assert.rejects(store.replaceEpisode(film({ cues })), { code: 'DISK_FULL' });
      assert.deepEqual(await store.readNarrative('episode:film', 'effective'), small);
      await store.close();
      await writeFile(join(disk, 'rest'), Buffer.alloc(2 ** 20)).catch(() => {});
      await assert.rejects(open(join(disk, 'new', 'graph.db')), { code: 'DISK_FULL' });
    } finally {
      execFileSync('umount', [disk]);
    }
  });
});

/** Whether another user can run this code at all: not in a checkout in root's own folder. */
const nobodyReadsUs = () =>
  spawnSync(process.execPath, ['--input-type=module', '-e', `await import(${storeUrl})`], { uid: 65_534, gid: 65_534 })
    .status === 0;

const storeUrl = JSON.stringify(new URL('../../graph/sqlite/sqlite-store.js', import.meta.url).href);

const tryToOpen = (file: string) => `
  import { openSqliteStore } from ${storeUrl};
  const derive = (effective, edits) => ({ effective, edits });
  const store = await openSqliteStore({ file: ${JSON.stringify(file)}, derive }).catch((error) => error);
  if (store.code) process.stdout.write(store.code);
  else {
    await store.ensureSeries('S').catch((error) => process.stdout.write(error.code ?? String(error)));
    await store.close();
  }`;
