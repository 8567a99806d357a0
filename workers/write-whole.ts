import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

/** Who writes, as a temporary name tells it: machine (its dots would be taken for the file's), process, and when that began. */
const writer = [hostname().replaceAll('.', '_'), process.pid, Math.round(performance.timeOrigin).toString(36)] as const;

/** A temporary file of another machine is left alone for so long: nobody here knows whether its writer lives. */
const foreignMs = 24 * 3_600_000;

/**
 * Writes a file under a temporary name, in a folder on the same disk, and renames it: readers see the whole of it, the
 * one before, or none. Makes the folders if they are new. Errors of the file system as they are, with nothing left behind.
 */
export async function writeWhole(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  temporaryFolder: string = dirname(path),
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await mkdir(temporaryFolder, { recursive: true });
  await replaceFile(path, content, temporaryPath(basename(path), temporaryFolder));
}

/** The same by way of this temporary file, in folders that have to be there; with these permissions, if any are given. */
export async function replaceFile(
  path: string,
  content: string | Uint8Array | AsyncIterable<Uint8Array>,
  temporary: string,
  mode?: number,
): Promise<void> {
  try {
    await writeFile(temporary, content, mode === undefined ? {} : { mode: mode & 0o600 });
    if (mode !== undefined) await chmod(temporary, mode);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

/** A name in a folder that nobody else has, and that `removeLeftovers` knows. */
export const temporaryPath = (name: string, folder: string): string =>
  join(folder, `${name}.${[...writer, randomUUID()].join('~')}.part`);

/** Removes from a folder the temporary files whose writers were killed over them. */
export async function removeLeftovers(temporaryFolder: string): Promise<void> {
  const names = await readdir(temporaryFolder).catch(() => []);
  for (const name of names) {
    const [, machine, pid, began] = /\.([^~.]+)~(\d+)~([0-9a-z]+)~[0-9a-f-]+\.part$/.exec(name) ?? [];
    if (machine === undefined || began === undefined) continue;
    const path = join(temporaryFolder, name);
    const isLeft = machine === writer[0] ? !isAtWork(Number(pid), began) : await isOld(path);
    // Those of others may have to stay.
    if (isLeft) await rm(path, { force: true }).catch(() => {});
  }
}

/** Whether the process that wrote is there; one that has its number now and is not it only keeps the file longer. */
function isAtWork(pid: number, began: string): boolean {
  if (pid === process.pid) return began === writer[2];
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isOld(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts !== undefined && Date.now() - facts.mtimeMs > foreignMs;
}
