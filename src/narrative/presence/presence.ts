/** Who is there: the persons of each scene, who comes in and leaves, who is alone. */
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Scene } from '../../../schema/scene.js';
import { findSolitude } from './alone.js';
import { findComings } from './comings.js';
import { describeComing, describeSolitude, isPresenceEvent, presence } from './presence-event.js';
import { castScenes, type SceneCast } from './scene-cast.js';

/**
 * Fills `personIds` of the scenes and adds ENTRANCE, EXIT and ALONE events. The narrative itself comes back where there
 * is nobody; the analysis of an analysed narrative changes nothing.
 */
export function analysePresence(narrative: Narrative): Narrative {
  const told = narrative.events.filter((event) => !isPresenceEvent(event));
  if (narrative.persons.length === 0 && told.length === narrative.events.length) return narrative;
  const casts = castScenes({ ...narrative, events: told });
  const found = casts.flatMap((cast) => {
    const comings = findComings(cast);
    return [
      ...comings.map((coming) => describeComing(coming, cast)),
      ...findSolitude(cast, comings).map((solitude) => describeSolitude(solitude, cast)),
    ];
  });
  return { ...narrative, scenes: casts.map(withPersons), events: inOrder(told, withOwnIds(found, told)) };
}

function withPersons({ scene, seen, heard }: SceneCast): Scene {
  const sureness = [...seen.values()].map((own) => Math.max(...own.map(({ provenance }) => provenance.confidence)));
  const source = {
    field: 'personIds',
    by: presence.by,
    confidence: heard.length > 0 || sureness.length === 0 ? presence.unseen : Math.min(...sureness),
  };
  const others = (scene.provenance.fields ?? []).filter(({ field }) => field !== 'personIds');
  return {
    ...scene,
    personIds: [...seen.keys(), ...heard],
    provenance: { ...scene.provenance, fields: [...others, source] },
  };
}

/** Events of one kind and start are told apart as everywhere: by a number from 2. */
function withOwnIds(found: readonly Event[], told: readonly Event[]): Event[] {
  const taken = new Set(told.map(({ id }) => id));
  return found.map((event) => {
    let { id } = event;
    for (let twin = 2; taken.has(id); twin++) id = `${event.id}:${twin}`;
    taken.add(id);
    return { ...event, id };
  });
}

/** All events in order of time, what was told before what is derived, numbered anew. */
const inOrder = (told: readonly Event[], found: readonly Event[]): Event[] =>
  [...told, ...found.toSorted((a, b) => (a.id < b.id ? -1 : 1))]
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((event, index) => (event.ordinal === index + 1 ? event : { ...event, ordinal: index + 1 }));
