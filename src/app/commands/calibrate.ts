import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Store } from '../../../graph/store.js';
import { applyVerdicts } from '../../../resolvers/apply-verdicts.js';
import { gatherItems } from '../../../resolvers/gather-items.js';
import { FabulaError } from '../../../schema/errors.js';
import { type FormFormat, formFormats, readForm, writeForm } from '../../formats/calibration-form.js';
import { decodeText } from '../../formats/decode-text.js';
import type { CalibrationItem } from '../../narrative/calibration/calibration-item.js';
import { reportOn } from '../../narrative/calibration/calibration-report.js';
import { samplePacket } from '../../narrative/calibration/sample-packet.js';
import { counted } from '../../narrative/counted.js';
import { readConfig } from '../config.js';
import { localCaller, openStore } from '../open.js';
import { oneLine } from '../report-error.js';
import { sayOutcome } from '../say-calibration.js';
import { writeOutput } from '../write-output.js';

export interface CalibrateOptions {
  readonly size: number;
  readonly seed: number;
  readonly format?: string;
  readonly output?: string;
  /** Filled forms; with them verdicts come in, without them a packet goes out. */
  readonly verdicts?: readonly string[];
  readonly annotator?: string;
  /** In percent. */
  readonly gate: number;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

/**
 * Draws a packet of an episode or a series and writes it as a form, or reads filled forms: says how right the packet
 * is and corrects what is wrong. NOT_FOUND, BAD_USAGE, INVALID_INPUT.
 */
export async function calibrate(id: string, options: CalibrateOptions): Promise<void> {
  const store = await openStore(readConfig());
  try {
    const items = await itemsOf(store, id);
    if (options.verdicts) await verdictsIn(store, id, items, options.verdicts, options);
    else await packetOut(items, options);
  } finally {
    await store.close();
  }
}

async function itemsOf(store: Store, id: string): Promise<CalibrationItem[]> {
  if (await store.episode(id)) return gatherItems(store, { episodeId: id });
  const [series] = await store.series([id]);
  if (series) return gatherItems(store, { seriesId: id });
  throw new FabulaError('NOT_FOUND', `There is no episode or series ${id}.`, 'See fabula episodes.');
}

async function packetOut(items: readonly CalibrationItem[], { size, seed, output, ...options }: CalibrateOptions) {
  const format = formatNamed(options.format ?? (output?.toLowerCase().endsWith('.json') ? 'json' : 'csv'));
  const packet = samplePacket(items, size, seed);
  const form = writeForm(packet, format);
  if (output === undefined) process.stdout.write(form);
  else {
    await writeOutput(output, form);
    process.stdout.write(`${oneLine(output)}: ${counted(packet.items.length, 'item')} of ${packet.population}\n`);
  }
}

async function verdictsIn(
  store: Store,
  id: string,
  items: readonly CalibrationItem[],
  files: readonly string[],
  { annotator, gate, dryRun, json }: CalibrateOptions,
): Promise<void> {
  const texts = await Promise.all(files.map(readText));
  // Who fills a form in and writes no name is told apart by the file.
  const judgements = texts.flatMap((text, n) =>
    readForm(text, annotator ?? (files.length > 1 ? basename(files[n] ?? '') : localCaller.subject)),
  );
  const episodes = new Set([id, ...items.map(({ episodeId }) => episodeId)]);
  const stranger = judgements.find(({ item }) => !episodes.has(item.episodeId));
  if (stranger)
    throw new FabulaError(
      'INVALID_INPUT',
      `The form is about the episode ${stranger.item.episodeId}, which is not of ${id}.`,
    );
  const outcome = {
    ...reportOn(judgements, gate / 100),
    ...(await applyVerdicts(store, judgements, { author: localCaller.subject, isTrial: dryRun ?? false })),
  };
  process.stdout.write(json ? `${JSON.stringify(outcome)}\n` : sayOutcome(outcome, dryRun ?? false));
}

const readText = async (file: string): Promise<string> => {
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'EISDIR') throw error;
    throw new FabulaError('NOT_FOUND', `There is no file ${file}.`, undefined, { cause: error });
  });
  return decodeText(bytes).text;
};

function formatNamed(name: string): FormFormat {
  const format = formFormats.find((known) => known === name.toLowerCase());
  if (format) return format;
  throw new FabulaError('BAD_USAGE', `There is no form format "${name}".`, `Known formats: ${formFormats.join(', ')}.`);
}
