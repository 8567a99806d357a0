/** Writes an episode's keyframes and portraits into a folder, each under the hash of what is written. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Narrative } from '../../schema/narrative.js';
import type { Pictures } from '../../workers/pictures.js';
import { coverOf, type Sighting } from '../../workers/pixelation/cover.js';
import type { Lookout } from '../../workers/pixelation/look-for-areas.js';
import { onPicture, usualBand } from '../../workers/pixelation/pixelate-clip.js';
import { pixelatePicture, pixelatePortraits } from '../../workers/pixelation/pixelate-pictures.js';
import { removeLeftovers, writeWhole } from '../../workers/write-whole.js';

export interface PictureExport {
  readonly pictures: Pick<Pictures, 'pathOf'>;
  readonly folder: string;
  /** Absent: pictures leave as they are. */
  readonly pixelation?: { readonly lookout: Lookout; readonly known: readonly Sighting[]; readonly text: boolean };
}

export interface ExportedPictures {
  /** Id of each picture → id of what was written for it. */
  readonly ids: ReadonlyMap<string, string>;
  readonly faces: number;
  readonly texts: number;
  /** Pictures that are not kept any more. */
  readonly missing: number;
}

/**
 * A picture is written whole or not at all, and only once it has been looked at: MODEL_MISSING, MODEL_FAILED. Pictures
 * that were written before stay where they are.
 */
export async function exportPictures(
  { keyframes, persons, cues }: Narrative,
  { pictures, folder, pixelation }: PictureExport,
): Promise<ExportedPictures> {
  const ids = new Map<string, string>();
  await removeLeftovers(folder);
  const cover = coverOf(pixelation?.known ?? []);
  let [faces, texts, missing] = [0, 0, 0];
  const take = async (imageId: string, change: (jpeg: Uint8Array) => Promise<Uint8Array>) => {
    if (ids.has(imageId)) return;
    const path = pictures.pathOf(imageId);
    const jpeg = path === undefined ? undefined : await readIfThere(path);
    if (!jpeg) {
      missing++;
      return;
    }
    const changed = await change(jpeg);
    const id = createHash('sha256').update(changed).digest('hex');
    await writeWhole(join(folder, `${id}.jpg`), changed);
    ids.set(imageId, id);
  };
  for (const { imageId, atMs } of keyframes)
    await take(imageId, async (jpeg) => {
      if (!pixelation) return jpeg;
      const { lookout, text } = pixelation;
      const isSubtitled =
        text && cues.some((cue) => cue.source === 'BURNED_IN' && cue.startMs <= atMs && atMs < cue.endMs);
      const changed = await pixelatePicture(
        jpeg,
        (picture) => [
          ...cover(atMs).map(({ what, box }) => onPicture(what, box, picture)),
          ...(isSubtitled ? [onPicture('text', usualBand, picture)] : []),
        ],
        lookout,
        { text },
      );
      faces += changed.hidden.filter(({ what }) => what === 'face').length;
      texts += changed.hidden.filter(({ what }) => what === 'text').length;
      return changed.jpeg;
    });
  for (const { portraitId } of persons)
    if (portraitId !== undefined)
      await take(portraitId, async (jpeg) => {
        if (!pixelation) return jpeg;
        faces++;
        const [hidden = jpeg.subarray(0, 0)] = await pixelatePortraits([jpeg], pixelation.lookout.signal);
        return hidden;
      });
  return { ids, faces, texts, missing };
}

/** The narrative that points at what was written. */
export function withPictures(
  narrative: Narrative,
  ids: ReadonlyMap<string, string>,
  idOf: (id: string) => string = (id) => id,
): Narrative {
  const written = new Map([...ids].map(([id, to]) => [idOf(id), to]));
  return {
    ...narrative,
    keyframes: narrative.keyframes.map((each) => ({ ...each, imageId: written.get(each.imageId) ?? each.imageId })),
    persons: narrative.persons.map((person) => {
      const portraitId = person.portraitId && written.get(person.portraitId);
      return portraitId ? { ...person, portraitId } : person;
    }),
  };
}

const readIfThere = (path: string) =>
  readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
