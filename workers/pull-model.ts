import { join } from 'node:path';
import type { Workshop } from './analyze.js';
import type { JobRun } from './job-handlers.js';
import { readSoundManifest } from './models/manifest.js';
import { modelNamed, type PullProgress, pullModel } from './models/pull.js';
import type { PullModelInput } from './queue/pull-job.js';
import { watched } from './watch.js';

/** What a pull gives back: kept as the job's result. */
export interface PullSummary {
  readonly model: string;
  /** `kept`: all of it was here already. */
  readonly outcome: 'pulled' | 'kept';
  readonly bytes: number;
}

type Models = Pick<Workshop, 'modelsFolder' | 'modelSource'>;

/**
 * Fetches a model into this worker's folder of models, as `fabula models pull` does. NOT_FOUND for one that this Fabula
 * does not list; others as `download`.
 */
export async function pullForJob(
  { modelsFolder, modelSource = {} }: Models,
  { model: name }: PullModelInput,
  { signal, onProgress, watch }: JobRun,
): Promise<PullSummary> {
  const { models, ...source } = modelSource;
  const model = modelNamed(name, models);
  const bytes = model.files.reduce((sum, file) => sum + file.bytes, 0);
  const started = performance.now();
  const told = (state: 'running' | 'done', progress: number, detail?: string) =>
    onProgress({ stage: 'pull', state, progress, seconds: (performance.now() - started) / 1000, detail });
  told('running', 0);
  const note = ({ state, bytes: here }: PullProgress) => told('running', here / bytes, wordsFor(state, here, bytes));
  const outcome = await watched(
    watch.stage('pull'),
    () => pullModel(model, { ...source, modelsFolder, signal, onProgress: note }),
    (how) => how === 'kept',
  );
  told('done', 1);
  return { model: name, outcome, bytes };
}

/** Whether all files of a model that was pulled are here still, and sound. */
export const isPulled = ({ modelsFolder }: Models, { model }: PullSummary): Promise<boolean> =>
  readSoundManifest(join(modelsFolder, model)).then(
    () => true,
    () => false,
  );

const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);

const wordsFor = (state: PullProgress['state'], here: number, all: number) =>
  state === 'waiting' ? 'another process is pulling it' : `${megabytes(here)} of ${megabytes(all)} MB`;
