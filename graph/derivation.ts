import type { Edit } from '../schema/edit.js';
import type { EpisodeCast } from '../schema/episode-cast.js';
import { type Narrative, validateNarrative } from '../schema/narrative.js';
import { castScope } from './casting.js';
import { episodesOf } from './character-edits.js';
import { jsonOfNodes, type WrittenNodes } from './narrative-text.js';
import type { EditWrite, EpisodeWrite, Grounds, PlacedEdit, Scope, Scopes, ScopeWrite } from './scopes.js';
import type { DeriveNarrative } from './store.js';

/** An episode that was analysed anew, with whom linking took its persons for. */
export type Analysed = NonNullable<EpisodeWrite['analysis']> & {
  readonly episodeId: string;
  readonly narrative: Narrative;
  /** The edits it has so far. */
  readonly edits: readonly PlacedEdit[];
  /** What was validated and written just now: nodes in which nothing is changed are not looked at again. */
  readonly written?: WrittenNodes;
};

/** What somebody wants to change in a scope as it was read. */
export interface Change {
  readonly scope: Scope;
  /** The edits of the scope as they are to be, those that are new at the end. */
  readonly edits: readonly PlacedEdit[];
  readonly replaced?: Analysed;
  readonly removedEpisodeId?: string;
  /** Episodes to derive anew even if nobody in them is somebody else now. */
  readonly derivedAnew?: readonly string[];
  /** Of a change that makes nobody somebody else: the one episode that it is in, read already. */
  readonly grounds?: Grounds;
}

export interface Derived {
  readonly scopeWrite: ScopeWrite;
  /** All edits that were replayed, with their new states. */
  readonly edits: readonly Edit[];
  /** Episode → its edits, in the order they were made. */
  readonly editsOf: ReadonlyMap<string, readonly Edit[]>;
}

/** Works out what a change writes: every episode whose cast or edits change, derived anew. */
export function derivation(scopes: Pick<Scopes, 'grounds'>, derive: DeriveNarrative) {
  return async (change: Change): Promise<Derived> => {
    const { scope, replaced, removedEpisodeId, grounds } = change;
    const { casts, edits: castEdits, reach } = grounds ? { ...untouched, edits: [] } : castAll(change);
    const wanted = new Map(change.edits.map((held) => [held.edit.id, held]));
    for (const edit of castEdits) wanted.set(edit.id, { seq: wanted.get(edit.id)?.seq ?? 0, edit });

    const before = new Map(scope.episodes.map(({ episodeId, cast }) => [episodeId, JSON.stringify(cast)]));
    const changed = [...casts].filter(
      ([id, cast]) =>
        change.derivedAnew?.includes(id) || id === replaced?.episodeId || before.get(id) !== JSON.stringify(cast),
    );
    const others = changed.flatMap(([id]) => (id === replaced?.episodeId ? [] : id));
    const found = new Map(
      (grounds ? [grounds] : others.length > 0 ? await scopes.grounds(others) : []).map((one) => [one?.episodeId, one]),
    );

    const states = new Map<string, Edit>([...wanted].map(([id, { edit }]) => [id, edit]));
    const episodes: EpisodeWrite[] = [];
    const editsOf = new Map<string, readonly Edit[]>();
    for (const [episodeId, cast] of grounds ? [[grounds.episodeId, grounds.cast] as const] : changed) {
      const isReplaced = replaced?.episodeId === episodeId;
      const ground = isReplaced ? { base: replaced.narrative, edits: replaced.edits } : found.get(episodeId);
      if (!ground) continue;
      const { base } = ground;
      const derived = derive(base, editsIn(episodeId, ground.edits, wanted, reach), cast);
      const { narrative: _, episodeId: __, edits: ___, written, ...analysis } = replaced ?? {};
      const isKnown = isReplaced && written !== undefined;
      if (derived.effective !== base) validateNarrative(derived.effective, isKnown ? base : undefined);
      editsOf.set(episodeId, derived.edits);
      for (const edit of derived.edits) states.set(edit.id, edit);
      episodes.push({
        episodeId,
        effective: derived.effective,
        isBase: derived.effective === base,
        json: jsonOfNodes(derived.effective, isKnown ? written : undefined),
        cast,
        ...(isReplaced && { analysis: analysis as EpisodeWrite['analysis'] }),
      });
    }
    const edits = [...states.values()];
    const loneEpisodeId = replaced?.episodeId ?? grounds?.episodeId ?? scope.episodes[0]?.episodeId;
    const scopeWrite: ScopeWrite = {
      ...(loneEpisodeId !== undefined && { loneEpisodeId }),
      ...(scope.seriesId !== undefined && { seriesId: scope.seriesId }),
      ...(replaced?.narrative.episode.seriesId !== undefined && { seriesId: replaced.narrative.episode.seriesId }),
      revision: scope.revision,
      episodes,
      ...(removedEpisodeId !== undefined && { removedEpisodeId }),
      edits: edits.map(
        (edit): EditWrite => ({ edit, episodeIds: [...episodesOf(edit), ...(reach.get(edit.id) ?? [])] }),
      ),
    };
    return { scopeWrite, edits, editsOf };
  };
}

const untouched = { casts: new Map<string, EpisodeCast>(), reach: new Map<string, Set<string>>() };

function castAll({ scope, edits, replaced, removedEpisodeId }: Change) {
  const there = scope.episodes.filter(({ episodeId }) => episodeId !== removedEpisodeId);
  const isNew = replaced && there.every(({ episodeId }) => episodeId !== replaced.episodeId);
  const episodes = there.map((episode) => (episode.episodeId === replaced?.episodeId ? replaced : episode));
  return castScope(
    isNew ? [...episodes, replaced] : episodes,
    edits.map(({ edit }) => edit),
  );
}

/** The edits of one episode, in the order they were made: those it has, and those that reach it now. */
function editsIn(
  episodeId: string,
  held: readonly PlacedEdit[],
  wanted: ReadonlyMap<string, PlacedEdit>,
  reach: ReadonlyMap<string, ReadonlySet<string>>,
): Edit[] {
  const own = new Map(held.map((edit) => [edit.edit.id, wanted.get(edit.edit.id) ?? edit]));
  for (const [id, edit] of wanted)
    if (edit.edit.episodeId === episodeId || reach.get(id)?.has(episodeId)) own.set(id, edit);
  return [...own.values()].toSorted((a, b) => a.seq - b.seq).map(({ edit }) => edit);
}
