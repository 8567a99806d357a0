import { FabulaError } from '../../../schema/errors.js';
import type { ImportSummary } from '../../../workers/import.js';
import { checkFile } from '../../../workers/media/film.js';
import type { ReportItem } from '../../formats/format.js';
import { formatNamed } from '../../formats/formats.js';
import { counted } from '../../narrative/counted.js';
import { haveDone } from '../carry-out.js';
import { readConfig } from '../config.js';
import { rememberRootOf } from '../remembered-roots.js';
import { oneLine, reportError } from '../report-error.js';
import { sayCounts } from '../say-counts.js';
import { openWorkplace, type Workplace } from '../workplace.js';

export interface ImportOptions {
  readonly format?: string;
  readonly title?: string;
  readonly series?: string;
  readonly json?: boolean;
}

/** Lines of a report that are shown; all that are kept are in --json. */
const shownItems = 20;

/** Puts scripts into the graph one after the other; one that cannot be read is reported, and the next one is taken. */
export async function importScripts(
  files: readonly string[],
  options: ImportOptions,
  signal: AbortSignal,
): Promise<void> {
  if (files.length > 1 && options.title !== undefined)
    throw new FabulaError('BAD_USAGE', '--title goes with one script only.', 'Import the scripts one by one.');
  if (options.format !== undefined) formatNamed(options.format, 'read');
  const config = readConfig();
  const workplace = await openWorkplace(config);
  try {
    for (const file of files) {
      if (signal.aborted) break;
      try {
        const { real } = await checkFile(file);
        await rememberRootOf(real, config.home, config.mediaRoots);
        await importOne(workplace, file, real, options, signal);
      } catch (error) {
        process.exitCode = reportError(error, file);
      }
    }
  } finally {
    await workplace.close();
  }
}

async function importOne(
  workplace: Workplace,
  file: string,
  path: string,
  options: ImportOptions,
  signal: AbortSignal,
): Promise<void> {
  const { format, title, series } = options;
  const request = { job: 'IMPORT', input: { path, format, title, series } } as const;
  const { summary, unchanged } = await haveDone<ImportSummary>(workplace, request, file, signal);
  print(summary, unchanged, options);
}

function print(summary: ImportSummary, unchanged: boolean, { json }: ImportOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...summary, unchanged })}\n`);
    return;
  }
  const { episodeId, title, durationMs, counts, format, report, reported } = summary;
  const shown = report.slice(0, shownItems);
  const lines = [
    `${oneLine(title)} is in the graph${unchanged ? ' already, nothing to do' : ''}: ${episodeId}`,
    `  ${(durationMs / 60_000).toFixed(1)} min, read as ${format}: ${sayCounts(counts)}`,
    ...shown.map((item) => `  ${sayItem(item)}`),
    ...(reported > shown.length
      ? [`  and ${counted(reported - shown.length, 'more thing')} changed, estimated or lost`]
      : []),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** `lost, line 12, column 4: …` */
function sayItem({ what, path, line, column, reason }: ReportItem): string {
  const place = [
    path,
    line === undefined ? undefined : `line ${line}`,
    column === undefined ? undefined : `column ${column}`,
  ];
  return oneLine(
    [what.toLowerCase(), ...place]
      .filter((part) => part !== undefined)
      .join(', ')
      .concat(`: ${reason}`),
  );
}
