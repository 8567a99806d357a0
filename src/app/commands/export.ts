import { basename } from 'node:path';
import { gatherNames } from '../../../resolvers/gather-names.js';
import { FabulaError } from '../../../schema/errors.js';
import type { Narrative } from '../../../schema/narrative.js';
import { openArtifacts } from '../../../workers/artifacts.js';
import { openPictures } from '../../../workers/pictures.js';
import { writeContactSheet } from '../../formats/contact-sheet/page.js';
import type { Dropped, Format } from '../../formats/format.js';
import { findFormat, formats } from '../../formats/formats.js';
import { drawBy } from '../../formats/pseudonym-key.js';
import { counted } from '../../narrative/counted.js';
import { type Pseudonymised, pseudonymise } from '../../narrative/pseudonyms/pseudonymise.js';
import { type Config, readConfig } from '../config.js';
import { gatherContactSheet } from '../contact-sheet.js';
import { checkSeenOptions, exportSeen, type SeenOptions } from '../export-seen.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { foldersOf, openRemote, openStore } from '../open.js';
import { pixelatedSheet, pseudonymousSheet } from '../private-sheet.js';
import { knownRoots } from '../remembered-roots.js';
import { oneLine } from '../report-error.js';
import { sayPseudonyms } from '../say-pseudonyms.js';
import { writeOutput } from '../write-output.js';

const contactSheet = 'contact-sheet';

export interface ExportOptions extends SeenOptions {
  /** Default: json, unless only pictures or a clip are asked for. */
  readonly format?: string;
  readonly output?: string;
  readonly pseudonyms?: boolean;
  /** Names of people whom the graph does not know, separated by commas. */
  readonly alsoNames?: string;
  /** File for what was replaced and what was not sure, as JSON. */
  readonly report?: string;
}

/**
 * Writes an episode in another format: a text to a file or standard output, with what it does not hold on standard
 * error; a contact sheet to a file (default: named after the episode, in this folder); pictures and a clip beside it.
 * NOT_FOUND for the episode or the folder; BAD_USAGE for an unknown format and for options that do not go together.
 */
export async function exportEpisode(id: string, options: ExportOptions, signal: AbortSignal): Promise<void> {
  const { format: asked = 'json' } = options;
  const name = asked.toLowerCase();
  const named = findFormat(name);
  const format = named?.write && named;
  if (!format && name !== contactSheet)
    throw new FabulaError(
      'BAD_USAGE',
      `There is no export format "${asked}".`,
      `Known formats: ${[...formats.filter(({ write }) => write).map((known) => known.name), contactSheet].join(', ')}.`,
    );
  if (!options.pseudonyms && (options.alsoNames ?? options.report) !== undefined)
    throw new FabulaError('BAD_USAGE', '--also-names and --report go with --pseudonyms.');
  checkSeenOptions(options);
  const config = readConfig();
  const store = await openStore(config);
  try {
    const narrative = await store.readNarrative(id, 'effective');
    if (!narrative) throw noSuchEpisode();
    const told = options.pseudonyms ? await tellPseudonyms(store, narrative, config, options) : undefined;
    if (told) checkFileNames(told, options);
    const seen = await exportSeen(narrative, told?.narrative ?? narrative, told, config, options, signal);
    const shown = options.pixelate ? withoutSheet(seen) : seen;
    // Whoever asks for pictures or a clip alone wants no text on the screen.
    if ((options.pictures ?? options.clip) !== undefined && (options.format ?? options.output) === undefined) return;
    if (format) await exportText(shown, format, options.output);
    else await exportContactSheet(store, narrative, told, config, options, signal);
  } finally {
    await store.close();
  }
}

async function tellPseudonyms(
  store: OpenStore,
  narrative: Narrative,
  { pseudonymKey }: Config,
  { alsoNames = '', report }: ExportOptions,
): Promise<Pseudonymised> {
  const listed = alsoNames.split(',').map((name) => ({ names: [name.trim()], gender: 'unknown' as const }));
  const told = pseudonymise(narrative, {
    draw: drawBy(pseudonymKey),
    alsoNamed: [...(await gatherNames(store, narrative)), ...listed.filter(({ names: [name] }) => name !== '')],
  });
  for (const line of sayPseudonyms(told.report)) process.stderr.write(`${line}\n`);
  if (report !== undefined) await writeOutput(report, `${JSON.stringify(told.report, null, 2)}\n`);
  return told;
}

/** The picture of all keyframes at once is made anew by nobody, and shows every face. */
const withoutSheet = ({ episode: { contactSheetId: _, ...episode }, ...narrative }: Narrative): Narrative => ({
  ...narrative,
  episode,
});

/** BAD_USAGE for a file name that tells a name which the file does not. */
function checkFileNames({ nameOf }: Pseudonymised, { output, report, pictures, clip }: ExportOptions): void {
  for (const file of [output, report, pictures, clip])
    if (file !== undefined && nameOf(basename(file)) !== basename(file))
      throw new FabulaError(
        'BAD_USAGE',
        'A file’s name tells a name that is to be hidden.',
        'Name the files otherwise.',
      );
}

type OpenStore = Awaited<ReturnType<typeof openStore>>;

async function exportText(narrative: Narrative, format: Format, output: string | undefined): Promise<void> {
  const written = format.write?.(narrative);
  if (!written) return;
  if (output === undefined) process.stdout.write(written.text);
  else await writeOutput(output, written.text);
  for (const item of written.dropped) process.stderr.write(`${sayDropped(item)}\n`);
}

const sayDropped = ({ what, count, reason }: Dropped): string => `left out: ${counted(count, what, what)}. ${reason}`;

async function exportContactSheet(
  store: OpenStore,
  narrative: Narrative,
  told: Pseudonymised | undefined,
  config: Config,
  { output, pixelate }: ExportOptions,
  signal: AbortSignal,
): Promise<void> {
  const folders = foldersOf(config.home);
  const sources = {
    store,
    pictures: openPictures(folders.pictures),
    hashes: openArtifacts(folders.artifacts),
    roots: await knownRoots(config.home, config.mediaRoots),
    remote: openRemote(config),
  };
  const gathered = await gatherContactSheet(sources, narrative, signal);
  const named = told ? pseudonymousSheet(gathered, told) : gathered;
  const sheet = pixelate ? await pixelatedSheet(named, signal) : named;
  const page = writeContactSheet(sheet);
  const file = output ?? sheetName(told?.narrative ?? narrative);
  await writeOutput(file, page);
  for (const note of sheet.notes) process.stderr.write(`${oneLine(note)}\n`);
  const megabytes = (Buffer.byteLength(page) / 1e6).toFixed(1);
  const { characters } = sheet.wall;
  process.stdout.write(
    `${oneLine(file)}: ${counted(characters.length, 'character')}, ${counted(sheet.crops.size, 'face')}, ${megabytes} MB\n`,
  );
}

/** A file name that every system takes: letters and digits of the title. */
function sheetName({ episode: { title } }: Narrative): string {
  const plain = title.replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, '-').replaceAll(/^-|-$/g, '');
  return `${[...plain].slice(0, 60).join('') || 'episode'}-contact-sheet.html`;
}
