import type { Stats } from 'node:fs';
import { access, constants, lstat, realpath, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { removeLeftovers, replaceFile, temporaryPath } from '../../workers/write-whole.js';

/** Codes of a folder that takes no new file beside one that is there, or of a file that is mounted by itself. */
const keepsFromReplacing = new Set(['EACCES', 'EPERM', 'EROFS', 'EBUSY']);

/**
 * Writes a file that somebody asked for by name: readers see the whole of it, the one before, or none. What is no file,
 * such as a pipe, and what cannot be replaced, or would be another's then, is written to as it is. NOT_FOUND where it cannot be written.
 */
export const writeOutput = (file: string, text: string): Promise<void> =>
  writeOver(file, text).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'EISDIR') throw error;
    throw new FabulaError('NOT_FOUND', `${file} cannot be written.`, 'Give a file in a folder that is there.', {
      cause: error,
    });
  });

async function writeOver(file: string, text: string): Promise<void> {
  // What a link leads to is written, be it there or not, and the link stays.
  const path = await realpath(file).catch(() => file);
  const before = await lstat(path).catch(() => undefined);
  if (before && !isReplaceable(before)) return writeFile(path, text);
  if (before) await access(path, constants.W_OK);
  await removeLeftovers(dirname(path));
  // Its own name may be as long as names can be.
  const temporary = temporaryPath('output', dirname(path));
  return replaceFile(path, text, temporary, before?.mode).catch((error: NodeJS.ErrnoException) => {
    if (!before || !keepsFromReplacing.has(error.code ?? '')) throw error;
    return writeFile(path, text);
  });
}

/** A new file would be ours alone: not of another user or group, nor known by a second name. */
const isReplaceable = (before: Stats): boolean =>
  before.isFile() &&
  before.nlink === 1 &&
  before.uid === (process.geteuid?.() ?? before.uid) &&
  before.gid === (process.getegid?.() ?? before.gid);
