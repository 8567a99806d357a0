/**
 * The folders of films that the command line was given, remembered as media roots, so that `fabula serve` can play
 * what `fabula analyze` has seen; before them `FABULA_MEDIA_ROOTS`, and the folder of uploaded films.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { MediaRoots } from '../../workers/media/roots.js';
import { uploadedFilms, uploadsRoot } from '../../workers/media/uploads/uploads.js';
import { writeWhole } from '../../workers/write-whole.js';

const fileIn = (home: string) => join(home, 'media-roots.json');

/** Where all that users send lies. */
export const uploadsFolder = (home: string): string => join(home, 'uploads');

/** The root of uploaded films (whose names are nobody else's), the configured roots and the remembered ones. */
export async function knownRoots(home: string, configured: MediaRoots): Promise<MediaRoots> {
  const own = (await remembered(home)).filter(([name]) => !configured.has(name) && name !== uploadsRoot);
  return new Map([[uploadsRoot, uploadedFilms(uploadsFolder(home))], ...configured, ...own]);
}

/** Makes sure that some root holds this (real) file, remembering its folder if none does. */
export async function rememberRootOf(file: string, home: string, configured: MediaRoots): Promise<void> {
  const known = await knownRoots(home, configured);
  if ([...known.values()].some((folder) => !relative(folder, file).startsWith('..'))) return;
  const folder = dirname(file);
  const roots = new Map([...known, [nameFor(folder, known), folder]]);
  const own = Object.fromEntries([...roots].filter(([name]) => !configured.has(name) && name !== uploadsRoot));
  await writeWhole(fileIn(home), JSON.stringify(own, null, 2));
}

function nameFor(folder: string, taken: MediaRoots): string {
  const plain = basename(folder).replaceAll(/[^\w.-]+/g, '-') || 'root';
  return taken.has(plain) ? `${plain}-${createHash('sha256').update(folder).digest('hex').slice(0, 6)}` : plain;
}

async function remembered(home: string): Promise<[string, string][]> {
  try {
    return Object.entries(JSON.parse(await readFile(fileIn(home), 'utf8')) as Record<string, string>);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return [];
    throw error;
  }
}
