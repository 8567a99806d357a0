import type { EventType, JobState, NodeKind } from '../../schema/enums.js';
import { type Narrative, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Correction } from '../correction-edit.js';
import { derivedWrites } from '../derived-writes.js';
import { type TimedNodes, timedPage } from '../pages.js';
import { rowsOf } from '../rows.js';
import type { ScopedStore, Scopes, ScopeWrite } from '../scopes.js';
import { explainedPage } from '../snippets.js';
import type {
  AskedJob,
  Claim,
  DeriveNarrative,
  HighlightRequest,
  JobOutcome,
  JobReport,
  Merging,
  Page,
  PageRequest,
  PassingFailure,
  ReleasedFiles,
  Renaming,
  SaidLine,
  SearchRequest,
  ShotFilter,
  Splitting,
  TimeWindow,
} from '../store.js';
import { checkpointer } from './checkpoints.js';
import { type Asking, DatabaseThread } from './database-thread.js';
import type { ScopeText } from './episode-writes.js';
import { columnsOf } from './node-columns.js';

export interface SqliteSettings {
  /** The database file; its folder is made where it is missing. */
  readonly file: string;
  readonly derive: DeriveNarrative;
  readonly log?: { info(fields: object, message: string): void };
}

/**
 * Opens (and makes) the embedded store: one SQLite file, a thread that writes and a thread that reads, so that a load
 * never holds up a query. Several processes may open one file. Errors: STORE_TOO_NEW, STORE_UNAVAILABLE, FORBIDDEN
 * (not writable here), DISK_FULL.
 */
export async function openSqliteStore({ file, derive, log }: SqliteSettings): Promise<ScopedStore> {
  const writes = await DatabaseThread.open(file, 'writes');
  try {
    const reads = await DatabaseThread.open(file, 'reads');
    return new SqliteStore(writes, reads, checkpointer(file), derive, log);
  } catch (error) {
    await writes.close();
    throw error;
  }
}

/** The host's side of the store: asks the threads, in the port's words. */
class SqliteStore implements ScopedStore {
  readonly scopes: Scopes;
  readonly #writes: Asking<'writes'>;
  readonly #reads: Asking<'reads'>;
  readonly #derived: ReturnType<typeof derivedWrites>;

  constructor(
    writes: Asking<'writes'>,
    reads: Asking<'reads'>,
    private readonly checkpoints: ReturnType<typeof checkpointer>,
    private readonly derive: DeriveNarrative,
    private readonly log: SqliteSettings['log'],
  ) {
    this.#writes = writes;
    this.#reads = reads;
    this.scopes = {
      scope: (seek, withFaces) => reads.ask('scope', seek, withFaces),
      grounds: (ids) => reads.ask('grounds', ids),
      editsOf: (ids) => reads.ask('editsOf', ids),
      groundsAround: (of, id) => reads.ask('groundsAround', of, id),
      writeScope: async (write) => {
        const outcome = await writes.ask('writeScope', asText(write));
        checkpoints.written(write.episodes.reduce((sum, { json }) => sum + json.length, 0));
        return outcome;
      },
      putSeries: (series) => writes.ask('putSeries', series),
    };
    this.#derived = derivedWrites(this.scopes, derive, log);
  }

  replaceEpisode = (base: Narrative) => this.#derived.replaceEpisode(base);
  correct = (correction: Correction) => this.#derived.correct(correction);
  renameCharacter = (renaming: Renaming & { author: string }) => this.#derived.renameCharacter(renaming);
  mergeCharacters = (merging: Merging & { author: string }) => this.#derived.mergeCharacters(merging);
  splitCharacter = (splitting: Splitting & { author: string }) => this.#derived.splitCharacter(splitting);
  alignScript = (aligning: { episodeId: string; alignment: object; author: string }) =>
    this.#derived.alignScript(aligning);
  undo = (editId: string) => this.#derived.undo(editId);
  deleteEpisode = (episodeId: string) => this.#derived.deleteEpisode(episodeId);
  ensureSeries = (title: string) => this.#writes.ask('ensureSeries', title);
  forgetReleasedFiles = (files: ReleasedFiles) => this.#writes.ask('forgetReleasedFiles', files);
  releasedFiles = () => this.#reads.ask('releasedFiles');

