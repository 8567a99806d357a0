/** A script in the form in which two of them are compared: what each event and scene says, and when. */
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Person } from '../../../schema/person.js';
import type { Scene } from '../../../schema/scene.js';
import { normalText } from './normal-text.js';

/** What of an event is compared, in the order in which scores are told. */
export const eventFields = ['character', 'dialogue', 'action', 'expression', 'audioCue'] as const;
export type EventField = (typeof eventFields)[number];

/** What of a scene is compared. */
export const sceneFields = ['location', 'type', 'environment', 'time', 'mood'] as const;
export type SceneField = (typeof sceneFields)[number];

export interface ComparableEvent extends Readonly<Partial<Record<EventField, string>>> {
  readonly startMs: number;
  readonly endMs: number;
  /** False where the end was worked out, such as from the next event's start. */
  readonly hasExplicitEnd: boolean;
  /** Of the node that it was made of. */
  readonly id?: string;
}

export interface ComparableScene extends Readonly<Partial<Record<SceneField, string>>> {
  readonly startMs: number;
  readonly endMs: number;
  readonly id?: string;
}

export interface ComparableCharacter {
  /** What events call the character. */
  readonly key: string;
  /** Name and aliases; empty for somebody whom nobody has named. */
  readonly names: readonly string[];
}

export interface ComparableScript {
  readonly title: string;
  readonly durationMs: number;
  readonly characters: readonly ComparableCharacter[];
  readonly scenes: readonly ComparableScene[];
  readonly events: readonly ComparableEvent[];
  /** True where the script does not say when things happen and times were worked out. */
  readonly hasEstimatedTimes: boolean;
}

/** The comparable form of an episode. Events that say nothing that is compared are left out. */
export function comparableOf(narrative: Narrative): ComparableScript {
  const { episode } = narrative;
  const persons = new Map(narrative.persons.map((person) => [person.id, person]));
  const keys = keysOf(narrative.persons);
  const isScript = episode.source !== 'FILM';
  const events = narrative.events.map((event): ComparableEvent => {
    const { id, startMs, endMs, personId, dialogue, action, expression, audioCue } = event;
    // Who acts is compared where the script says it, not where our reader worked it out.
    const isSaid = personId !== undefined && !(isScript && isWorkedOut(event, 'personId'));
    const character = isSaid && persons.has(personId) ? keys.get(personId) : undefined;
    const hasExplicitEnd = !isWorkedOut(event, 'endMs');
    return { id, startMs, endMs, hasExplicitEnd, ...told({ character, dialogue, action, expression, audioCue }) };
  });
  return {
    title: episode.title,
    durationMs: episode.durationMs,
    characters: narrative.persons.map((person) => ({ key: keys.get(person.id) ?? person.id, names: namesOf(person) })),
    scenes: narrative.scenes.map(comparableScene),
    events: events.filter(saysSomething(isScript)),
    hasEstimatedTimes: narrative.events.some((event) => isWorkedOut(event, 'startMs')),
  };
}

function comparableScene({ id, startMs, endMs, ...scene }: Scene): ComparableScene {
  const { location, environment, mood, setting, timeOfDay: time } = scene;
  return { id, startMs, endMs, ...told({ location, type: typeOf[setting], environment, time, mood }) };
}

const typeOf = { INT: 'INT', EXT: 'EXT', INT_EXT: 'INT_EXT', UNKNOWN: undefined } as const satisfies Record<
  Scene['setting'],
  string | undefined
>;

/** In a film, that somebody was noticed is no event of a script by itself: a silence, a person alone. */
const saysSomething = (isScript: boolean) => (event: ComparableEvent) =>
  eventFields.some((field) => event[field] !== undefined && (isScript || field !== 'character'));

/** What a reader, and not a person or the source itself, gave the field. */
const isWorkedOut = ({ provenance }: Pick<NarrativeNode, 'provenance'> | Event, field: string): boolean =>
  provenance.fields?.some((source) => source.field === field && source.by !== 'person') ?? false;

const namesOf = ({ name, aliases, provisional }: Person): string[] =>
  provisional ? [] : [...(name === undefined ? [] : [name]), ...aliases];

/** Names where they tell people apart, ids elsewhere. */
function keysOf(persons: readonly Person[]): Map<string, string> {
  const counts = new Map<string, number>();
  for (const { name } of persons) if (name !== undefined) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Map(persons.map(({ id, name }) => [id, name !== undefined && counts.get(name) === 1 ? name : id]));
}

/** Without the fields of which nothing is said: “…” is no line. */
function told<Field extends string>(fields: Readonly<Partial<Record<Field, string>>>): Partial<Record<Field, string>> {
  const said = Object.entries<string | undefined>(fields).filter(([, text]) => text && normalText(text) !== '');
  return Object.fromEntries(said) as Partial<Record<Field, string>>;
}

/** By start; those that start together stay as they were. */
const inOrder = <Timed extends { readonly startMs: number }>(items: readonly Timed[]): Timed[] =>
  items.toSorted((a, b) => a.startMs - b.startMs);

/**
 * The script as comparing it needs it: in order of time, without fields that say nothing, and with everybody who acts
 * among its characters.
 */
export function tidied({ events, scenes, characters, ...script }: ComparableScript): ComparableScript {
  const saying = events.map(({ id, startMs, endMs, hasExplicitEnd, ...fields }) => ({
    ...(id !== undefined && { id }),
    ...{ startMs, endMs, hasExplicitEnd, ...told(fields) },
  }));
  const known = new Set(characters.map(({ key }) => key));
  const others = new Set(saying.flatMap(({ character }) => (character === undefined ? [] : [character])));
  return {
    ...script,
    scenes: inOrder(
      scenes.map(({ id, startMs, endMs, ...fields }) => ({
        ...(id !== undefined && { id }),
        ...{ startMs, endMs, ...told(fields) },
      })),
    ),
    characters: [...characters, ...[...others].filter((key) => !known.has(key)).map((key) => ({ key, names: [key] }))],
    events: inOrder(saying),
  };
}
