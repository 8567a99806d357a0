/**
 * Details: what a script's text cannot say of its nodes, one node a line, for formats to keep in notes that people may
 * read and leave alone. A line names the noun, then which one (scenes: the one it stands in; shots and events: by number
 * in the scene; persons: by label), then the fields as JSON:
 *
 *     scene {"events":4,"mood":"tense"}
 *     shot 2 {"elements":3,"shotSize":"CLOSE_UP"}
 *     times 1.2-2.1 2.4-? 3-4.125
 *     event 1 {"expression":"smiling"}
 *     person "Mara" {"gender":"female"}
 *
 * `times` are when the events of a scene begin and end, in seconds, event by event; `?` is not known. `null` says that
 * the field is empty, whatever the text suggests. `elements` is how many events begin in a shot; `parts` is of how many
 * paragraphs an event is made; `events` is how many events the scene had when the lines were written: with another
 * number, somebody has edited it, and lines on its events and shots no longer hold.
 */
import { shape } from '../../../schema/shape.generated.js';
import type { FieldShape } from '../../../schema/shape.js';
import { fieldProblems } from '../../../schema/shape-check.js';

const nouns = ['episode', 'scene', 'shot', 'event', 'person', 'highlight'] as const;
export type DetailNoun = (typeof nouns)[number];

export interface Detail {
  readonly noun: DetailNoun;
  /** Number of the shot or event in its scene, from 1; label of the person. */
  readonly which?: number | string;
  readonly fields: Readonly<Record<string, unknown>>;
}

const text: FieldShape = { type: 'String', optional: true };
const texts: FieldShape = { type: 'String', list: true, optional: true };
const count: FieldShape = { type: 'Int', optional: true, range: [0, 100_000] };

/** Fields of a noun that details may give: the noun's own, without those that name other nodes. */
function fieldsOf(
  noun: keyof typeof shape,
  more: Readonly<Record<string, FieldShape>>,
): ReadonlyMap<string, FieldShape> {
  const own = Object.entries(shape[noun] ?? {}).filter(
    ([name, field]) => !field.ref && !['id', 'kind', 'episodeId', 'provenance', 'foreign', 'ordinal'].includes(name),
  );
  return new Map([
    ...own.map(([name, field]) => [name, { ...field, optional: true }] as const),
    ...Object.entries(more),
  ]);
}

const seen = {
  appearances: fieldsOf('Appearance', { person: { type: 'String' } }),
  objects: fieldsOf('StoryObject', { name: { type: 'String' } }),
};

const fieldsByNoun: Readonly<Record<DetailNoun, ReadonlyMap<string, FieldShape>>> = {
  episode: new Map(fieldsOf('Episode', {})),
  scene: fieldsOf('Scene', { number: text, events: count }),
  shot: fieldsOf('Shot', { subjects: texts, elements: count }),
  event: fieldsOf('Event', {
    person: text,
    targets: texts,
    simultaneous: { type: 'Boolean', optional: true },
    parts: count,
  }),
  person: fieldsOf('Person', {}),
  highlight: fieldsOf('Highlight', {}),
};

/** A value as JSON, without what foreign formats hold of it: the same text for values that say the same. */
export const content = (value: unknown): string =>
  typeof value === 'object' && value !== null
    ? JSON.stringify(value, (name, inner) => (name === 'foreign' ? undefined : inner))
    : JSON.stringify(value ?? null);

/** Whether a value says anything: nothing at all, an empty list and an empty object do not. */
export const saysSomething = (value: unknown): boolean =>
  value !== undefined && value !== null && !['[]', '{}'].includes(content(value));

export interface EventTimes {
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
}

/** The line of the times of a scene's events; undefined where none is known. */
export function writeTimes(times: readonly EventTimes[]): string | undefined {
  const seconds = (ms: number | undefined) => (ms === undefined ? '?' : String(ms / 1000));
  if (times.every(({ startMs, endMs }) => startMs === undefined && endMs === undefined)) return undefined;
  return `times ${times.map(({ startMs, endMs }) => `${seconds(startMs)}-${seconds(endMs)}`).join(' ')}`;
}

