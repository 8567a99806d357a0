/** The demo film as a file that is rendered once: its folder is named by a hash of what it is made from. */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { renderDemoFilm } from './render.js';

/** The path of the demo film in that folder, rendered first where it is missing (about 30 CPU seconds). */
export async function cachedDemoFilm(folder: string, signal?: AbortSignal): Promise<string> {
  const path = join(folder, `demo-${await sourcesHash()}`, 'the-light-left-on.mp4');
  if (!(await stat(path).catch(() => undefined))) await renderDemoFilm(path, signal);
  return path;
}

/** Ten digits of the hash of the compiled renderer and of the screenplay. */
async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  for (const folder of [new URL('.', import.meta.url), new URL('../../examples/', import.meta.url)])
    for (const name of (await readdir(folder, { recursive: true })).sort())
      if (/\.(js|fountain)$/.test(name)) hash.update(await readFile(join(fileURLToPath(folder), name)));
  return hash.digest('hex').slice(0, 10);
}
