/**
 * The store port, in the domain's words. Implementations live beside this file (`sqlite/`, later `neo4j/`), are the
 * only code that knows a database, and pass `test/contract/store.contract.ts`.
 *
 * Every list is ordered and paged in the store. Nodes come back as plain objects with a `kind`. Unless a verb says
 * otherwise, readers see the effective narrative: what was analysed, with people's edits applied.
 */
import type { Character } from '../schema/character.js';
import type { Cue } from '../schema/cue.js';
import type { Edit } from '../schema/edit.js';
import type { EventType, JobKind, JobPriority, JobState, LogLevel, NodeKind, ShotSize } from '../schema/enums.js';
import type { Episode } from '../schema/episode.js';
import type { EpisodeCast } from '../schema/episode-cast.js';
import type { Event } from '../schema/event.js';
import type { Highlight } from '../schema/highlight.js';
import type { Job, JobError, JobLine } from '../schema/job.js';
import type { Narrative } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { Relationship } from '../schema/relationship.js';
import type { Scene } from '../schema/scene.js';
import type { Series } from '../schema/series.js';
import type { Shot } from '../schema/shot.js';
import type { SpeechInterval } from '../schema/speech-interval.js';

/** A half-open stretch of screen time; a node is in it when the two overlap. */
export interface TimeWindow {
  readonly startMs: number;
  readonly endMs: number;
}

/** Up to `first` (1…100) nodes after the cursor of an earlier page. Cursors are opaque; a bad one is INVALID_INPUT. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string;
  readonly along?: readonly Neighbour[];
  /** Nodes, those brought along too, may come without their heavy fields (schema/heavy-fields.ts), which costs less. */
  readonly isBrief?: boolean;
}

export interface Page<Node> {
  readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
  readonly hasNextPage: boolean;
  readonly brought?: Brought;
}

/**
 * Neighbours of a list's nodes that will be asked for next: lists that lie in time bring them along, which spares a
 * trip for each. What is not brought can be asked for as ever.
 */
export type Neighbour =
  /** The nodes that a reference names. */
  | { readonly by: 'reference'; readonly field: string }
  /** The characters of the persons that a reference names. */
  | { readonly by: 'character'; readonly field: string }
  /** As `childrenOf`, and their own neighbours. */
  | { readonly by: 'parent'; readonly kind: NodeKind; readonly limit: number; readonly along: readonly Neighbour[] };

export interface Brought {
  readonly nodes: readonly NarrativeNode[];
  readonly characters: readonly { readonly personId: string; readonly character: Character }[];
  readonly children: readonly {
    readonly kind: NodeKind;
    readonly limit: number;
    readonly parentId: string;
    readonly nodes: readonly NarrativeNode[];
  }[];
}

/** All given conditions hold together. */
export interface ShotFilter {
  readonly characterIds?: readonly string[];
  /** Whether one of the characters is enough, or all must be in the shot. Default: all. */
  readonly characters?: 'any' | 'all';
  readonly shotSize?: readonly ShotSize[];
  /** The scene's location contains these words. */
  readonly location?: string;
  readonly emotion?: readonly string[];
  readonly minHighlightScore?: number;
  /** Words said while the shot is on screen. */
  readonly dialogue?: string;
}

/** Which highlights: of one episode, of a series' episodes, or of all there are. All given conditions hold together. */
export interface HighlightRequest {
  /** How many at most, 1…100. */
  readonly top: number;
  readonly episodeId?: string;
  readonly seriesId?: string;
  /** Lowest score, 0…10. */
  readonly minScore?: number;
  readonly types?: readonly string[];
  /** As for pages. */
  readonly isBrief?: boolean;
}

/** Kinds that search finds. */
export type SearchableKind = Extract<NodeKind, 'Shot' | 'Scene' | 'Event' | 'Cue' | 'Character'>;

export interface SearchRequest {
  /** What a user typed; never read as a query language. Han, kana and hangul match by pairs of characters. */
  readonly text: string;
  readonly kinds?: readonly SearchableKind[];
  readonly episodeId?: string;
  readonly seriesId?: string;
}

export interface SearchHit {
  readonly episodeId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The text around the match, with the matched words between ‹ and ›. */
  readonly snippet: string;
  /** 0…1, higher is better; comparable within one answer only. */
  readonly score: number;
  readonly reasons: readonly string[];
  readonly node: Shot | Scene | Event | Cue | Character;
}

