import { deepEqual, equal, match, rejects } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import {
  chmod,
  chown,
  link as hardLink,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeOutput } from '../../src/app/write-output.js';

describe('A file that a command was asked to write', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'fabula-output-'));
    file = join(folder, 'script.fountain');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is whole at every moment: who reads the one before can go on', async () => {
    await writeOutput(file, 'INT. HOUSE - DAY\n');
    const reader = await open(file);
    await writeOutput(file, 'EXT. PIER - NIGHT\n');
    equal(await reader.readFile('utf8'), 'INT. HOUSE - DAY\n');
    await reader.close();
    equal(await readFile(file, 'utf8'), 'EXT. PIER - NIGHT\n');
    deepEqual(await readdir(folder), ['script.fountain']);
  });

  it('may have a name as long as names can be', async () => {
    const long = join(folder, `${'方块'.repeat(41)}.html`);
    await writeOutput(long, 'text');
    equal(await readFile(long, 'utf8'), 'text');
  });

  it('keeps its permissions, and the link that leads to it', async () => {
    await writeFile(file, 'for few');
    await chmod(file, 0o660);
    const link = join(folder, 'latest');
    await symlink('script.fountain', link);
    await writeOutput(link, 'for the same few');
    equal(await readFile(file, 'utf8'), 'for the same few');
    equal((await stat(file)).mode & 0o777, 0o660);
    equal((await lstat(link)).isSymbolicLink(), true);
  });

  it('is made where a link leads that led nowhere yet', async () => {
    const link = join(folder, 'latest');
    await symlink('script.fountain', link);
    await writeOutput(link, 'text');
    equal(await readFile(file, 'utf8'), 'text');
    equal((await lstat(link)).isSymbolicLink(), true);
  });

  it('keeps its other names', async () => {
    await writeFile(file, 'before');
    const other = join(folder, 'other');
    await hardLink(file, other);
    await writeOutput(file, 'after');
    equal(await readFile(other, 'utf8'), 'after');
  });

  it('stays its owner’s', async function () {
    if (process.getuid?.() !== 0) this.skip();
    await writeFile(file, 'before');
    await chown(file, 1234, 1235);
    await writeOutput(file, 'after');
    const { uid, gid } = await stat(file);
    deepEqual([uid, gid, await readFile(file, 'utf8')], [1234, 1235, 'after']);
  });

  it('stays what it is where it is a pipe', async () => {
    const pipe = join(folder, 'pipe');
    execFileSync('mkfifo', [pipe]);
    const [text] = await Promise.all([readFile(pipe, 'utf8'), writeOutput(pipe, 'through')]);
    equal(text, 'through');
    equal((await stat(pipe)).isFIFO(), true);
  });

  it('is refused where there is no folder for it, which is not made, and where a folder is', async () => {
    await mkdir(join(folder, 'taken'));
    await writeFile(file, '');
    for (const path of [join(folder, 'new', 'a'), join(folder, 'taken'), join(file, 'a')])
      await rejects(writeOutput(path, 'text'), ({ code, message }: { code: string; message: string }) => {
        equal(code, 'NOT_FOUND');
        match(message, /cannot be written\.$/);
        return true;
      });
    deepEqual(await readdir(folder), ['script.fountain', 'taken']);
  });
});
