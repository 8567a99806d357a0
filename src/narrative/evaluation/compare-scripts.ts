/** Which characters, events and scenes of two scripts are the same ones, and how alike their fields are. Pure. */
import { alignEvents } from './align-events.js';
import { type CharacterConflict, findConflicts } from './character-conflicts.js';
import { type ComparableScript, eventFields, tidied } from './comparable-script.js';
import { gatherEvidence, namesOf } from './gather-evidence.js';
import { type GramReader, gramReader } from './lexical-similarity.js';
import type { Match } from './match.js';
import { type CharacterMatch, matchByEvidence, matchByName } from './match-characters.js';
import { matchScenes } from './match-scenes.js';
import { likenessOf, readEvents } from './readings.js';
import { nameReplacer, signOf } from './replace-names.js';

export interface Comparison {
  readonly predicted: ComparableScript;
  readonly reference: ComparableScript;
  readonly characters: readonly CharacterMatch[];
  readonly conflicts: readonly CharacterConflict[];
  /** Similarities in the order of `eventFields`. */
  readonly events: readonly Match[];
  /** In the order of `sceneFields`. */
  readonly scenes: readonly Match[];
}

/** Compares what a script says with what it should say. INVALID_INPUT for scripts that hold too much at one time. */
export function compareScripts(
  claimed: ComparableScript,
  told: ComparableScript,
  read: GramReader = gramReader(),
): Comparison {
  const predicted = tidied(claimed);
  const reference = tidied(told);
  const characters = matchCharacters(predicted, reference, read);
  const replace = nameReplacer(
    characters.map((match, n) => ({ names: namesOf(predicted, reference, match), by: signOf(n) })),
  );
  const reader = { read, replace };
  const ours = readEvents(predicted, reader);
  const theirs = readEvents(reference, reader);
  const partner = new Map(characters.map((match) => [match.predicted, match.reference]));
  const isSame = (p: number, r: number) => partner.get(p) === r;
  const similarity = (i: number, j: number, field: number) => likenessOf(ours[i]?.[field], theirs[j]?.[field], isSame);
  const events = alignEvents(predicted.events, reference.events, similarity).pairs.map(([i, j]) => ({
    ...{ predicted: i, reference: j },
    similarity: eventFields.map((_, field) => similarity(i, j, field)),
  }));
  const together = events.flatMap((match): [number, number][] => {
    const [p, r] = [ours[match.predicted]?.[0], theirs[match.reference]?.[0]];
    return typeof p === 'number' && typeof r === 'number' ? [[p, r]] : [];
  });
  return {
    ...{ predicted, reference, characters, events },
    conflicts: findConflicts(predicted.characters, reference.characters, characters, together),
    scenes: matchScenes(predicted.scenes, reference.scenes, reader),
  };
}

function matchCharacters(predicted: ComparableScript, reference: ComparableScript, read: GramReader): CharacterMatch[] {
  const settled = matchByName(predicted.characters, reference.characters);
  if (settled.length === predicted.characters.length || settled.length === reference.characters.length) return settled;
  const evidence = gatherEvidence(predicted, reference, settled, read);
  return [...settled, ...matchByEvidence(predicted.characters, reference.characters, settled, evidence)];
}