export interface Facet {
  readonly field: string;
  readonly values: readonly { readonly value: string; readonly count: number }[];
}

/** Files that no episode needs any more; whoever deletes them from disk then calls `forgetReleasedFiles`. */
export interface ReleasedFiles {
  /** Content hashes of pictures. */
  readonly imageIds: readonly string[];
  /** Hashes of media whose artifacts can go. */
  readonly mediaSha256s: readonly string[];
}

/**
 * Effective narrative, what was analysed with aligned scripts over it (whose persons are linked), and the edits' new states, from the base narrative, all its edits in the order they were
 * made, and who is who by the edits of characters (casting.ts). Pure. Given to a store when it is opened
 * (`src/narrative/derive.ts` is the real one).
 */
export type DeriveNarrative = (
  base: Narrative,
  edits: readonly Edit[],
  cast?: EpisodeCast,
) => { readonly woven: Narrative; readonly effective: Narrative; readonly edits: readonly Edit[] };

/** A name for a character, in all its episodes. */
export interface Renaming {
  readonly characterId: string;
  readonly name: string;
}

/** Characters of one series, or of one lone episode, that are one. */
export interface Merging {
  /** Whose id, name and portrait stay. */
  readonly keepId: string;
  readonly otherIds: readonly string[];
}

/** What of a character is somebody else; all that is named goes to one new character. */
export interface Splitting {
  readonly characterId: string;
  readonly personIds?: readonly string[];
  readonly appearanceIds?: readonly string[];
  readonly eventIds?: readonly string[];
  /** The character's person in each of these episodes. */
  readonly episodeIds?: readonly string[];
  /** The new character's name. */
  readonly name?: string;
}

type ByAuthor<Change> = Change & { readonly author: string };

export interface AskedJob {
  readonly job: JobKind;
  /** hash(kind, normalised input, pipeline version): asking twice for one key gives one job. */
  readonly key: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly episodeId?: string;
  /** Default: NORMAL. Asking again for a job that waits can only hurry it. */
  readonly priority?: JobPriority;
  /** Who asks; no part of what makes it the same job. */
  readonly askedBy?: string;
  /** The trace that it is asked in (W3C `traceparent`), for its worker to go on with; likewise. */
  readonly traceParent?: string;
}

/** How many jobs of one kind wait or run. */
export interface JobCount {
  readonly job: JobKind;
  readonly state: Extract<JobState, 'QUEUED' | 'RUNNING'>;
  readonly count: number;
  /** Since when the one has that has for longest; in the future where all wait to be tried again. */
  readonly sinceMs: number;
}

/** A way to the database that some number of calls can go at once; the others wait. */
export interface StoreLane {
  readonly lane: string;
  /** Calls that go or wait now. */
  readonly calls: number;
  readonly atOnce: number;
}

export interface Claim {
  readonly workerId: string;
  /** The lease: after this much silence another worker may take the job over. */
  readonly leaseMs: number;
  /** Only this job; default: the first whose turn it is (`waitingJobs`). */
  readonly jobId?: string;
}

/** What it takes to have a job carried: without its input, which may be a whole script. */
export type WaitingJob = Pick<Job, 'id' | 'attempt' | 'priority'>;

/** A line for a job's log; the attempt is the job's. */
export interface SaidLine {
  readonly atMs: number;
  readonly level: LogLevel;
  readonly message: string;
}

/** What a worker says of the job it has. */
export interface JobReport {
  readonly stage: string;
  /** 0…1 */
  readonly progress: number;
  readonly leaseMs: number;
  /** For the job's log. */
  readonly lines?: readonly SaidLine[];
}

/** What went wrong this time, and how long the job waits before it may be taken again. */
export interface PassingFailure {
  readonly error: JobError;
  readonly retryAfterMs: number;
}

export type JobOutcome =
  | { readonly state: 'DONE'; readonly result: Readonly<Record<string, unknown>>; readonly episodeId?: string }
  | { readonly state: 'FAILED'; readonly error: JobError }
  | { readonly state: 'CANCELLED' };

