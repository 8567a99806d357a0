import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { FabulaError } from '../schema/errors.js';

/** SHA-256 of a whole file, as hexadecimal. CANCELLED when the signal fires; errors of the file system as they are. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk);
  } catch (error) {
    if (signal?.aborted) throw new FabulaError('CANCELLED', 'The work was cancelled.');
    throw error;
  }
  return hash.digest('hex');
}

/** The same; undefined when the file is not there. */
export const hashFileIfThere = (path: string): Promise<string | undefined> =>
  hashFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
