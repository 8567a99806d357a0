import { createHash } from 'node:crypto';
import { basename, extname } from 'node:path';
import type { Store } from '../graph/store.js';
import type { Gap } from '../schema/episode.js';
import { type Narrative, type NarrativeList, narrativeLists } from '../schema/narrative.js';
import { derivationVersion } from '../src/narrative/derive.js';
import type { Artifacts } from './artifacts.js';
import { assembleNarrative } from './assemble.js';
import { hashFile } from './file-hash.js';
import type { Finding } from './findings.js';
import type { JobRun } from './job-handlers.js';
import type { LlmEndpoint } from './llm/endpoint.js';
import type { RemoteFilms } from './media/remote/remote-films.js';
import { locateMedia, type MediaRoots } from './media/roots.js';
import type { Uploads } from './media/uploads/uploads.js';
import { type ModelHost, telling } from './models/host.js';
import type { ModelSource } from './models/pull.js';
import type { Pictures } from './pictures.js';
import { pipeline } from './pipeline.js';
import type { AnalyzeInput } from './queue/analyze-job.js';
import { runStages, type StageProgress } from './run-stages.js';
import type { AnalysisSettings, StageContext } from './stage.js';
import { takeFilm } from './take-film.js';
import { watched } from './watch.js';

/** What a worker has at hand for every job. */
export interface Workshop {
  readonly store: Store;
  readonly artifacts: Artifacts;
  readonly pictures: Pictures;
  readonly models: ModelHost;
  /** Asked for every job: the command line may have added a root meanwhile. */
  readonly roots: () => Promise<MediaRoots>;
  /** Films on other servers. */
  readonly remote: RemoteFilms;
  /** Films that users have sent. */
  readonly uploads: Uploads;
  readonly modelsFolder: string;
  /** Where models are pulled from. Default: their own sources. */
  readonly modelSource?: ModelSource;
  /** Asked for every job: a model may have been pulled meanwhile. */
  readonly settings: () => Promise<Pick<AnalysisSettings, 'transcription' | 'pulled'>>;
  /** A language model that mends what no rule can, where one is configured. */
  readonly llm?: LlmEndpoint;
  readonly log: StageContext['log'];
}

/** What a job that loads an episode gives back. */
export interface LoadedSummary {
  readonly episodeId: string;
  readonly title: string;
  readonly durationMs: number;
  /** How many nodes of each list of the Narrative there are; empty lists are left out. */
  readonly counts: Readonly<Partial<Record<NarrativeList, number>>>;
  readonly gaps: readonly Gap[];
  /** Hash of the narrative as it was loaded, and of what derives from it; absent when part of it is to be looked for again next time. */
  readonly fingerprint?: string;
}

/** What an analysis gives back: kept as the job's result and printed by `fabula analyze --json`. */
export interface AnalysisSummary extends LoadedSummary {
  readonly stages: readonly { readonly name: string; readonly seconds: number; readonly kept: boolean }[];
}

/** Film in, episode in the store out: runs the pipeline, assembles the Narrative, loads it. */
export async function analyzeFilm(
  workshop: Workshop,
  input: AnalyzeInput,
  { signal, onProgress, confirmHeld, log, watch }: JobRun,
): Promise<AnalysisSummary> {
  const { store, artifacts, pictures, modelsFolder } = workshop;
  await Promise.all([artifacts.removeLeftovers(), pictures.removeLeftovers()]);
  const stages = new StageClock(onProgress);
  await using taken = await takeFilm(workshop, input, { signal, note: stages.note });
  const { film, location, name } = taken;
  const settings = { ...(await workshop.settings()), ...(await subtitlesOf(workshop, input, signal)) };
  const series = input.series === undefined ? undefined : await store.ensureSeries(input.series);
  const models = telling(workshop.models, log);
  const context = { film, settings, models, pictures, modelsFolder, log };
  const findings = await runStages({ stages: pipeline, artifacts, context, signal, onProgress: stages.note, watch });
  stages.note({ stage: 'load', state: 'running', progress: 0, seconds: 0 });
  const started = performance.now();
  const narrative = await watched(watch.stage('load'), async (stage) => {
    const assembled = assembleNarrative({
      episodeId: episodeIdOf(film.sha256, series?.id),
      ...(series && { seriesId: series.id }),
      title: input.title ?? titleOf(name),
      media: { ...location, sha256: film.sha256 },
      findings,
      stages: pipeline.map(({ name, version }) => ({ name, version })),
    });
    await confirmHeld();
    signal.throwIfAborted();
    await stage.store(store).replaceEpisode(assembled);
    return assembled;
  });
  stages.note({ stage: 'load', state: 'done', progress: 1, seconds: (performance.now() - started) / 1000 });
  await removeReleasedFiles(workshop);
  const isPassing = Object.values(findings).some(({ passing }: Finding) => passing);
  return { ...summaryOf(narrative, stages.times()), ...(!isPassing && { fingerprint: fingerprintOf(narrative) }) };
}