export interface Store {
  // ── Episodes ────────────────────────────────────────────────────────────────────────────────────────────────
  /**
   * Validates (INVALID_NARRATIVE), links persons to characters (linking.ts), replays people's edits over that
   * (casting.ts), and swaps the episode in one transaction: readers see the old or the new narrative, never half.
   * Episodes of one series are linked one after another, however many are loaded at once. Returns the episode's edits
   * with their new states.
   */
  replaceEpisode(base: Narrative): Promise<readonly Edit[]>;
  /**
   * Removes the episode with all that hangs on it: its faces, the edits that were made on it alone, and what others
   * hold of it. Characters that were nobody else leave. False where there was none.
   */
  deleteEpisode(episodeId: string): Promise<boolean>;
  readNarrative(episodeId: string, layer: 'base' | 'effective'): Promise<Narrative | undefined>;
  episode(id: string): Promise<Episode | undefined>;
  /** The episode of this media or script in this series (or in none). */
  findEpisode(sha256: string, seriesId?: string): Promise<Episode | undefined>;
  /** By title, then id. */
  episodes(page: PageRequest, seriesId?: string): Promise<Page<Episode>>;
  /** The series of this title, made if it is new. */
  ensureSeries(title: string): Promise<Series>;
  series(ids: readonly string[]): Promise<readonly (Series | undefined)[]>;
  releasedFiles(): Promise<ReleasedFiles>;
  forgetReleasedFiles(files: ReleasedFiles): Promise<void>;

  // ── Lists, in order of time, then id ────────────────────────────────────────────────────────────────────────
  scenes(episodeId: string, page: PageRequest, window?: TimeWindow): Promise<Page<Scene>>;
  shots(episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter): Promise<Page<Shot>>;
  events(episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly EventType[]): Promise<Page<Event>>;
  cues(episodeId: string, page: PageRequest, window?: TimeWindow): Promise<Page<Cue>>;
  speech(episodeId: string, page: PageRequest, window?: TimeWindow): Promise<Page<SpeechInterval>>;
  /** How persons stand to each other at a moment; with a character, only theirs, to and from. */
  relationshipsAt(
    episodeId: string,
    atMs: number,
    page: PageRequest,
    characterId?: string,
  ): Promise<Page<Relationship>>;
  /** By score, best first, then id. */
  highlights(request: HighlightRequest): Promise<readonly Highlight[]>;
  /** By screen time, longest first, then id. */
  characters(
    page: PageRequest,
    of: { readonly episodeId?: string; readonly seriesId?: string },
  ): Promise<Page<Character>>;

  // ── Neighbours, batched: answer n belongs to key n ──────────────────────────────────────────────────────────
  /** Nodes of any noun of a narrative, Characters and Series included. */
  nodes(ids: readonly string[]): Promise<readonly (NarrativeNode | Character | Series | undefined)[]>;
  /** Nodes of one kind that overlap each window, in order of time; at most `limit` (≤ 100) a window. */
  during(
    kind: NodeKind,
    windows: readonly (TimeWindow & { readonly episodeId: string })[],
    limit: number,
  ): Promise<readonly (readonly NarrativeNode[])[]>;
  /**
   * Nodes of one kind that name each parent in a reference (a scene's shots or events, a shot's keyframes, appearances
   * or events, a person's appearances, the events that a person acts in or is the target of), or, for an episode, all
   * of that kind; in order of time, then id; at most `limit` (≤ 100) a parent.
   */
  childrenOf(
    kind: NodeKind,
    parentIds: readonly string[],
    limit: number,
  ): Promise<readonly (readonly NarrativeNode[])[]>;
  /** The character of each person. */
  charactersOf(personIds: readonly string[]): Promise<readonly (Character | undefined)[]>;
  /** The persons of each character, one an episode. */
  personsOf(characterIds: readonly string[]): Promise<readonly (readonly NarrativeNode[])[]>;

  // ── Search ──────────────────────────────────────────────────────────────────────────────────────────────────
  /** By score, best first, then id. */
  search(request: SearchRequest, page: PageRequest): Promise<Page<SearchHit>>;
  /** How many hits of a search (or, with empty text, nodes) fall to each value of kind, episode and speaker. */
  facets(request: SearchRequest): Promise<readonly Facet[]>;

