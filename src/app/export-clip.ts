/** Writes a stretch of an episode's film with nobody's face on it. */
import { dirname } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Artifacts } from '../../workers/artifacts.js';
import { openFilm } from '../../workers/media/film.js';
import { findFilm } from '../../workers/media/find-film.js';
import type { Lookout } from '../../workers/pixelation/look-for-areas.js';
import { pixelateClip } from '../../workers/pixelation/pixelate-clip.js';
import { probeFilm } from '../../workers/stages/probe.js';
import { removeLeftovers, writeWhole } from '../../workers/write-whole.js';
import type { SheetSources } from './contact-sheet.js';
import { knownFaces } from './known-faces.js';

export interface ClipOptions {
  readonly file: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly sound: boolean;
  /** Text on the picture is covered. */
  readonly text: boolean;
}

/** NOT_FOUND without a film, CONFLICT for another film, INVALID_INPUT for a stretch outside of it; else as `pixelateClip`. */
export async function exportClip(
  { roots, remote, artifacts }: Pick<SheetSources, 'roots' | 'remote'> & { readonly artifacts: Artifacts },
  narrative: Narrative,
  { file, startMs, endMs, sound, text }: ClipOptions,
  lookout: Lookout,
): Promise<void> {
  const { media, durationMs } = narrative.episode;
  if (!media) throw new FabulaError('NOT_FOUND', 'There is no film of this episode.');
  if (startMs >= Math.min(endMs, durationMs))
    throw new FabulaError('INVALID_INPUT', 'The clip must begin before it ends, and within the film.');
  const film = await openFilm(await findFilm(roots, remote, media), artifacts, lookout.signal);
  if (film.sha256 !== media.sha256)
    throw new FabulaError('CONFLICT', 'The film is not the one that was analysed any more.', 'Analyse it again.');
  const burnedIn = narrative.cues.filter(({ source }) => source === 'BURNED_IN');
  const clip = pixelateClip({
    path: film.path,
    probe: await probeFilm(film.path, lookout.signal),
    startMs,
    endMs: Math.min(endMs, durationMs),
    known: await knownFaces(narrative, artifacts),
    ...(text && { text: { burnedIn } }),
    sound,
    lookout,
  });
  await removeLeftovers(dirname(file));
  await writeWhole(file, clip);
}
