/** A script in, an episode in the store out. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { FabulaError } from '../schema/errors.js';
import type { Narrative } from '../schema/narrative.js';
import { decodeScript } from '../src/formats/decode-text.js';
import type { ReportItem } from '../src/formats/format.js';
import { formatNamed, formatOf } from '../src/formats/formats.js';
import {
  countsOf,
  episodeIdOf,
  fingerprintOf,
  type LoadedSummary,
  removeReleasedFiles,
  type Workshop,
} from './analyze.js';
import type { JobRun } from './job-handlers.js';
import { locateMedia } from './media/roots.js';
import type { ImportInput } from './queue/import-job.js';
import { type Mender, readOrMend } from './read-or-mend.js';
import { watched } from './watch.js';

/** What an import gives back: kept as the job's result and printed by `fabula import --json`. */
export interface ImportSummary extends LoadedSummary {
  /** Name of the format that it was read as. */
  readonly format: string;
  /** What was changed, estimated or lost; the first of them where there are many. */
  readonly report: readonly ReportItem[];
  /** How many there are altogether. */
  readonly reported: number;
}

/** More than any script holds, in bytes. */
const largestFile = 64 << 20;
/** As much of a report as is kept with the job. */
const longestReport = 200;

/**
 * Reads a script and loads its graph. SCRIPT_UNREADABLE, FORMAT_UNKNOWN or FORMAT_AMBIGUOUS for what cannot be read,
 * INVALID_INPUT for what is too large.
 */
export async function importScript(
  workshop: Workshop,
  input: ImportInput,
  { signal, onProgress, confirmHeld, watch }: JobRun,
): Promise<ImportSummary> {
  const { store } = workshop;
  const started = performance.now();
  const told = (stage: string, state: 'running' | 'done', progress: number) =>
    onProgress({ stage, state, progress, seconds: (performance.now() - started) / 1000 });
  told('import', 'running', 0);
  const { bytes, name } = await scriptOf(workshop, input);
  const series = input.series === undefined ? undefined : await store.ensureSeries(input.series);
  const { format, narrative, report } = await watched(watch.stage('import'), () =>
    readScript(bytes, name, input, series?.id, { llm: workshop.llm, signal }),
  );
  told('import', 'done', 1);
  await confirmHeld();
  signal.throwIfAborted();
  told('load', 'running', 0);
  await watched(watch.stage('load'), (stage) => stage.store(store).replaceEpisode(narrative));
  told('load', 'done', 1);
  await removeReleasedFiles(workshop);
  const { id, title, durationMs, report: known } = narrative.episode;
  return {
    ...{ episodeId: id, title, durationMs, counts: countsOf(narrative), gaps: known.gaps, format },
    ...{ report: report.slice(0, longestReport), reported: report.length, fingerprint: fingerprintOf(narrative) },
  };
}

/** The script's bytes, and its file's name where it is one. */
export async function scriptOf(
  { roots }: Pick<Workshop, 'roots'>,
  { text, script }: Pick<ImportInput, 'text' | 'script'>,
): Promise<{ bytes: Uint8Array; name?: string }> {
  if (script === undefined) return { bytes: Buffer.from(text ?? '') };
  const { file, path } = await locateMedia(await roots(), script);
  if ((await stat(file)).size > largestFile)
    throw new FabulaError('INVALID_INPUT', `${path} is too large to be a script.`);
  return { bytes: await readFile(file), name: path };
}

interface ReadScript {
  readonly format: string;
  readonly narrative: Narrative;
  readonly report: readonly ReportItem[];
}

/** What a script is read as, and how. */
export async function readScript(
  bytes: Uint8Array,
  name: string | undefined,
  { format: asked, title }: Pick<ImportInput, 'format' | 'title'>,
  seriesId: string | undefined,
  mender: Mender,
): Promise<ReadScript> {
  const text = decodeScript(bytes);
  const format = asked === undefined ? formatOf(text) : formatNamed(asked, 'read');
  const episodeId = episodeIdOf(createHash('sha256').update(bytes).digest('hex'), seriesId);
  const options = { episodeId, title, fallbackTitle: name && nameOf(name) };
  const { narrative, report } = await readOrMend(text, format, options, mender);
  const { seriesId: _, ...episode } = narrative.episode;
  return {
    format: format.name,
    report,
    narrative: { ...narrative, episode: { ...episode, ...(seriesId && { seriesId }) } },
  };
}

/** `the-light_left.fountain` → `the-light left`. */
const nameOf = (path: string) =>
  basename(path, extname(path))
    .replaceAll(/[_\s]+/g, ' ')
    .trim() || basename(path);