  // ── Edits ───────────────────────────────────────────────────────────────────────────────────────────────────
  /**
   * Corrects one plain field (a scalar or a list of scalars that is no id, kind, time or ordinal) of a node and
   * derives the effective narrative anew. NOT_FOUND for no such node, INVALID_INPUT for a field or value that does
   * not fit.
   */
  correct(
    change: ByAuthor<{ readonly nodeId: string; readonly field: string; readonly value: unknown }>,
  ): Promise<Edit>;
  /**
   * Names a character in all its episodes, those loaded later included. The edit's `conflicts` say what does not fit,
   * here as in the verbs below. NOT_FOUND for no such character, INVALID_INPUT for no name.
   */
  renameCharacter(renaming: ByAuthor<Renaming>): Promise<Edit>;
  /**
   * Makes characters one. In an episode that has several of them, their persons become one: appearances, events and all
   * that names them follow. Whoever is linked to one of them later is that one character too. INVALID_INPUT for fewer
   * than two; NOT_FOUND for one that is not in the series, or lone episode, of the first.
   */
  mergeCharacters(merging: ByAuthor<Merging>): Promise<Edit>;
  /**
   * Takes persons, or single appearances and events, out of a character, to be a new one: the edit's `appliedTo`.
   * INVALID_INPUT for what is not the character's, for nothing, and for all of it.
   */
  splitCharacter(splitting: ByAuthor<Splitting>): Promise<Edit>;
  /**
   * Lays a script over a film: an edit like others, replayed over new analyses, before persons are linked. Its contents
   * are the derivation's to read. NOT_FOUND for no such episode, CONFLICT where it does not fit what was analysed.
   */
  alignScript(aligning: ByAuthor<{ readonly episodeId: string; readonly alignment: object }>): Promise<Edit>;
  /**
   * Takes an edit back, whichever; what was made on what it made is orphaned. NOT_FOUND, or CONFLICT when it is undone
   * already.
   */
  undo(editId: string): Promise<Edit>;
  /** Those made on the episode, or that changed who is who in it, in the order they were made. */
  edits(episodeId: string, page: PageRequest): Promise<Page<Edit>>;

  // ── Jobs ────────────────────────────────────────────────────────────────────────────────────────────────────
  /** The job of this key: a new one, the one that waits, runs or is done, or a failed or cancelled one queued again. */
  askJob(asked: AskedJob): Promise<Job>;
  /**
   * Gives the worker a job that waits. One whose worker fell silent is taken over, unless it has been the end of
   * `mostWorkersLost` in a row without getting further: then it fails with WORKER_LOST.
   */
  claimJob(claim: Claim): Promise<Job | undefined>;
  /** Renews the lease and reports; 'cancel' when somebody asked to stop, 'lost' when another worker has the job. */
  reportJob(jobId: string, attempt: number, report: JobReport): Promise<'go on' | 'cancel' | 'lost'>;
  /** The job as it stands then; undefined (and nothing written) when this attempt no longer holds it. */
  finishJob(jobId: string, attempt: number, outcome: JobOutcome, lines?: readonly SaidLine[]): Promise<Job | undefined>;
  /**
   * Puts a job that its worker must let go back in the queue. With a failure, which is kept and counted, it may not be
   * taken before its time. Answers as `finishJob`.
   */
  releaseJob(
    jobId: string,
    attempt: number,
    failure?: PassingFailure,
    lines?: readonly SaidLine[],
  ): Promise<Job | undefined>;
  /** Up to `limit` that may be taken now (queued, or their lease ran out), by priority, then the oldest first. */
  waitingJobs(limit: number): Promise<readonly WaitingJob[]>;
  /** Of the jobs that are not over, by kind and state; those of none are left out. */
  jobCounts(): Promise<readonly JobCount[]>;
  cancelJob(jobId: string, by?: string): Promise<Job>;
  retryJob(jobId: string, by?: string): Promise<Job>;
  job(id: string): Promise<Job | undefined>;
  /** The log of each of these jobs, oldest line first; only the newest lines are kept. Empty where there is no job. */
  jobLogs(jobIds: readonly string[]): Promise<readonly (readonly JobLine[])[]>;
  /** Newest first, then id. */
  jobs(page: PageRequest, state?: JobState): Promise<Page<Job>>;

  /** How busy the ways to the database are; asks nothing of it. */
  lanes(): readonly StoreLane[];

  /**
   * The same store for as long as a request lasts. Once the signal fires, nothing more is asked, every verb rejects with
   * its reason, and what the database is reading for nobody else is ended there; what it had begun to write is written,
   * whole.
   */
  within(signal: AbortSignal): Store;

  /** Throws STORE_UNAVAILABLE when the store cannot answer. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
