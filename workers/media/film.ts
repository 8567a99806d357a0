import { open, realpath, stat } from 'node:fs/promises';
import { FabulaError } from '../../schema/errors.js';
import { hashFile } from '../file-hash.js';
import type { FilmFile } from '../stage.js';

/** Remembers content hashes by (device, inode, size, mtime), so that an unchanged film is read once. */
export interface HashMemory {
  recall(key: string): Promise<string | undefined>;
  remember(key: string, sha256: string): Promise<void>;
}

/** Makes sure that a path names a readable, non-empty file, and hashes it: as `checkFile`, or CANCELLED. */
export async function openFilm(path: string, hashes: HashMemory, signal?: AbortSignal): Promise<FilmFile> {
  const { real, key } = await checkFile(path);
  const sha256 = (await hashes.recall(key)) ?? (await hashFile(real, signal));
  await hashes.remember(key, sha256);
  return { path: real, sha256 };
}

/**
 * The real path of a readable, non-empty file, and a key that changes with its content.
 * MEDIA_NOT_FOUND, MEDIA_NOT_A_FILE, MEDIA_FORBIDDEN or MEDIA_EMPTY.
 */
export async function checkFile(path: string): Promise<{ readonly real: string; readonly key: string }> {
  const real = await realpath(path).catch(refuse);
  const facts = await stat(real, { bigint: true }).catch(refuse);
  if (!facts.isFile())
    throw new FabulaError(
      'MEDIA_NOT_A_FILE',
      facts.isDirectory() ? 'This is a folder.' : 'This is not a file.',
      giveFile,
    );
  await (await open(real, 'r').catch(refuse)).close();
  if (facts.size === 0n) throw new FabulaError('MEDIA_EMPTY', 'The file is empty.', 'Copy or download it again.');
  return { real, key: [facts.dev, facts.ino, facts.size, facts.mtimeNs].join('-') };
}

const giveFile = 'Give the path of a video file.';

function refuse(error: NodeJS.ErrnoException): never {
  switch (error.code) {
    case 'ENOENT':
    case 'ENOTDIR':
      throw new FabulaError('MEDIA_NOT_FOUND', 'There is no such file.', giveFile, { cause: error });
    case 'EACCES':
    case 'EPERM':
      throw new FabulaError('MEDIA_FORBIDDEN', 'You may not read this file.', 'Change its permissions.', {
        cause: error,
      });
    case 'ELOOP':
    case 'ENAMETOOLONG':
      throw new FabulaError('MEDIA_NOT_A_FILE', 'This path leads to no file.', giveFile, { cause: error });
    default:
      throw error;
  }
}
