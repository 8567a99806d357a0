import { writeFile } from 'node:fs/promises';
import { FabulaError } from '../../schema/errors.js';

/** Writes a file that somebody asked for by name. NOT_FOUND where it cannot be written. */
export const writeOutput = (file: string, text: string): Promise<void> =>
  writeFile(file, text).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR' && error.code !== 'EISDIR') throw error;
    throw new FabulaError('NOT_FOUND', `${file} cannot be written.`, 'Give a file in a folder that is there.', {
      cause: error,
    });
  });
