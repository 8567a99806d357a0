import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import { openArtifacts } from '../../../workers/artifacts.js';
import { openPictures } from '../../../workers/pictures.js';
import { writeContactSheet } from '../../formats/contact-sheet/page.js';
import { writeJson } from '../../formats/json.js';
import { counted } from '../../narrative/counted.js';
import { readConfig } from '../config.js';
import { gatherContactSheet } from '../contact-sheet.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { foldersOf, openStore } from '../open.js';
import { knownRoots } from '../remembered-roots.js';
import { oneLine } from '../report-error.js';
import { writeOutput } from '../write-output.js';

const formats = ['json', 'contact-sheet'] as const;

export interface ExportOptions {
  readonly format: string;
  readonly output?: string;
}

/**
 * Writes an episode in a foreign format: JSON to a file or standard output, a contact sheet to a file (default: named
 * after the episode, in this folder). NOT_FOUND for the episode or the folder; BAD_USAGE for an unknown format.
 */
export async function exportEpisode(id: string, options: ExportOptions, signal: AbortSignal): Promise<void> {
  const format = formats.find((known) => known === options.format.toLowerCase());
  if (!format)
    throw new FabulaError(
      'BAD_USAGE',
      `There is no export format "${options.format}".`,
      `Known formats: ${formats.join(', ')}.`,
    );
  const config = readConfig();
  const store = await openStore(config);
  try {
    const narrative = await store.readNarrative(id, 'effective');
    if (!narrative) throw noSuchEpisode();
    switch (format) {
      case 'json': {
        const text = writeJson(narrative);
        if (options.output === undefined) process.stdout.write(text);
        else await writeOutput(options.output, text);
        return;
      }
      case 'contact-sheet': {
        const folders = foldersOf(config.home);
        const sources = {
          store,
          pictures: openPictures(folders.pictures),
          hashes: openArtifacts(folders.artifacts),
          roots: await knownRoots(config.home, config.mediaRoots),
        };
        const sheet = await gatherContactSheet(sources, narrative, signal);
        const page = writeContactSheet(sheet);
        const file = options.output ?? sheetName(narrative);
        await writeOutput(file, page);
        for (const note of sheet.notes) process.stderr.write(`${oneLine(note)}\n`);
        const megabytes = (Buffer.byteLength(page) / 1e6).toFixed(1);
        const { characters } = sheet.wall;
        process.stdout.write(
          `${oneLine(file)}: ${counted(characters.length, 'character')}, ${counted(sheet.crops.size, 'face')}, ${megabytes} MB\n`,
        );
        return;
      }
      default:
        format satisfies never;
    }
  } finally {
    await store.close();
  }
}

/** A file name that every system takes: letters and digits of the title. */
function sheetName({ episode: { title } }: Narrative): string {
  const plain = title.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  return `${[...plain].slice(0, 60).join('') || 'episode'}-contact-sheet.html`;
}
