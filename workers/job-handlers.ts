/** What to do for each kind of job that can be asked for. */

import { alignToFilm } from './align.js';
import { type AnalysisSummary, analyzeFilm, type Workshop } from './analyze.js';
import { type ImportSummary, importScript } from './import.js';
import { pullForJob } from './pull-model.js';
import type { AlignInput } from './queue/align-job.js';
import type { AnalyzeInput } from './queue/analyze-job.js';
import type { ImportInput } from './queue/import-job.js';
import type { PullModelInput } from './queue/pull-job.js';
import type { JobRequest } from './queue/queue.js';
import type { StageProgress } from './run-stages.js';
import type { StageContext } from './stage.js';
import type { JobWatch } from './watch.js';

/** Normalised input of each kind; the compiler wants one for each that can be asked for. */
interface JobInputs extends Record<JobRequest['job'], object> {
  readonly ANALYZE: AnalyzeInput;
  readonly IMPORT: ImportInput;
  readonly ALIGN: AlignInput;
  readonly PULL_MODEL: PullModelInput;
}

/** What a handler is given to work with, besides the job's input. */
export interface JobRun {
  readonly signal: AbortSignal;
  readonly onProgress: (progress: StageProgress) => void;
  /** Asks the store whether this worker still has the job, and fires the signal if not: before anything is written. */
  readonly confirmHeld: () => Promise<void>;
  /** The worker’s log; the job keeps the warnings. */
  readonly log: StageContext['log'];
  readonly watch: JobWatch;
  /** Who asked for the job. */
  readonly askedBy?: string;
}

export interface JobResult {
  readonly result: Readonly<Record<string, unknown>>;
  readonly episodeId?: string;
}

export type JobHandlers = {
  readonly [Kind in JobRequest['job']]: (input: JobInputs[Kind], run: JobRun) => Promise<JobResult>;
};

export const jobHandlers = (workshop: Workshop): JobHandlers => ({
  ANALYZE: async (input, run) => {
    const summary: AnalysisSummary = await analyzeFilm(workshop, input, run);
    return { result: { ...summary }, episodeId: summary.episodeId };
  },
  IMPORT: async (input, run) => {
    const summary: ImportSummary = await importScript(workshop, input, run);
    return { result: { ...summary }, episodeId: summary.episodeId };
  },
  ALIGN: async (input, run) => {
    const summary = await alignToFilm(workshop, input, run);
    return { result: { ...summary }, episodeId: summary.episodeId };
  },
  PULL_MODEL: async (input, run) => ({ result: { ...(await pullForJob(workshop, input, run)) } }),
});
