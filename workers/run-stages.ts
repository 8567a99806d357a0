import { type Artifacts, artifactKey } from './artifacts.js';
import type { Findings, StageName } from './findings.js';
import type { Stage, StageContext } from './stage.js';
import { type JobWatch, type StageWatch, unwatchedJob, watched, watchedModels } from './watch.js';

/** How far one stage is. `kept`: its artifact was there already. */
export interface StageProgress {
  readonly stage: string;
  readonly state: 'running' | 'kept' | 'done';
  /** 0…1 */
  readonly progress: number;
  /** Wall time so far, in seconds. */
  readonly seconds: number;
  /** What else there is to know just now, such as how much is here of what is fetched. */
  readonly detail?: string | undefined;
}

export interface StageRun {
  readonly stages: readonly Stage[];
  readonly artifacts: Artifacts;
  readonly context: Omit<StageContext, 'progress' | 'signal'>;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: StageProgress) => void;
  /** Who watches. Default: nobody. */
  readonly watch?: JobWatch;
}

/**
 * Runs every stage as soon as what it needs is there, keeping each finding as an artifact and taking up those that
 * exist. The first failure stops the others and is thrown when they have stopped.
 */
export async function runStages(run: StageRun): Promise<Findings> {
  const stop = new AbortController();
  const signal = AbortSignal.any([run.signal, stop.signal]);
  const running = new Map<StageName, Promise<Made>>();
  for (const stage of run.stages) {
    const needed = Promise.all(stage.needs.map((name) => required(running, name, stage)));
    const result = needed.then((needs) => watchStage(run, signal, stage, needs));
    result.catch(() => stop.abort());
    running.set(stage.name, result);
  }
  const results = await Promise.allSettled(running.values());
  const failures = results.filter((result) => result.status === 'rejected').map((result) => result.reason as unknown);
  if (failures.length > 0) throw failures.find((failure) => !isCancellation(failure)) ?? failures[0];
  const findings = await Promise.all([...running].map(async ([name, result]) => [name, (await result).finding]));
  return Object.fromEntries(findings) as unknown as Findings;
}

interface Made {
  readonly key: string;
  readonly finding: unknown;
  /** Whether its artifact was there. */
  readonly isKept: boolean;
}

async function watchStage(run: StageRun, signal: AbortSignal, stage: Stage, needs: readonly Made[]): Promise<Made> {
  signal.throwIfAborted();
  const watch = (run.watch ?? unwatchedJob).stage(stage.name);
  return watched(
    watch,
    () => runStage(run, signal, stage, needs, watch),
    ({ isKept }) => isKept,
  );
}

async function runStage(
  run: StageRun,
  signal: AbortSignal,
  stage: Stage,
  needs: readonly Made[],
  watch: StageWatch,
): Promise<Made> {
  const { film, settings } = run.context;
  const key = artifactKey([stage.name, stage.version, stage.settings(settings), needs.map((need) => need.key)]);
  const started = performance.now();
  const report = (state: StageProgress['state'], progress: number) =>
    run.onProgress({ stage: stage.name, state, progress, seconds: (performance.now() - started) / 1000 });
  const kept = await run.artifacts.read(film.sha256, stage.name, key);
  if (kept !== undefined) {
    report('kept', 1);
    return { key, finding: kept, isKept: true };
  }
  // A stage that begins after the others were stopped would never hear of it.
  signal.throwIfAborted();
  report('running', 0);
  const read = Object.fromEntries(stage.needs.map((name, index) => [name, needs[index]?.finding]));
  const progress = (share: number) => report('running', Math.min(1, share));
  const context = { ...run.context, models: watchedModels(run.context.models, watch), signal, progress };
  const found = await stage.run(context, read as unknown as Findings);
  // As a later run would read it, so that resuming changes nothing.
  const finding = JSON.parse(JSON.stringify(found));
  if (!found.passing) await run.artifacts.write(film.sha256, stage.name, key, found);
  report('done', 1);
  // What is made of a passing finding must not be taken for what is made of the one that is sought.
  return { key: found.passing ? artifactKey([key, finding]) : key, finding, isKept: false };
}

function required<Result>(running: ReadonlyMap<StageName, Promise<Result>>, name: StageName, by: Stage) {
  const result = running.get(name);
  if (!result) throw new Error(`The stage ${by.name} needs ${name}, which does not come before it.`);
  return result;
}

const isCancellation = (error: unknown) =>
  (error as { code?: unknown }).code === 'CANCELLED' || (error as { name?: unknown }).name === 'AbortError';
