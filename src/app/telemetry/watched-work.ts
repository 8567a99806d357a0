/** What is made of the work that workers do: lines of the log, measurements and spans. */
import type { Job } from '../../../schema/job.js';
import type { JobWatch, StageWatch, Watch } from '../../../workers/watch.js';
import type { Log } from '../log.js';
import { codeOf } from './error-code.js';
import type { Meter } from './meter.js';
import { traceIn } from './requests.js';
import { noSpan, type Span, type Tracer } from './tracing.js';
import { tracedStore } from './watched-store.js';

/** A job's stage asks a model thousands of times: so many calls of each model get a span, the stage's counts them all. */
const tracedCalls = 50;

/** One line for each job that is taken and let go, and for each stage. */
export const watchWork = (log: Log, meter: Meter, tracer: Tracer): Watch => ({
  job(job) {
    const started = performance.now();
    const { id, attempt, traceParent } = job;
    const attributes = { 'fabula.job.id': id, 'fabula.job.attempt': attempt };
    const span = tracer.start(`job ${job.job}`, 'worker', attributes, traceParent);
    const own = log.child({ job: id, kind: job.job, attempt, ...traceIn(span) });
    meter.jobTaken(job.job);
    own.info({ waited: secondsSince(job) }, 'A job was taken.');
    return {
      stage: (stage) => watchStage(stage, own, meter, span),
      ended(state, code) {
        const seconds = (performance.now() - started) / 1000;
        meter.jobLeft(job.job, state, seconds, code);
        span.note({ 'fabula.job.state': state });
        span.end(code);
        own.info({ state, seconds: rounded(seconds), ...(code && { code }) }, 'A job was let go.');
      },
    } satisfies JobWatch;
  },
});

function watchStage(stage: string, log: Log, meter: Meter, around: Span): StageWatch {
  const started = performance.now();
  const span = around.child(`stage ${stage}`);
  const calls = new Map<string, { count: number; seconds: number }>();
  return {
    modelCall(model) {
      const asked = performance.now();
      const sum = calls.get(model) ?? { count: 0, seconds: 0 };
      calls.set(model, sum);
      const own = ++sum.count > tracedCalls ? noSpan : span.child(`model ${model}`);
      return (failure) => {
        const seconds = (performance.now() - asked) / 1000;
        const code = failure === undefined ? undefined : codeOf(failure);
        sum.seconds += seconds;
        meter.modelCall(model, seconds, code);
        own.end(code);
      };
    },
    store: (store) => (span === noSpan ? store : tracedStore(store, () => span)),
    ended(how, failure) {
      const seconds = (performance.now() - started) / 1000;
      const code = failure === undefined ? undefined : codeOf(failure);
      const outcome = code === 'CANCELLED' ? 'cancelled' : how;
      meter.stage(stage, outcome, seconds);
      for (const [model, sum] of calls)
        span.note({ [`fabula.model.${model}.calls`]: sum.count, [`fabula.model.${model}.seconds`]: sum.seconds });
      span.note({ 'fabula.stage.outcome': outcome });
      span.end(code);
      log.info({ stage, outcome, seconds: rounded(seconds), ...(code && { code }) }, 'A stage ended.');
    },
  };
}

/** How long a job has been waiting since it was asked for. */
const secondsSince = ({ createdAt }: Job) => rounded(Math.max(0, Date.now() - Date.parse(createdAt)) / 1000);

const rounded = (seconds: number) => Number(seconds.toFixed(3));
