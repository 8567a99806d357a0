import { deepEqual, equal, rejects } from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeWhole } from '../../workers/write-whole.js';

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

  it('leaves nothing behind where it cannot be written', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await rejects(writeWhole(join(folder, 'a'), 'text'));
    deepEqual(await readdir(folder), ['a']);
  });
});
