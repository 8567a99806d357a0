import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { checkCorrection } from '../schema/correction.js';
import type { Edit } from '../schema/edit.js';
import { FabulaError } from '../schema/errors.js';
import { type Narrative, nodesOf, validateNarrative } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import { type Aligning, alignmentEdit, isAlignment } from './alignment-edit.js';
import type { CastState } from './cast-state.js';
import { castScope, isOfCharacters } from './casting.js';
import { mergeEdit, personAnchor, renameEdit, type Stamp, splitEdit, withoutEpisode } from './character-edits.js';
import { type Correction, correctionEdit } from './correction-edit.js';
import { type Analysed, type Change, type Derived, derivation } from './derivation.js';
import { linkPersons } from './linking.js';
import { type Faces, facesOf, membersOf } from './members.js';
import { jsonOfNodes, narrativeBytes, type WrittenNodes } from './narrative-text.js';
import type { Grounds, PlacedEdit, Revision, Scope, Scopes, Seek } from './scopes.js';
import type { DeriveNarrative, Merging, Renaming, Splitting } from './store.js';
import { takeVectors } from './vectors.js';

/** How often a change is derived anew because another write came between. */
const mostTries = 100;

type ByAuthor<Wanted> = Wanted & { readonly author: string };

/**
 * Writes that derive. What is effective is worked out here, over what was read of a series or lone episode at one
 * revision, and written only if that revision still stands: an edit made in between is never lost, and two episodes
 * that are loaded at once are linked one after the other.
 */
export function derivedWrites(
  scopes: Scopes,
  derive: DeriveNarrative,
  log?: { info(fields: object, message: string): void },
) {
  const derived = derivation(scopes, derive);

  /** Writes what `prepare` wants, again and again until nobody has written in between. */
  async function write(prepare: () => Promise<Change>): Promise<Derived> {
    for (let attempt = 0; attempt < mostTries; attempt++) {
      const change = await prepare();
      const outcome = await derived(change);
      if ((await scopes.writeScope(outcome.scopeWrite)) === 'written') return outcome;
      log?.info({ attempt }, 'Somebody else has written meanwhile; deriving anew.');
    }
    throw new FabulaError('CONFLICT', 'Others keep changing this series or episode.', 'Try again.');
  }

  const scopeOf = (of: Seek['of'], id: string, withFaces = false) => scopes.scope({ of, id }, withFaces);

  async function replaceEpisode(base: Narrative): Promise<readonly Edit[]> {
    validateNarrative(base);
    const { id, seriesId } = base.episode;
    const { narrative, vectors } = takeVectors(base);
    const faces = facesOf(base);
    let text: ReturnType<typeof textOf> | undefined;
    const { editsOf } = await write(async () => {
      const held = await (seriesId === undefined ? scopeOf('episode', id) : scopeOf('series', seriesId, true));
      if (!held && seriesId !== undefined) throw new FabulaError('NOT_FOUND', `No series has the id ${seriesId}.`);
      const scope: Scope = held?.seriesId === seriesId && held ? held : { revision: 0, episodes: [], edits: [] };
      const [edits = []] = await scopes.editsOf([id]);
      const replaced = linked(scope, narrative, faces, edits);
      text ??= textOf(narrative);
      return { scope, edits: scope.edits, replaced: { ...replaced, vectors, ...text } };
    });
    return editsOf.get(id) ?? [];
  }

  /** An episode with its persons linked: those that were analysed, and those whom aligned scripts name. */
  function linked(scope: Scope, base: Narrative, faces: Faces, edits: readonly PlacedEdit[]): Analysed {
    const { id } = base.episode;
    const aligned = edits.map(({ edit }) => edit).filter(isAlignment);
    const members = membersOf(aligned.length > 0 ? derive(base, aligned).woven : base);
    const links = linkPersons({
      ...{ members, faces },
      earlier: scope.episodes.find(({ episodeId }) => episodeId === id),
      others: scope.episodes.filter(({ episodeId }) => episodeId !== id),
      newCharacterId: () => `character:${randomUUID()}`,
    });
    return { episodeId: id, narrative: base, edits, members, faces, links };
  }

  /** What an episode is when its aligned scripts change: persons come and go, so they are linked anew. */
  async function realigned(episodeId: string, change: (edits: readonly PlacedEdit[]) => readonly PlacedEdit[]) {
    const scope = (await scopeOf('episode', episodeId, true)) ?? noSuch('episode', episodeId);
    const [grounds] = await scopes.grounds([episodeId]);
    if (!grounds) return noSuch('episode', episodeId);
    const edits = change(grounds.edits);
    const faces = scope.episodes.find((episode) => episode.episodeId === episodeId)?.faces ?? {};
    const replaced = linked(scope, grounds.base, faces, edits);
    const inScope = new Set(scope.edits.map(({ edit }) => edit.id));
    const own = edits.filter(({ edit }) => isAlignment(edit) && !inScope.has(edit.id));
    return { change: { scope, edits: [...scope.edits, ...own], replaced }, base: grounds.base, edits };
  }

  async function alignScript(aligning: Aligning): Promise<Edit> {
    const stamp = stampOf(aligning);
    return newEdit(stamp.id, async () => {
      const edit = alignmentEdit(aligning, stamp);
      const { change, base, edits } = await realigned(aligning.episodeId, (held) => [...held, placed(edit)]);
      const aligned = edits.map((held) => held.edit).filter(isAlignment);
      if (derive(base, aligned).edits.at(-1)?.state !== 'APPLIED')
        throw new FabulaError(
          'CONFLICT',
          'The film was analysed anew, and the script does not fit any more.',
          'Try again.',
        );
      return change;
    });
  }

  async function deleteEpisode(id: string): Promise<boolean> {
    let isThere = false;
    await write(async () => {
      const scope = await scopeOf('episode', id);
      isThere = scope !== null;
      if (!scope) return { scope: { revision: 0, episodes: [], edits: [] }, edits: [] };
      const edits = scope.edits.map(({ seq, edit }) => ({ seq, edit: withoutEpisode(edit, id) }));
      return { scope, edits, removedEpisodeId: id };
    });
    return isThere;
  }

  async function correct(change: Correction): Promise<Edit> {
    const stamp = stampOf(change);
    return newEdit(stamp.id, async () => {
      const found = (await scopes.groundsAround('node', change.nodeId)) ?? noSuch('node', change.nodeId);
      const node = nodeIn(found, derive, change.nodeId);
      checkCorrection(node.kind, change.field, change.value);
      const edit = correctionEdit(node, change, stamp);
      if (node.kind !== 'Person') return { ...alone(found), edits: [placed(edit)], derivedAnew: [found.episodeId] };
      const scope = (await scopeOf('node', change.nodeId)) ?? noSuch('node', change.nodeId);
      const person = personAnchor(castOf(scope), node.id);
      const anchored = person ? { ...edit, anchor: { ...edit.anchor, persons: [person] } } : edit;
      return { scope, edits: [...scope.edits, placed(anchored)], derivedAnew: [found.episodeId] };
    });
  }

  async function undo(editId: string): Promise<Edit> {
    return newEdit(editId, async () => {
      const found = (await scopes.groundsAround('edit', editId)) ?? noSuch('edit', editId);
      const { edit } = found.edits.find((candidate) => candidate.edit.id === editId) ?? noSuch('edit', editId);
      if (edit.state === 'UNDONE') throw new FabulaError('CONFLICT', `The edit ${editId} is undone already.`);
      const undone = (held: PlacedEdit): PlacedEdit =>
        held.edit.id === editId ? { ...held, edit: { ...held.edit, state: 'UNDONE' } } : held;
      if (isAlignment(edit)) return (await realigned(edit.episodeId, (edits) => edits.map(undone))).change;
      if (!isOfCharacters(edit) && !edit.anchor.persons)
        return { ...alone(found), edits: found.edits.map(undone), derivedAnew: [found.episodeId] };
      const scope = (await scopeOf('edit', editId)) ?? noSuch('edit', editId);
      const derivedAnew = isOfCharacters(edit) ? [] : [found.episodeId];
      return { scope, edits: scope.edits.map(undone), derivedAnew };
    });
  }

  /** Makes an edit of characters, of what the cast is when it is written. */
  async function editCharacter(characterId: string, stamp: Stamp, make: (state: CastState) => Edit): Promise<Edit> {
    return newEdit(stamp.id, async () => {
      const scope = (await scopeOf('character', characterId)) ?? noSuch('character', characterId);
      return { scope, edits: [...scope.edits, placed(make(castOf(scope)))] };
    });
  }

  async function newEdit(id: string, prepare: () => Promise<Change>): Promise<Edit> {
    const { edits } = await write(prepare);
    return edits.find((edit) => edit.id === id) ?? noSuch('edit', id);
  }

  return {
    replaceEpisode,
    deleteEpisode,
    correct,
    alignScript,
    undo,
    renameCharacter(renaming: ByAuthor<Renaming>): Promise<Edit> {
      const stamp = stampOf(renaming);
      return editCharacter(renaming.characterId, stamp, (state) => renameEdit(state, renaming, stamp));
    },
    mergeCharacters(merging: ByAuthor<Merging>): Promise<Edit> {
      const stamp = stampOf(merging);
      return editCharacter(merging.keepId, stamp, (state) => mergeEdit(state, merging, stamp));
    },
    splitCharacter(splitting: ByAuthor<Splitting>): Promise<Edit> {
      const stamp = stampOf(splitting);
      return editCharacter(splitting.characterId, stamp, (state) => splitEdit(state, splitting, stamp));
    },
  };
}