  readNarrative = async (episodeId: string, layer: 'base' | 'effective') =>
    (await this.#reads.ask('readNarrative', episodeId, layer)) ?? undefined;
  episode = async (id: string) => (await this.#reads.ask('episode', id)) ?? undefined;
  findEpisode = async (sha256: string, seriesId?: string) =>
    (await this.#reads.ask('findEpisode', sha256, seriesId)) ?? undefined;
  episodes = (page: PageRequest, seriesId?: string) => this.#reads.ask('episodes', page, seriesId);
  series = async (ids: readonly string[]) => present(await this.#reads.ask('series', ids));

  scenes = (episodeId: string, page: PageRequest, window?: TimeWindow) =>
    timed('scenes', page, this.#reads.ask('scenes', episodeId, page, window));
  shots = (episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter) =>
    timed('shots', page, this.#reads.ask('shots', episodeId, page, window, filter));
  events = (episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly EventType[]) =>
    timed('events', page, this.#reads.ask('events', episodeId, page, window, types));
  cues = (episodeId: string, page: PageRequest, window?: TimeWindow) =>
    timed('cues', page, this.#reads.ask('cues', episodeId, page, window));
  speech = (episodeId: string, page: PageRequest, window?: TimeWindow) =>
    timed('speech', page, this.#reads.ask('speech', episodeId, page, window));
  relationshipsAt = (episodeId: string, atMs: number, page: PageRequest, characterId?: string) =>
    timed('relationships', page, this.#reads.ask('relationshipsAt', episodeId, atMs, page, characterId));
  highlights = (request: HighlightRequest) => this.#reads.ask('highlights', request);
  characters = (page: PageRequest, of: { episodeId?: string; seriesId?: string }) =>
    this.#reads.ask('characters', page, of);

  nodes = async (ids: readonly string[]) => present(await this.#reads.ask('nodes', ids));
  during = (kind: NodeKind, windows: readonly (TimeWindow & { episodeId: string })[], limit: number) =>
    this.#reads.ask('during', kind, windows, limit);
  childrenOf = (kind: NodeKind, parentIds: readonly string[], limit: number) =>
    this.#reads.ask('childrenOf', kind, parentIds, limit);
  charactersOf = async (personIds: readonly string[]) => present(await this.#reads.ask('charactersOf', personIds));
  personsOf = (characterIds: readonly string[]): Promise<readonly (readonly NarrativeNode[])[]> =>
    this.#reads.ask('personsOf', characterIds);

  search = async (request: SearchRequest, page: PageRequest) =>
    explainedPage(await this.#reads.ask('search', request, page), request.text);
  facets = (request: SearchRequest) => this.#reads.ask('facets', request);
  edits = (episodeId: string, page: PageRequest) => this.#reads.ask('edits', episodeId, page);

  askJob = (asked: AskedJob) => this.#writes.ask('askJob', asked);
  claimJob = async (claim: Claim) => (await this.#writes.ask('claimJob', claim)) ?? undefined;
  reportJob = (jobId: string, attempt: number, report: JobReport) =>
    this.#writes.ask('reportJob', jobId, attempt, report);
  finishJob = async (jobId: string, attempt: number, outcome: JobOutcome, lines?: readonly SaidLine[]) =>
    (await this.#writes.ask('finishJob', jobId, attempt, outcome, lines)) ?? undefined;
  releaseJob = async (jobId: string, attempt: number, failure?: PassingFailure, lines?: readonly SaidLine[]) =>
    (await this.#writes.ask('releaseJob', jobId, attempt, failure, lines)) ?? undefined;
  cancelJob = (jobId: string, by?: string) => this.#writes.ask('cancelJob', jobId, by);
  retryJob = (jobId: string, by?: string) => this.#writes.ask('retryJob', jobId, by);
  waitingJobs = (limit: number) => this.#reads.ask('waitingJobs', limit);
  jobCounts = () => this.#reads.ask('jobCounts');
  job = async (id: string) => (await this.#reads.ask('job', id)) ?? undefined;
  jobLogs = (jobIds: readonly string[]) => this.#reads.ask('jobLogs', jobIds);
  jobs = (page: PageRequest, state?: JobState) => this.#reads.ask('jobs', page, state);

  lanes = () => [
    { lane: 'reads', calls: this.#reads.calls(), atOnce: 1 },
    { lane: 'writes', calls: this.#writes.calls(), atOnce: 1 },
  ];
  ping = () => this.#reads.ask('ping');

  within(signal: AbortSignal): SqliteStore {
    return new SqliteStore(
      this.#writes.within(signal),
      this.#reads.within(signal),
      this.checkpoints,
      this.derive,
      this.log,
    );
  }

  async close(): Promise<void> {
    await Promise.all([this.#writes.close(), this.#reads.close(), this.checkpoints.close()]);
  }
}

/** The page that a list in order of time read for. */
const timed = async <Node extends { readonly id: string; readonly startMs: number }>(
  list: string,
  page: PageRequest,
  read: Promise<TimedNodes<Node>>,
): Promise<Page<Node>> => timedPage(list, await read, page);

/** JSON has no undefined. */
const present = <Value>(values: readonly (Value | null)[]): readonly (Value | undefined)[] =>
  values.map((value) => value ?? undefined);

const asText = (write: ScopeWrite): ScopeText => ({
  ...write,
  episodes: write.episodes.map(({ effective, json, cast, analysis, ...rest }) => ({
    ...rest,
    episode: effective.episode,
    nodes: columnsOf(rowsOf([...nodesOf(effective)], json)),
    persons: cast.persons,
    cast: JSON.stringify(cast),
    ...(analysis && {
      analysis: {
        ...(analysis.base && { base: analysis.base }),
        ...(analysis.vectors && { vectors: analysis.vectors }),
        members: JSON.stringify(analysis.members),
        faces: JSON.stringify(analysis.faces),
        links: JSON.stringify(analysis.links),
      },
    }),
  })),
});
