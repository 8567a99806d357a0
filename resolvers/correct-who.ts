import type { Store } from '../graph/store.js';
import type { Character } from '../schema/character.js';
import type { Edit } from '../schema/edit.js';
import { FabulaError } from '../schema/errors.js';
import { everyNode } from './every-node.js';

export interface WhoCorrection {
  /** An event or an appearance. */
  readonly nodeId: string;
  readonly kind: string;
  /** Who it really is; null for somebody unknown. */
  readonly name: string | null;
  readonly author: string;
}

/**
 * Gives one event or appearance to somebody else: it is split off whom it was taken for, and made one with whoever has
 * the name in the episode. NOT_FOUND, and INVALID_INPUT where nothing would be left of the one it was taken for.
 */
export async function correctWho(store: Store, { nodeId, kind, name, author }: WhoCorrection): Promise<Edit[]> {
  const [node] = await store.nodes([nodeId]);
  const { personId, episodeId } = (node ?? {}) as { readonly personId?: string; readonly episodeId?: string };
  const [character] = personId === undefined ? [] : await store.charactersOf([personId]);
  if (!character || episodeId === undefined) throw new FabulaError('NOT_FOUND', 'Nobody is known to be in it.');
  const namesake = name === null ? undefined : await characterNamed(store, episodeId, name);
  const split = await store.splitCharacter({
    ...{ characterId: character.id, author },
    ...(kind === 'Event' ? { eventIds: [nodeId] } : { appearanceIds: [nodeId] }),
    ...(name !== null && { name }),
  });
  if (!namesake || split.appliedTo === undefined) return [split];
  return [split, await store.mergeCharacters({ keepId: namesake.id, otherIds: [split.appliedTo], author })];
}

async function characterNamed(store: Store, episodeId: string, name: string): Promise<Character | undefined> {
  for await (const character of everyNode((page) => store.characters(page, { episodeId })))
    if (character.name === name) return character;
  return undefined;
}
