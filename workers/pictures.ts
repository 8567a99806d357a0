import { createHash } from 'node:crypto';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { removeLeftovers, writeWhole } from './write-whole.js';

/** Pictures on disk, named by content hash: saving one twice keeps one. */
export interface Pictures {
  /** Saves a JPEG and returns its id. */
  save(jpeg: Uint8Array): Promise<string>;
  /** Where the picture lies on this machine, whether it exists or not; undefined for a malformed id. */
  pathOf(imageId: string): string | undefined;
  delete(imageId: string): Promise<void>;
  /** Removes what processes that were killed had half written. */
  removeLeftovers(): Promise<void>;
}

const imageIdPattern = /^[0-9a-f]{64}$/;

/** Opens (and makes, when first written to) a picture folder: `<folder>/ab/abcdef….jpg`, with `partial/` beside. */
export function openPictures(folder: string): Pictures {
  const pathOf = (imageId: string) =>
    imageIdPattern.test(imageId) ? join(folder, imageId.slice(0, 2), `${imageId}.jpg`) : undefined;
  const temporary = join(folder, 'partial');
  return {
    pathOf,
    async save(jpeg) {
      const imageId = createHash('sha256').update(jpeg).digest('hex');
      const path = join(folder, imageId.slice(0, 2), `${imageId}.jpg`);
      if (await stat(path).catch(() => undefined)) return imageId;
      await writeWhole(path, jpeg, temporary);
      return imageId;
    },
    async delete(imageId) {
      const path = pathOf(imageId);
      if (path) await rm(path, { force: true });
    },
    removeLeftovers: () => removeLeftovers(temporary),
  };
}