/** An episode is unique for (series, hash of the media or script), and so is its id, on every machine. */
export function episodeIdOf(sha256: string, seriesId: string | undefined): string {
  return `ep_${createHash('sha256')
    .update(`${seriesId ?? ''}\n${sha256}`)
    .digest('hex')
    .slice(0, 20)}`;
}

/** Whether the graph holds just what a job has loaded (people's edits aside). */
export async function isInTheGraph(store: Store, { episodeId, fingerprint }: LoadedSummary): Promise<boolean> {
  const narrative = fingerprint === undefined ? undefined : await store.readNarrative(episodeId, 'base');
  return narrative !== undefined && fingerprintOf(narrative) === fingerprint;
}

/** Hash of a narrative as it is loaded, in whatever order a store gives its fields back, and of what derives from it. */
export const fingerprintOf = (narrative: Narrative) =>
  createHash('sha256').update(derivationVersion).update(JSON.stringify(narrative, inOrder)).digest('hex');

/** For JSON.stringify: objects with their fields in the order of the alphabet. */
const inOrder = (_name: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
    : value;

/** Deletes the files that no episode needs any more. */
export async function removeReleasedFiles({
  store,
  artifacts,
  pictures,
  remote,
  uploads,
}: Pick<Workshop, 'store' | 'artifacts' | 'pictures' | 'remote' | 'uploads'>): Promise<void> {
  const released = await store.releasedFiles();
  for (const imageId of released.imageIds) await pictures.delete(imageId);
  for (const sha256 of released.mediaSha256s) {
    await artifacts.deleteAll(sha256);
    await remote.delete(sha256);
    await uploads.delete(sha256);
  }
  await store.forgetReleasedFiles(released);
}

async function subtitlesOf(
  { roots }: Workshop,
  input: AnalyzeInput,
  signal: AbortSignal,
): Promise<Pick<AnalysisSettings, 'subtitles'>> {
  if (!input.subtitles) return {};
  const { file } = await locateMedia(await roots(), input.subtitles);
  return { subtitles: { path: file, sha256: await hashFile(file, signal) } };
}

/** `palace-drama_90s.mp4` → `palace-drama 90s`. */
const titleOf = (path: string) =>
  basename(path, extname(path))
    .replaceAll(/[_\s]+/g, ' ')
    .trim() || basename(path);

function summaryOf(narrative: Narrative, stages: AnalysisSummary['stages']): AnalysisSummary {
  const { id, title, durationMs, report } = narrative.episode;
  return { episodeId: id, title, durationMs, counts: countsOf(narrative), stages, gaps: report.gaps };
}

/** How many nodes of each list there are, without empty lists. */
export function countsOf(narrative: Narrative): LoadedSummary['counts'] {
  const lists = Object.keys(narrativeLists) as NarrativeList[];
  return Object.fromEntries(lists.map((list) => [list, narrative[list].length]).filter(([, count]) => count !== 0));
}

/** Passes progress on and remembers how long each stage took. */
class StageClock {
  readonly #ended = new Map<string, { seconds: number; kept: boolean }>();

  constructor(private readonly onProgress: (progress: StageProgress) => void) {}

  readonly note = (progress: StageProgress): void => {
    const { stage, state, seconds } = progress;
    if (state !== 'running') this.#ended.set(stage, { seconds: Number(seconds.toFixed(2)), kept: state === 'kept' });
    this.onProgress(progress);
  };

  times(): AnalysisSummary['stages'] {
    return [...this.#ended].map(([name, time]) => ({ name, ...time }));
  }
}
