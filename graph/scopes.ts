/**
 * Scopes (a series, or one lone episode: whose characters are told apart from each other) as derivation reads and
 * writes them. Every store has this beneath its port; `derived-writes.ts` and `copy.ts` work on it.
 */
import type { Edit } from '../schema/edit.js';
import type { EpisodeCast } from '../schema/episode-cast.js';
import type { Narrative } from '../schema/narrative.js';
import type { Series } from '../schema/series.js';
import type { ScopeEpisode } from './cast-state.js';
import type { Link } from './linking.js';
import type { Faces, Member } from './members.js';
import type { NodeJson } from './node-json.js';
import type { Store } from './store.js';
import type { Vectors } from './vectors.js';

/** An edit and its place among all. */
export interface PlacedEdit {
  readonly seq: number;
  readonly edit: Edit;
}

/** What the narrative of one episode is derived from. */
export interface Grounds {
  readonly episodeId: string;
  readonly base: Narrative;
  readonly edits: readonly PlacedEdit[];
  readonly cast: EpisodeCast;
}

/** How to find the scope of something. */
export type Seek = { readonly of: 'episode' | 'node' | 'edit' | 'character' | 'series'; readonly id: string };

/** A scope, and the revision at which it was so: another one after every write to any of its episodes. */
export interface Revision {
  readonly seriesId?: string;
  /** 0 for a lone episode that is not there yet. */
  readonly revision: number;
}

/** What the cast of a scope is worked out from. */
export interface Scope extends Revision {
  readonly episodes: readonly (ScopeEpisode & { readonly cast: EpisodeCast; readonly faces: Faces })[];
  /** The edits that have a say in who is who: those of characters, and corrections of persons. */
  readonly edits: readonly PlacedEdit[];
}

export interface EpisodeWrite {
  readonly episodeId: string;
  /** Without vectors, as all that is here. */
  readonly effective: Narrative;
  /** Whether it is the base narrative, unchanged. */
  readonly isBase: boolean;
  /** The JSON of its nodes, in the order of `nodesOf`. */
  readonly json: readonly NodeJson[];
  readonly cast: EpisodeCast;
  /** Present where the episode was analysed anew, or its persons are linked anew. */
  readonly analysis?: {
    /** The base narrative's JSON, deflated; without it, the base stays. */
    readonly base?: Uint8Array;
    readonly members: readonly Member[];
    readonly faces: Faces;
    readonly links: readonly Link[];
    /** Without them, those that are there stay. */
    readonly vectors?: Vectors;
  };
}

/** An edit, and the episodes that it was made on or changes. */
export interface EditWrite {
  readonly edit: Edit;
  readonly episodeIds: readonly string[];
}

/** All that one change writes, of one scope. */
export interface ScopeWrite {
  readonly seriesId?: string;
  /** The lone episode, where there is no series. */
  readonly loneEpisodeId?: string;
  /** The revision of the scope that this was derived from; a write over any other is refused as stale. */
  readonly revision: number;
  readonly episodes: readonly EpisodeWrite[];
  readonly removedEpisodeId?: string;
  /** Edits that are new or have changed. */
  readonly edits: readonly EditWrite[];
}

export interface Scopes {
  /** The scope of something; null where that is not there. Faces are biometric data: only for linking. */
  scope(seek: Seek, withFaces: boolean): Promise<Scope | null>;
  /** What these episodes are derived from; null for one that is not there. */
  grounds(ids: readonly string[]): Promise<readonly (Grounds | null)[]>;
  /** The edits of each of these episodes, in the order they were made; none for one that is not there. */
  editsOf(ids: readonly string[]): Promise<readonly (readonly PlacedEdit[])[]>;
  /** What the episode of a node or edit is derived from, and the revision of its scope. */
  groundsAround(of: 'node' | 'edit', id: string): Promise<(Revision & Grounds) | null>;
  /** All of the write or, where the scope has another revision by now, nothing. */
  writeScope(write: ScopeWrite): Promise<'written' | 'stale'>;
  /** Makes a series of this id and title; CONFLICT where another one has the title. */
  putSeries(series: Series): Promise<void>;
}

/** A store, and what lies beneath its port. */
export interface ScopedStore extends Store {
  readonly scopes: Scopes;
}
