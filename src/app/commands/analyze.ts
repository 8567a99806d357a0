import { FabulaError } from '../../../schema/errors.js';
import type { AnalysisSummary } from '../../../workers/analyze.js';
import { checkFile } from '../../../workers/media/film.js';
import { looksRemote, shownAddress } from '../../../workers/media/remote/remote-address.js';
import type { AnalyzeRequest } from '../../../workers/queue/queue.js';
import { haveDone } from '../carry-out.js';
import { readConfig } from '../config.js';
import { rememberRootOf } from '../remembered-roots.js';
import { oneLine, reportError } from '../report-error.js';
import { sayCounts } from '../say-counts.js';
import { openWorkplace, type Workplace } from '../workplace.js';

export interface AnalyzeOptions {
  readonly subtitles?: string;
  readonly title?: string;
  readonly series?: string;
  readonly json?: boolean;
}

/** Analyses films one after the other; a film that fails is reported, and the next one is taken. */
export async function analyze(videos: readonly string[], options: AnalyzeOptions, signal: AbortSignal): Promise<void> {
  if (videos.length > 1 && (options.subtitles !== undefined || options.title !== undefined))
    throw new FabulaError(
      'BAD_USAGE',
      '--subtitles and --title go with one film only.',
      'Analyse the films one by one.',
    );
  const config = readConfig();
  const subtitles = options.subtitles === undefined ? undefined : await checkFile(options.subtitles);
  const films = await findFilms(videos);
  if (films.length === 0) return;
  const files = [...films.flatMap(({ film }) => film.path ?? []), ...(subtitles ? [subtitles.real] : [])];
  for (const file of files) await rememberRootOf(file, config.home, config.mediaRoots);
  const workplace = await openWorkplace(config);
  try {
    for (const { video, film } of films) {
      if (signal.aborted) break;
      const { title, series } = options;
      const input = { ...film, ...(subtitles && { subtitles: subtitles.real }), title, series };
      await analyzeOne(workplace, video, input, options, signal).catch((error) => {
        process.exitCode = reportError(error, video);
      });
    }
  } finally {
    await workplace.close();
  }
}

interface FoundFilm {
  /** As it may be shown. */
  readonly video: string;
  readonly film: { readonly path?: string; readonly url?: string };
}

/** The films that can be read, and addresses as they are; the others are reported. */
async function findFilms(videos: readonly string[]): Promise<FoundFilm[]> {
  const films: FoundFilm[] = [];
  for (const video of videos) {
    try {
      if (looksRemote(video)) films.push({ video: shownAddress(video), film: { url: video.trim() } });
      else films.push({ video, film: { path: (await checkFile(video)).real } });
    } catch (error) {
      process.exitCode = reportError(error, video);
    }
  }
  return films;
}

async function analyzeOne(
  workplace: Workplace,
  video: string,
  input: AnalyzeRequest,
  options: AnalyzeOptions,
  signal: AbortSignal,
): Promise<void> {
  const request = { job: 'ANALYZE', input } as const;
  const { summary, unchanged } = await haveDone<AnalysisSummary>(workplace, request, video, signal);
  print(summary, unchanged, options);
}

function print(summary: AnalysisSummary, unchanged: boolean, { json }: AnalyzeOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify({ ...summary, unchanged })}\n`);
    return;
  }
  const lines = [
    unchanged
      ? `${oneLine(summary.title)} is in the graph already, nothing to do: ${summary.episodeId}`
      : `${oneLine(summary.title)} is in the graph: ${summary.episodeId}`,
    `  ${(summary.durationMs / 1000).toFixed(1)} s of film: ${sayCounts(summary.counts)}`,
    ...summary.gaps.map((gap) => `  not known: ${gap.missing}${gap.remedy ? ` ${gap.remedy}` : ''}`),
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}
