/** Merges an aligned script into a narrative: the script's names and words, the film's times. */
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Person } from '../../../schema/person.js';
import { correctField } from '../correct-field.js';
import { counted } from '../counted.js';
import { freeIds } from '../free-ids.js';
import type { Alignment } from './alignment.js';
import { alignment as made, rounded, scriptName, withNote } from './by-alignment.js';
import { type Known, knownSpeakers, type SpokenLine } from './cast-speakers.js';
import { findLaid } from './find-laid.js';
import { eventMaker, eventsByCue, laidCue, laidLines, spokenOn } from './lay-lines.js';
import { layPlaces } from './lay-places.js';

/** How sure the time of a line is that no cue says: by the script's clock, or between its neighbours. Ours. */
const estimate = { byClock: 0.5, between: 0.2 } as const;

/**
 * The narrative with the script over it. Cues keep their times and get the script's words and speakers; lines get who
 * says them; speakers become persons, or name those that are there; lines that no cue says become events where the film
 * has room for them. What was read before is kept in provenance. SCRIPT_MISMATCH where the script does not fit any more.
 */
export function layScript(narrative: Narrative, laidBefore: Alignment): Narrative {
  const { found, alignment } = findLaid(narrative, laidBefore);
  const eventsOn = eventsByCue(narrative);
  const onCues = found.map((each) => ({
    ...each,
    spoken: spokenOn(each.laid, alignment),
    events: eventsOn.get(each.cue.id) ?? [],
  }));
  const lines = onCues.flatMap(({ spoken, events, cue }): SpokenLine[] =>
    spoken.flatMap(({ speaker, startMs, endMs }, n) => {
      const time = spoken.length === 1 ? cue : { startMs, endMs };
      const own = spoken.length === events.length ? events.slice(n, n + 1) : spoken.length === 1 ? events : [];
      return speaker ? [{ speaker: speaker.name, startMs: time.startMs, endMs: time.endMs, events: own }] : [];
    }),
  );
  const known = knownSpeakers(lines, narrative);
  const cast = castOf(narrative, alignment, lines, known);

  const make = eventMaker(narrative);
  const changed = new Map<string, Event>();
  const added: Event[] = [];
  for (const { spoken, events, ...at } of onCues)
    for (const { event, isNew } of laidLines(at, spoken, events, alignment, cast.personIdOf, make))
      if (isNew) added.push(event);
      else changed.set(event.id, event);
  added.push(...estimatedLines(narrative, alignment, cast.personIdOf, make));

  const cues = new Map(onCues.map((each) => [each.cue.id, laidCue(each, each.spoken, alignment)]));
  const events = [...narrative.events.map((event) => changed.get(event.id) ?? event), ...added]
    .toSorted((a, b) => a.startMs - b.startMs)
    .map((event, n) => (event.ordinal === n + 1 ? event : { ...event, ordinal: n + 1 }));
  return {
    ...narrative,
    episode: told(narrative, alignment),
    scenes: layPlaces(narrative.scenes, alignment.laid, alignment),
    cues: narrative.cues.map((cue) => cues.get(cue.id) ?? cue),
    events,
    persons: withLineCounts(cast.persons, narrative.events, events),
  };
}

