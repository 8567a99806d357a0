/** Who of the film each speaker of a script is. */
import type { Appearance } from '../../../schema/appearance.js';
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { Person } from '../../../schema/person.js';
import { wilsonInterval } from '../calibration/wilson-interval.js';
import { normalText } from '../evaluation/normal-text.js';
import { overlapMs } from '../intervals.js';

/** A line that was found in the film, by whom the script has speak it. */
export interface SpokenLine {
  readonly speaker: string;
  readonly startMs: number;
  readonly endMs: number;
  /** The film's events that it stands on. */
  readonly events: readonly Event[];
}

/** How a speaker is known in the film; a speaker who is in none of these is somebody new. */
export interface Known {
  readonly personId: string;
  readonly by: 'NAME' | 'LINES' | 'FACE';
  /** 0…1 */
  readonly confidence: number;
  /** Lines that speak for it. */
  readonly lines: number;
}

/** Share of a speaker's lines, and of a person's, that must agree; and how many lines at least. Ours. */
const leastShare = 0.75;
const leastLines = 2;
const leastFaces = 3;

/**
 * By name first; then by lines that the film gives to a person already; then by faces: who is alone on screen in almost
 * all of a speaker's lines, and in almost nobody else's (after Everingham, Sivic & Zisserman 2006, who name faces by
 * scripts aligned to subtitles). One to one.
 */
export function knownSpeakers(lines: readonly SpokenLine[], narrative: Narrative): Map<string, Known> {
  const { persons, appearances } = narrative;
  const known = new Map<string, Known>();
  const taken = new Set<string>();
  const settle = (speaker: string, one: Known) => {
    known.set(speaker, one);
    taken.add(one.personId);
  };
  const speakers = [...new Set(lines.map(({ speaker }) => speaker))];
  for (const speaker of speakers) {
    const folded = normalText(speaker);
    const namesakes = persons.filter(({ name, aliases }) =>
      [name, ...aliases].some((other) => other !== undefined && normalText(other) === folded),
    );
    const own = lines.filter((line) => line.speaker === speaker);
    // Of several of one name, the one who says most of these lines.
    const said = (person: Person) =>
      own.filter(({ events }) => events.some(({ personId }) => personId === person.id)).length;
    const [person] = namesakes.toSorted((a, b) => said(b) - said(a) || b.lineCount - a.lineCount);
    if (person && !taken.has(person.id))
      settle(speaker, { personId: person.id, by: 'NAME', confidence: 1, lines: own.length });
  }
  const agree = (
    by: Known['by'],
    least: number,
    votesOf: (line: SpokenLine) => readonly string[],
    open: Set<string>,
  ) => {
    const votes = lines.flatMap((line) => votesOf(line).map((personId) => ({ speaker: line.speaker, personId })));
    for (const speaker of speakers) {
      if (known.has(speaker)) continue;
      const own = votes.filter((vote) => vote.speaker === speaker);
      for (const personId of new Set(own.map((vote) => vote.personId))) {
        const both = own.filter((vote) => vote.personId === personId).length;
        const theirs = votes.filter((vote) => vote.personId === personId).length;
        if (!open.has(personId) || taken.has(personId) || both < least) continue;
        if (both < leastShare * own.length || both < leastShare * theirs) continue;
        settle(speaker, { personId, by, confidence: wilsonInterval(both, own.length)[0], lines: both });
        break;
      }
    }
  };
  const everybody = new Set(persons.map(({ id }) => id));
  agree('LINES', leastLines, ({ events }) => events.flatMap(({ personId }) => personId ?? []), everybody);
  const seen = inOrder(appearances);
  const nameless = new Set(persons.filter(isNameless).map(({ id }) => id));
  agree('FACE', leastFaces, (line) => loneFace(line, seen), nameless);
  return known;
}

const isNameless = ({ name, provisional }: Person) => provisional && !name?.trim();

const inOrder = (appearances: readonly Appearance[]) => appearances.toSorted((a, b) => a.startMs - b.startMs);

/** Whoever is on screen for most of a line, if it is one person only. */
function loneFace(line: SpokenLine, seen: readonly Appearance[]): string[] {
  const there = new Map<string, number>();
  for (const appearance of seen) {
    if (appearance.startMs >= line.endMs) break;
    const sharedMs = overlapMs(appearance, line);
    if (sharedMs > 0) there.set(appearance.personId, (there.get(appearance.personId) ?? 0) + sharedMs);
  }
  const [only, ...others] = [...there];
  return only && others.length === 0 && 2 * only[1] >= line.endMs - line.startMs ? [only[0]] : [];
}