const stampOf = ({ author }: { readonly author: string }): Stamp => ({
  id: `edit:${randomUUID()}`,
  at: new Date().toISOString(),
  author,
});

/**
 * A base narrative as it is kept, and the JSON of its nodes. Made only when nothing has to be waited for until it is
 * sent: moving texts that lie about meanwhile would cost the garbage collector as much as a tenth of the load.
 */
function textOf(base: Narrative): { readonly base: Uint8Array; readonly written: WrittenNodes } {
  const written: WrittenNodes = new Map();
  const bytes = narrativeBytes(base, jsonOfNodes(base, written));
  return { base: deflateRawSync(bytes, { level: 1 }), written };
}

/** The newest of all. */
const placed = (edit: Edit): PlacedEdit => ({ seq: Number.MAX_SAFE_INTEGER, edit });

const castOf = (scope: Scope): CastState =>
  castScope(
    scope.episodes,
    scope.edits.map(({ edit }) => edit),
  ).state;

/** For what changes nobody’s character: the cast stays as it is. */
const alone = ({ seriesId, revision, ...grounds }: Revision & Grounds) => ({
  scope: { ...(seriesId !== undefined && { seriesId }), revision, episodes: [], edits: [] },
  grounds,
});

/** A node as the analysis has it, or one that edits of characters made. */
function nodeIn({ base, edits, cast }: Grounds, derive: DeriveNarrative, id: string): NarrativeNode {
  const find = (narrative: Narrative) => [...nodesOf(narrative)].find((node) => node.id === id);
  const effective = () =>
    derive(
      base,
      edits.map(({ edit }) => edit),
      cast,
    ).effective;
  return find(base) ?? find(effective()) ?? noSuch('node', id);
}

function noSuch(what: string, id: string): never {
  throw new FabulaError('NOT_FOUND', `No ${what} has the id ${id.slice(0, 200)}.`);
}