/** Reads a line of times, event by event; undefined for any other line. */
export function readTimes(line: string): EventTimes[] | undefined {
  const time = String.raw`(?:\?|\d{1,7}(?:\.\d{1,3})?)`;
  if (!new RegExp(`^\\s*times(?:\\s+${time}-${time})+\\s*$`).test(line)) return undefined;
  const ms = (seconds: string | undefined) =>
    seconds === undefined || seconds === '?' ? undefined : Math.round(Number(seconds) * 1000);
  return line
    .trim()
    .split(/\s+/)
    .slice(1)
    .map((pair) => {
      const [startMs, endMs] = pair.split('-').map(ms);
      return { ...(startMs !== undefined && { startMs }), ...(endMs !== undefined && { endMs }) };
    });
}

/** One line of text, free of what opens and closes notes and comments. */
export function writeDetail({ noun, which, fields }: Detail): string {
  const json = (value: unknown) =>
    content(value).replaceAll(/"(?:[^"\\]|\\.)*"|\[\[|\]\]/g, (token) => {
      if (!token.startsWith('"')) return `${token[0]} ${token[1]}`;
      return token
        .replaceAll('[[', '[\\u005b')
        .replaceAll(']]', ']\\u005d')
        .replaceAll('/*', '\\/*')
        .replaceAll('*/', '*\\/')
        .replaceAll(/[\u2028\u2029\u0085]/g, (end) => `\\u${end.charCodeAt(0).toString(16).padStart(4, '0')}`);
    });
  return [noun, ...(which === undefined ? [] : [json(which)]), json(fields)].join(' ');
}

/** Reads a line; a sentence where it is none, or a field is not one of the noun's or does not hold such a value. */
export function readDetail(line: string): Detail | string {
  const [, noun, which, json] = /^\s*(\w+)(?:\s+(\d+|"(?:[^"\\]|\\.)*"))?\s+(\{.*\})\s*$/su.exec(line) ?? [];
  const known = nouns.find((one) => one === noun);
  if (!known || json === undefined) return 'It is not a noun with its fields in JSON.';
  try {
    const fields: unknown = JSON.parse(json);
    if (typeof fields !== 'object' || fields === null) return 'Its fields are not an object.';
    const problem = problemOf(fields, fieldsByNoun[known]);
    if (problem !== undefined) return problem;
    return {
      noun: known,
      fields: fields as Readonly<Record<string, unknown>>,
      ...(which !== undefined && { which: JSON.parse(which) as number | string }),
    };
  } catch {
    return 'Its JSON is broken.';
  }
}

function problemOf(fields: object, allowed: ReadonlyMap<string, FieldShape>): string | undefined {
  for (const [name, value] of Object.entries(fields)) {
    const inner = name === 'appearances' || name === 'objects' ? seen[name] : undefined;
    if (inner) {
      if (value === null) continue;
      if (!Array.isArray(value)) return `${name} is not a list.`;
      for (const each of value) {
        const required = name === 'appearances' ? 'person' : 'name';
        if (typeof each !== 'object' || each === null || typeof each[required] !== 'string')
          return `${name}: ${required} is missing.`;
        const problem = problemOf(each, inner);
        if (problem !== undefined) return problem;
      }
      continue;
    }
    const field = allowed.get(name);
    if (!field) return `${name} is not a field of it.`;
    const [problem] = value === null ? [] : fieldProblems(value, field, name);
    if (problem !== undefined) return `${problem}.`;
  }
  return undefined;
}

/** The fields that make `now` of `then`; a field that `now` lacks is null. */
export function difference(now: object, then: object, apart: readonly string[] = []): Record<string, unknown> {
  const [wanted, given] = [now, then] as Readonly<Record<string, unknown>>[];
  const changed: Record<string, unknown> = {};
  for (const name of new Set([...Object.keys(then), ...Object.keys(now)])) {
    if (name === 'foreign' || apart.includes(name)) continue;
    const [value, old] = [wanted?.[name], given?.[name]];
    if (value !== old && content(value) !== content(old)) changed[name] = value ?? null;
  }
  return changed;
}

/** The same with the fields of a detail put over it; null takes a field away. */
export function withFields<Value extends object>(value: Value, fields: Readonly<Record<string, unknown>>): Value {
  const merged = { ...value, ...fields } as Record<string, unknown>;
  for (const [name, given] of Object.entries(fields)) if (given === null) delete merged[name];
  return merged as Value;
}
