import { FabulaError } from '../../../schema/errors.js';
import type { AnalysisSummary, Workshop } from '../../../workers/analyze.js';
import { checkFile } from '../../../workers/media/film.js';
import { looksRemote, shownAddress } from '../../../workers/media/remote/remote-address.js';
import type { AnalyzeRequest } from '../../../workers/queue/queue.js';
import { haveDone, type Telling } from '../carry-out.js';
import { readConfig } from '../config.js';
import { openLog } from '../log.js';
import { openWorkshop } from '../open.js';
import { showProgress } from '../progress.js';
import { rememberRootOf } from '../remembered-roots.js';
import { oneLine, reportError } from '../report-error.js';
import { sayCounts } from '../say-counts.js';
import { openTracer } from '../telemetry/open-tracer.js';

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
  const log = openLog(config);
  const tracer = await openTracer(config.tracing, log);
  const workshop = await openWorkshop(config, log);
  try {
    for (const { video, film } of films) {
      if (signal.aborted) break;
      const { title, series } = options;
      const input = { ...film, ...(subtitles && { subtitles: subtitles.real }), title, series };
      await analyzeOne(workshop, video, input, options, { log, tracer }, signal).catch((error) => {
        process.exitCode = reportError(error, video);
      });
    }
  } finally {
    await workshop.close();
    await tracer.close();
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
  workshop: Workshop,
  video: string,
  input: AnalyzeRequest,
  options: AnalyzeOptions,
  telling: Telling,
  signal: AbortSignal,
): Promise<void> {
  const display = showProgress(oneLine(video), process.stderr);
  try {
    const request = { job: 'ANALYZE', input } as const;
    const { summary, unchanged } = await haveDone<AnalysisSummary>(workshop, request, telling, signal, display);
    display.close();
    print(summary, unchanged, options);
  } finally {
    display.close();
  }
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
