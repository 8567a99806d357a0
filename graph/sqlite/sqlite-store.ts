import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { deflateRaw } from 'node:zlib';
import { checkCorrection } from '../../schema/correction.js';
import type { Edit } from '../../schema/edit.js';
import type { EventType, JobState, NodeKind } from '../../schema/enums.js';
import { FabulaError } from '../../schema/errors.js';
import { type Narrative, nodesOf, validateNarrative } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type {
  AskedJob,
  Claim,
  DeriveNarrative,
  JobOutcome,
  PageRequest,
  ReleasedFiles,
  SearchRequest,
  ShotFilter,
  Store,
  TimeWindow,
} from '../store.js';
import { DatabaseThread } from './database-thread.js';
import type { Grounds } from './edits.js';

const deflate = promisify(deflateRaw);

/** How often a narrative is derived anew because another write came between. */
const mostTries = 100;

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
export async function openSqliteStore({ file, derive, log }: SqliteSettings): Promise<Store> {
  const writes = await DatabaseThread.open(file, 'writes');
  try {
    return new SqliteStore(writes, await DatabaseThread.open(file, 'reads'), derive, log);
  } catch (error) {
    await writes.close();
    throw error;
  }
}

/**
 * The host's side of the store: asks the threads, and derives. What is effective is worked out here, over what was
 * read at one revision, and written only if that revision still stands: an edit made in between is never lost.
 */
class SqliteStore implements Store {
  readonly #writes: DatabaseThread<'writes'>;
  readonly #reads: DatabaseThread<'reads'>;
  readonly #derive: DeriveNarrative;
  readonly #log: SqliteSettings['log'];

  constructor(
    writes: DatabaseThread<'writes'>,
    reads: DatabaseThread<'reads'>,
    derive: DeriveNarrative,
    log: SqliteSettings['log'],
  ) {
    this.#writes = writes;
    this.#reads = reads;
    this.#derive = derive;
    this.#log = log;
  }

