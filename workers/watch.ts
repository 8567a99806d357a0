/**
 * Who watches the work: told of jobs, their stages and the calls of models, as each begins and ends. Nobody does unless
 * a bench says so; what is made of it (lines, metrics, traces) is not the workers' business.
 */
import type { Store } from '../graph/store.js';
import type { JobState } from '../schema/enums.js';
import type { ErrorCode } from '../schema/errors.js';
import type { Job } from '../schema/job.js';
import type { ModelHost, ModelName } from './models/host.js';

export interface Watch {
  /** A worker has taken a job. */
  job(job: Job): JobWatch;
}

export interface JobWatch {
  /** A stage of the job begins. */
  stage(stage: string): StageWatch;
  /** Its worker has let the job go in this state (RUNNING: another worker has it, or will); the code of its failure. */
  ended(state: JobState, code?: ErrorCode): void;
}

export interface StageWatch {
  /** A model is asked; what comes back is told when it has answered, with what it failed. */
  modelCall(model: ModelName): (failure?: unknown) => void;
  /** The same store, whose verbs are told of. */
  store(store: Store): Store;
  /** `kept`: its artifact was there. */
  ended(outcome: 'done' | 'kept' | 'failed', failure?: unknown): void;
}

const unwatchedStage: StageWatch = { modelCall: () => () => {}, store: (store) => store, ended: () => {} };
export const unwatchedJob: JobWatch = { stage: () => unwatchedStage, ended: () => {} };
export const unwatched: Watch = { job: () => unwatchedJob };

/** Does what a stage is there for, and tells how it ended. */
export async function watched<Made>(
  watch: StageWatch,
  work: (watch: StageWatch) => Promise<Made>,
  isKept: (made: Made) => boolean = () => false,
): Promise<Made> {
  try {
    const made = await work(watch);
    watch.ended(isKept(made) ? 'kept' : 'done');
    return made;
  } catch (error) {
    watch.ended('failed', error);
    throw error;
  }
}

/** The same models, with each call told to the stage's watch. */
export const watchedModels = (models: ModelHost, watch: StageWatch): ModelHost => ({
  ...models,
  async call(name, input, signal) {
    const answered = watch.modelCall(name);
    try {
      const output = await models.call(name, input, signal);
      answered();
      return output;
    } catch (error) {
      answered(error);
      throw error;
    }
  },
});
