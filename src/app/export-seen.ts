/** Pictures and clips of an export: what leaves beside the text, and what the user must know about it. */
import { FabulaError } from '../../schema/errors.js';
import type { Narrative } from '../../schema/narrative.js';
import { openArtifacts } from '../../workers/artifacts.js';
import { openPictures } from '../../workers/pictures.js';
import { counted } from '../narrative/counted.js';
import type { Pseudonymised } from '../narrative/pseudonyms/pseudonymise.js';
import type { Config } from './config.js';
import { exportClip } from './export-clip.js';
import { exportPictures, withPictures } from './export-pictures.js';
import { knownFaces } from './known-faces.js';
import { openLookout } from './lookout.js';
import { foldersOf, openRemote } from './open.js';
import { knownRoots } from './remembered-roots.js';

export interface SeenOptions {
  readonly pixelate?: boolean;
  /** Folder for keyframes and portraits. */
  readonly pictures?: string;
  /** File for a stretch of the film, from and to in seconds. */
  readonly clip?: string;
  readonly from?: number;
  readonly to?: number;
  readonly sound?: boolean;
}

/** BAD_USAGE for options that do not go together. */
export function checkSeenOptions({ pixelate, clip, from, to, sound }: SeenOptions): void {
  if (clip !== undefined && !pixelate)
    throw new FabulaError('BAD_USAGE', '--clip goes with --pixelate.', 'The film itself is where it was.');
  if (clip === undefined && (from ?? to ?? sound) !== undefined)
    throw new FabulaError('BAD_USAGE', '--from, --to and --sound go with --clip.');
}

/**
 * Writes what was asked for, and returns the text's narrative pointing at the pictures that were written. `told` has
 * the pseudonyms: then text on pictures is covered, too. Errors as `exportPictures` and `exportClip`.
 */
export async function exportSeen(
  narrative: Narrative,
  text: Narrative,
  told: Pseudonymised | undefined,
  config: Config,
  options: SeenOptions,
  signal: AbortSignal,
): Promise<Narrative> {
  if ((options.pictures ?? options.clip) === undefined) return text;
  const folders = foldersOf(config.home);
  const artifacts = openArtifacts(folders.artifacts);
  const lookout = options.pixelate ? await openLookout(config, signal) : undefined;
  const say = (line: string) => process.stderr.write(`${line}\n`);
  try {
    if (options.clip !== undefined && lookout) {
      const sources = {
        artifacts,
        remote: openRemote(config),
        roots: await knownRoots(config.home, config.mediaRoots),
      };
      const { from = 0, to = narrative.episode.durationMs / 1000, sound = false } = options;
      const [startMs, endMs] = [Math.round(from * 1000), Math.round(to * 1000)];
      await exportClip(
        sources,
        narrative,
        { file: options.clip, startMs, endMs, sound, text: told !== undefined },
        lookout,
      );
      say(
        sound
          ? 'The clip has the film’s sound: voices tell who speaks, and lines may say names.'
          : 'The clip has no sound, since voices tell who speaks; --sound keeps it.',
      );
    }
    if (options.pictures === undefined) return text;
    const known = lookout ? await knownFaces(narrative, artifacts) : [];
    const written = await exportPictures(narrative, {
      pictures: openPictures(folders.pictures),
      folder: options.pictures,
      ...(lookout && { pixelation: { lookout, known, text: told !== undefined } }),
    });
    say(
      `${counted(written.ids.size, 'picture')} written${lookout ? `, ${counted(written.faces, 'place')} with a face hidden` : ''}${told && lookout ? `, ${counted(written.texts, 'place')} with text covered` : ''}.`,
    );
    if (written.missing > 0) say(`left out: ${counted(written.missing, 'picture')} that are not kept here any more.`);
    if (told && !lookout) say('Faces are not hidden on the pictures: --pixelate does that.');
    return withPictures(text, written.ids, told?.idOf);
  } finally {
    await lookout?.close();
    if (lookout)
      say('Detectors miss faces (turned away, very small, drawn): look at what was written before you pass it on.');
  }
}