/** Everybody, those whom the script names among them. */
function castOf(
  narrative: Narrative,
  alignment: Alignment,
  lines: readonly SpokenLine[],
  known: ReadonlyMap<string, Known>,
) {
  const { episode, persons } = narrative;
  const freeId = freeIds(episode.id, persons);
  const ids = new Map<string, string>();
  const newcomers: Person[] = [];
  const estimated = alignment.lines.flatMap(({ outcome, speaker, film }) =>
    outcome === 'ESTIMATED' && speaker && film ? [{ speaker: speaker.name, ...film }] : [],
  );
  const named = new Map<string, { name: string; known: Known }>();
  for (const { speaker, startMs, endMs } of [...lines, ...estimated]) {
    const one = known.get(speaker);
    if (one) named.set(one.personId, { name: speaker, known: one });
    if (one || ids.has(speaker)) {
      ids.set(speaker, one?.personId ?? ids.get(speaker) ?? '');
      continue;
    }
    const id = freeId('person', startMs);
    ids.set(speaker, id);
    newcomers.push({
      ...{ id, kind: 'Person', episodeId: episode.id, name: speaker, aliases: [], provisional: false },
      ...{ screenTimeMs: 0, lineCount: 0 },
      provenance: {
        ...{ by: made.by, version: made.version, confidence: rounded(alignment.covered), otherReadings: [] },
        evidence: [{ startMs, endMs, note: `Speaks in ${scriptName(alignment)}.` }],
      },
    });
  }
  const all = persons.map((person) => {
    const one = named.get(person.id);
    return one ? namedBy(person, one.name, one.known, alignment) : person;
  });
  return { persons: [...all, ...newcomers], personIdOf: (speaker: string) => ids.get(speaker) };
}

/** A person of the film with the script's name; the one it had before becomes another name for it. */
function namedBy(person: Person, name: string, { by, confidence, lines }: Known, alignment: Alignment): Person {
  if (by === 'NAME') return person;
  const source = { by: made.by, confidence: rounded(confidence) };
  const aliases = person.name && person.name !== name ? [...new Set([...person.aliases, person.name])] : person.aliases;
  const why = by === 'LINES' ? 'the film has the same person speak' : 'this face is alone on screen';
  return withNote(
    { ...correctField(person, person, 'name', name, source), aliases, provisional: false },
    `In ${counted(lines, 'line')} that ${scriptName(alignment)} gives to ${name}, ${why}.`,
  );
}

/** Lines that no cue says, where the film has room for them. */
function estimatedLines(
  { scenes, episode }: Narrative,
  alignment: Alignment,
  personIdOf: (name: string) => string | undefined,
  make: (startMs: number, endMs: number) => Event,
): Event[] {
  if (scenes.length === 0) return [];
  const confidence = alignment.map ? estimate.byClock : estimate.between;
  return alignment.lines.flatMap(({ outcome, film, text, speaker }, n) => {
    if (outcome !== 'ESTIMATED' || !film || film.startMs >= episode.durationMs) return [];
    const event = make(film.startMs, film.endMs);
    const { startMs, endMs } = event;
    const personId = speaker && personIdOf(speaker.name);
    const how = alignment.map ? 'by the script’s clock' : 'between the lines around it';
    return [
      {
        ...event,
        dialogue: text,
        ...(personId && { personId }),
        ...(speaker?.voiceType && { voiceType: speaker.voiceType }),
        provenance: {
          ...{ by: made.by, version: made.version, confidence, otherReadings: [] },
          evidence: [
            {
              startMs,
              endMs,
              note: `Line ${n + 1} of ${scriptName(alignment)}: no cue says it; its time is estimated ${how}.`,
            },
          ],
        },
      },
    ];
  });
}

/** Counts of those whose lines have changed. */
function withLineCounts(persons: readonly Person[], before: readonly Event[], now: readonly Event[]): Person[] {
  const count = (events: readonly Event[]) => {
    const lines = new Map<string, number>();
    for (const { type, personId } of events)
      if (type === 'LINE' && personId) lines.set(personId, (lines.get(personId) ?? 0) + 1);
    return lines;
  };
  const [was, is] = [count(before), count(now)];
  return persons.map((person) => {
    const more = (is.get(person.id) ?? 0) - (was.get(person.id) ?? 0);
    return more === 0 ? person : { ...person, lineCount: Math.max(0, person.lineCount + more) };
  });
}

/** The episode, whose report says what was laid over it. */
function told({ episode }: Narrative, alignment: Alignment): Narrative['episode'] {
  const matched = alignment.lines.filter(({ outcome }) => outcome === 'MATCHED').length;
  const summary = `${matched} of ${counted(alignment.lines.length, 'line')} of ${scriptName(alignment)} found in the film.`;
  const { report } = episode;
  return {
    ...episode,
    report: { ...report, stages: [...report.stages, { name: made.by, version: made.version, summary }] },
  };
}
