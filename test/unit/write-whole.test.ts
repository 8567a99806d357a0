import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { removeLeftovers, writeWhole } from '../../workers/write-whole.js';

describe('a file that is written whole', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-whole-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('takes the place of the one before, in a folder that may be new', async () => {
    const path = join(folder, 'new', 'a.json');
    await writeWhole(path, 'one');
    await writeWhole(path, Buffer.from('two'));
    equal(await readFile(path, 'utf8'), 'two');
    deepEqual(await readdir(join(folder, 'new')), ['a.json']);
  });

  it('is whole while others write and read it', async () => {
    const path = join(folder, 'a');
    const texts = ['x'.repeat(100_000), 'y'.repeat(200_000)];
    await writeWhole(path, texts[0]!);
    const reads = texts.map(async (text) => {
      await writeWhole(path, text);
      return readFile(path, 'utf8');
    });
    for (const found of await Promise.all(reads)) equal(texts.includes(found), true);
  });

  it('leaves nothing behind for good, even if its writer is killed over it', async () => {
    const partial = join(folder, 'partial');
    const program = fileURLToPath(new URL('../../workers/write-whole.js', import.meta.url));
    // Killed as soon as there is something to see.
    const endless = `import { writeWhole } from ${JSON.stringify(program)};
      for (let n = 0; ; n++) await writeWhole(${JSON.stringify(join(folder, 'a.json'))}, 'x'.repeat(2e7), ${JSON.stringify(partial)});`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', endless]);
    const left = () => readdir(partial).catch(() => []);
    while ((await left()).length === 0) await passed(1);
    await removeLeftovers(partial);
    ok((await left()).length <= 1, 'a writer that lives is left in peace');
    for (;;) {
      process.kill(writer.pid!, 'SIGSTOP');
      if ((await left()).length > 0) break;
      process.kill(writer.pid!, 'SIGCONT');
      await passed(1);
    }
    await removeLeftovers(partial);
    equal((await left()).length, 1, 'nor one that is frozen');
    const gone = once(writer, 'exit');
    writer.kill('SIGKILL');
    await gone;
    const others = [
      `a.json.${hostname().replaceAll('.', '_')}~${process.pid}~0~1.part`,
      'a.elsewhere~1~0~1.part',
      'a.elsewhere~1~0~2.part',
      'a.txt',
    ];
    for (const name of others) await writeFile(join(partial, name), '');
    await utimes(join(partial, others[2]!), 0, 0);
    await removeLeftovers(partial);
    deepEqual((await left()).toSorted(), ['a.elsewhere~1~0~1.part', 'a.txt']);
    await removeLeftovers(join(folder, 'nowhere'));
  });

  it('leaves nothing behind where it cannot be written', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await rejects(writeWhole(join(folder, 'a'), 'text'));
    deepEqual(await readdir(folder), ['a']);
  });
});
