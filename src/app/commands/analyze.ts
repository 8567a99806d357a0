import { setTimeout as wait } from 'node:timers/promises';
import { FabulaError } from '../../../schema/errors.js';
import type { Job } from '../../../schema/job.js';
import type { AnalysisSummary, Workshop } from '../../../workers/analyze.js';
import { type Bench, leaseOf, workerId } from '../../../workers/bench.js';
import { jobHandlers } from '../../../workers/job-handlers.js';
import { checkFile } from '../../../workers/media/film.js';
import { openJobQueue } from '../../../workers/queue/ask-jobs.js';
import { openLocalCarrier } from '../../../workers/queue/local.js';
import type { AnalyzeRequest } from '../../../workers/queue/queue.js';
import { runJob } from '../../../workers/run-job.js';
import { readConfig } from '../config.js';
import { openLog } from '../log.js';
import { localCaller, openWorkshop } from '../open.js';
import { type ProgressDisplay, showProgress } from '../progress.js';
import { rememberRootOf } from '../remembered-roots.js';
import { oneLine, reportError } from '../report-error.js';
import { sayCounts } from '../say-counts.js';

export interface AnalyzeOptions {
  readonly subtitles?: string;
  readonly title?: string;
  readonly series?: string;
  readonly json?: boolean;
}

/** How often a job that another process runs is looked at. */
const watchMs = 500;

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
  for (const { real } of [...films, ...(subtitles ? [subtitles] : [])])
    await rememberRootOf(real, config.home, config.mediaRoots);
  const workshop = await openWorkshop(config, openLog(config));
  try {
    for (const { video, real } of films) {
      if (signal.aborted) break;
      const { title, series } = options;
      const input = { path: real, ...(subtitles && { subtitles: subtitles.real }), title, series };
      await analyzeOne(workshop, video, input, options, signal).catch((error) => {
        process.exitCode = reportError(error, video);
      });
    }
  } finally {
    await workshop.close();
  }
}

/** The films that can be read; the others are reported. */
async function findFilms(videos: readonly string[]): Promise<{ video: string; real: string }[]> {
  const films: { video: string; real: string }[] = [];
  for (const video of videos) {
    try {
      films.push({ video, real: (await checkFile(video)).real });
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
  signal: AbortSignal,
): Promise<void> {
  const display = showProgress(oneLine(video), process.stderr);
  try {
    const asked = await openJobQueue(workshop, openLocalCarrier()).ask({ job: 'ANALYZE', input }, localCaller.subject);
    const summary = finishedOf(await carryOut(workshop, asked, signal, display));
    display.close();
    print(summary, asked.state === 'DONE', options);
  } finally {
    display.close();
  }
}

/** Runs the job here, or watches it while another process does. */
async function carryOut(workshop: Workshop, asked: Job, signal: AbortSignal, display: ProgressDisplay): Promise<Job> {
  const { store, log } = workshop;
  const bench: Bench = { store, log, handlers: jobHandlers(workshop), news: openLocalCarrier().news };
  for (let job: Job | undefined = asked; job; job = await workshop.store.job(asked.id)) {
    if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job;
    if (signal.aborted) break;
    const claimed = await workshop.store.claimJob({ workerId, leaseMs: leaseOf(bench), jobId: job.id });
    if (claimed) return runJob(bench, claimed, signal, display.note);
    display.note({
      stage: `${job.stage ?? 'waiting'} (elsewhere)`,
      state: 'running',
      progress: job.progress,
      seconds: 0,
    });
    await wait(watchMs, undefined, { signal }).catch(() => undefined);
  }
  throw new FabulaError('CANCELLED', 'The analysis was interrupted.', 'Run the same command again to go on.');
}

function finishedOf(job: Job): AnalysisSummary {
  switch (job.state) {
    case 'DONE':
      return job.result as unknown as AnalysisSummary;
    case 'FAILED':
      throw new FabulaError(
        (job.error?.code ?? 'INTERNAL') as 'INTERNAL',
        job.error?.message ?? 'The analysis failed.',
      );
    case 'CANCELLED':
      throw new FabulaError('CANCELLED', 'The analysis was cancelled.');
    case 'QUEUED':
    case 'RUNNING':
      throw new FabulaError('CANCELLED', 'The analysis was interrupted.', 'Run the same command again to go on.');
    default:
      return job.state satisfies never;
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