  async replaceEpisode(base: Narrative): Promise<readonly Edit[]> {
    validateNarrative(base);
    return this.#write(async () => {
      const held = await this.#reads.ask('grounds', 'episode', base.episode.id, false);
      return { revision: held?.revision ?? 0, edits: held?.edits ?? [], base, isNew: true };
    });
  }

  async correct(change: { nodeId: string; field: string; value: unknown; author: string }): Promise<Edit> {
    const id = `edit:${randomUUID()}`;
    const at = new Date().toISOString();
    const edits = await this.#write(async () => {
      const { revision, edits, base } = await this.#grounds('node', change.nodeId);
      const node = [...nodesOf(base)].find((candidate) => candidate.id === change.nodeId);
      if (!node) throw new FabulaError('NOT_FOUND', `No node of the analysis has the id ${change.nodeId}.`);
      checkCorrection(node.kind, change.field, change.value);
      const { startMs, endMs, atMs } = node as { startMs?: number; endMs?: number; atMs?: number };
      const edit: Edit = {
        id,
        kind: 'Edit',
        episodeId: node.episodeId,
        at,
        author: change.author,
        operation: { operation: 'CORRECT', field: change.field, value: change.value },
        anchor: {
          nodeId: node.id,
          kind: node.kind,
          startMs: startMs ?? atMs,
          endMs: endMs ?? (atMs === undefined ? undefined : atMs + 1),
          oldValue: (node as unknown as Record<string, unknown>)[change.field],
        },
        state: 'APPLIED',
      };
      return { revision, edits: [...edits, edit], base, isNew: false };
    });
    return editOf(edits, id);
  }

  async undo(editId: string): Promise<Edit> {
    const edits = await this.#write(async () => {
      const { revision, edits, base } = await this.#grounds('edit', editId);
      if (editOf(edits, editId).state === 'UNDONE')
        throw new FabulaError('CONFLICT', `The edit ${editId} is undone already.`);
      const undone = edits.map((edit) => (edit.id === editId ? { ...edit, state: 'UNDONE' as const } : edit));
      return { revision, edits: undone, base, isNew: false };
    });
    return editOf(edits, editId);
  }

  /** Derives from what `prepare` reads and writes the answer, again and again until nobody has written in between. */
  async #write(prepare: () => Promise<Required<Grounds> & { readonly isNew: boolean }>): Promise<readonly Edit[]> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const { revision, edits: before, base, isNew } = await prepare();
      const { effective, edits } = this.#derive(base, before);
      if (effective !== base) validateNarrative(effective);
      const text = JSON.stringify(effective);
      const written = await this.#writes.ask('writeEpisode', {
        effective: text,
        base: isNew ? await deflate(effective === base ? text : JSON.stringify(base), { level: 1 }) : undefined,
        edits,
        revision,
      });
      if (written === 'written') return edits;
      this.#log?.info({ episodeId: base.episode.id, attempt }, 'The episode was changed meanwhile; deriving it anew.');
    }
    throw new FabulaError('CONFLICT', 'Others keep changing this episode.', 'Try again.');
  }

  async #grounds(of: 'node' | 'edit', id: string): Promise<Required<Grounds>> {
    const { revision, edits, base } = (await this.#reads.ask('grounds', of, id, true)) ?? {};
    if (revision === undefined || !edits || !base) throw new FabulaError('NOT_FOUND', `No ${of} has the id ${id}.`);
    return { revision, edits, base };
  }

  deleteEpisode = (episodeId: string) => this.#writes.ask('deleteEpisode', episodeId);
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
    this.#reads.ask('scenes', episodeId, page, window);
  shots = (episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter) =>
    this.#reads.ask('shots', episodeId, page, window, filter);
  events = (episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly EventType[]) =>
    this.#reads.ask('events', episodeId, page, window, types);
  cues = (episodeId: string, page: PageRequest, window?: TimeWindow) =>
    this.#reads.ask('cues', episodeId, page, window);
  speech = (episodeId: string, page: PageRequest, window?: TimeWindow) =>
    this.#reads.ask('speech', episodeId, page, window);
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

  search = (request: SearchRequest, page: PageRequest) => this.#reads.ask('search', request, page);
  facets = (request: SearchRequest) => this.#reads.ask('facets', request);
  edits = (episodeId: string, page: PageRequest) => this.#reads.ask('edits', episodeId, page);

  askJob = (asked: AskedJob) => this.#writes.ask('askJob', asked);
  claimJob = async (claim: Claim) => (await this.#writes.ask('claimJob', claim)) ?? undefined;
  reportJob = (jobId: string, attempt: number, progress: { stage: string; progress: number; leaseMs: number }) =>
    this.#writes.ask('reportJob', jobId, attempt, progress);
  finishJob = (jobId: string, attempt: number, outcome: JobOutcome) =>
    this.#writes.ask('finishJob', jobId, attempt, outcome);
  releaseJob = (jobId: string, attempt: number) => this.#writes.ask('releaseJob', jobId, attempt);
  cancelJob = (jobId: string) => this.#writes.ask('cancelJob', jobId);
  retryJob = (jobId: string) => this.#writes.ask('retryJob', jobId);
  job = async (id: string) => (await this.#reads.ask('job', id)) ?? undefined;
  jobs = (page: PageRequest, state?: JobState) => this.#reads.ask('jobs', page, state);

  ping = () => this.#reads.ask('ping');

  async close(): Promise<void> {
    await Promise.all([this.#writes.close(), this.#reads.close()]);
  }
}

function editOf(edits: readonly Edit[], id: string): Edit {
  const edit = edits.find((candidate) => candidate.id === id);
  if (!edit) throw new FabulaError('NOT_FOUND', `No edit has the id ${id}.`);
  return edit;
}

/** JSON has no undefined. */
const present = <Value>(values: readonly (Value | null)[]): readonly (Value | undefined)[] =>
  values.map((value) => value ?? undefined);
