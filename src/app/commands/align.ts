import { FabulaError } from '../../../schema/errors.js';
import { type AlignSummary, alignmentEdit } from '../../../workers/align.js';
import { checkFile } from '../../../workers/media/film.js';
import { formatNamed } from '../../formats/formats.js';
import type { Alignment } from '../../narrative/alignment/alignment.js';
import { alignmentReport, placementsOf, sayAlignment } from '../../narrative/alignment/summary.js';
import { haveDone } from '../carry-out.js';
import { readConfig } from '../config.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { rememberRootOf } from '../remembered-roots.js';
import { oneLine } from '../report-error.js';
import { openWorkplace } from '../workplace.js';
import { writeOutput } from '../write-output.js';

export interface AlignOptions {
  readonly format?: string;
  /** File for every line and where it went; JSON by its extension, else text. */
  readonly report?: string;
  readonly json?: boolean;
}

/** Lays a script over a film of the graph. NOT_FOUND, SCRIPT_MISMATCH, and what reading a script throws. */
export async function align(
  episodeId: string,
  file: string,
  { format, report, json }: AlignOptions,
  signal: AbortSignal,
): Promise<void> {
  if (format !== undefined) formatNamed(format, 'read');
  const config = readConfig();
  const workplace = await openWorkplace(config);
  try {
    const { store } = workplace.workshop;
    if (!(await store.episode(episodeId))) throw noSuchEpisode();
    const { real } = await checkFile(file);
    await rememberRootOf(real, config.home, config.mediaRoots);
    const request = { job: 'ALIGN', input: { episodeId, path: real, format } } as const;
    const { summary, unchanged } = await haveDone<AlignSummary>(workplace, request, file, signal);
    const edit = await alignmentEdit(store, summary);
    const alignment = edit?.operation.value as Alignment | undefined;
    if (!alignment) throw new FabulaError('NOT_FOUND', 'Somebody has taken the script off the film meanwhile.');
    if (report !== undefined)
      await writeOutput(
        report,
        /\.json$/i.test(report)
          ? JSON.stringify({ ...summary, map: alignment.map, placements: placementsOf(alignment) }, null, 2)
          : alignmentReport(alignment),
      );
    process.stdout.write(
      json
        ? `${JSON.stringify({ ...summary, unchanged, placements: placementsOf(alignment) })}\n`
        : said(summary, alignment, unchanged),
    );
  } finally {
    await workplace.close();
  }
}

/** Lines that are shown of those that have no place; all are in the report. */
const shownLines = 10;

function said(summary: AlignSummary, { lines }: Alignment, unchanged: boolean): string {
  const lost = lines.flatMap(({ outcome, text, why }, n) =>
    outcome === 'UNPLACED' ? [`  line ${n + 1}, “${text}”: ${why ?? 'not found.'}`] : [],
  );
  return [
    `${summary.title} lies over the film${unchanged ? ' already, nothing to do' : ''}: ${summary.editId}`,
    ...sayAlignment(summary).map((fact) => `  ${fact}`),
    ...lost.slice(0, shownLines),
    ...(lost.length > shownLines ? [`  and ${lost.length - shownLines} more: --report FILE has all`] : []),
  ]
    .map((line) => `${oneLine(line)}\n`)
    .join('');
}
