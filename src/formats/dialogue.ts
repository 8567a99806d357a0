/** The dialogue of a script in any format that is read, as aligning it to a film needs it. */
import type { Narrative } from '../../schema/narrative.js';
import type { DialogueScript, ScriptLine, ScriptPlace } from '../narrative/alignment/script-line.js';
import { workedOutFields } from './script/nodes.js';

/** Lines in order, with who says them, when by the script's own clock (never a time that was estimated), and where. */
export function dialogueOf(narrative: Narrative, format: string): DialogueScript {
  const { episode, events, persons, scenes } = narrative;
  const people = new Map(persons.map((person) => [person.id, person]));
  const placeOf = new Map(scenes.map(({ id }, n) => [id, n]));
  const places = scenes.map(
    ({ setting, location, timeOfDay }): ScriptPlace => ({
      ...(setting !== 'UNKNOWN' && { setting }),
      ...(location !== undefined && { location }),
      ...(timeOfDay !== undefined && { timeOfDay }),
    }),
  );
  const lines = events.flatMap((event): ScriptLine[] => {
    const { type, dialogue, personId, voiceType, startMs, endMs, sceneId } = event;
    if (type !== 'LINE' || !dialogue?.trim()) return [];
    const name = people.get(personId ?? '')?.name;
    const hasTime = !workedOutFields(event).has('startMs');
    const place = placeOf.get(sceneId);
    const isPlace = place !== undefined && Object.keys(places[place] ?? {}).length > 0;
    return [
      {
        text: dialogue,
        ...(name && { speaker: { name, ...(voiceType && { voiceType }) } }),
        ...(hasTime && { startMs, endMs }),
        ...(isPlace && { place }),
      },
    ];
  });
  return { title: episode.title, format, lines, places };
}
