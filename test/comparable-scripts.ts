/**
 * Random scripts to be compared, and ways to spoil them. A plan holds words and, among them, people by number, so that
 * the same script can be told with other names.
 */
import fc from 'fast-check';
import {
  type ComparableEvent,
  type ComparableScript,
  type EventField,
  eventFields,
} from '../src/narrative/evaluation/comparable-script.js';

const words = [
  'dragon',
  'café',
  'night',
  '富贵',
  '都是你的',
  'Where',
  'don’t',
  'さくら',
  '서울',
  'snow',
  '3',
  'ящик',
  'a',
  'ไฟ',
];
const texts = eventFields.filter((field): field is Exclude<EventField, 'character'> => field !== 'character');

/** A word, or a person by number. */
type Token = string | number;

export interface ScriptPlan {
  readonly events: readonly {
    readonly gapMs: number;
    readonly lengthMs: number;
    readonly person: number | undefined;
    readonly texts: Readonly<Partial<Record<(typeof texts)[number], readonly Token[]>>>;
  }[];
  readonly places: readonly (readonly Token[])[];
}

export const peopleCount = 4;
export const seenNames = ['Mara', 'Tomas', '王富贵', 'O’Neil Jr.'];
export const unseenNames = ['Anna Maria', 'anna', 'Wei [2]', '李'];

const token = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...words) },
  { weight: 1, arbitrary: fc.nat(peopleCount - 1) },
);
const text = fc.array(token, { minLength: 1, maxLength: 6 });

export const scriptPlan = (minLength = 0): fc.Arbitrary<ScriptPlan> =>
  fc.record({
    events: fc.array(
      fc.record({
        gapMs: fc.nat(12_000),
        lengthMs: fc.integer({ min: 1, max: 9000 }),
        person: fc.option(fc.nat(peopleCount - 1), { nil: undefined }),
        texts: fc.record(Object.fromEntries(texts.map((field) => [field, text])), { requiredKeys: [] }),
      }),
      { minLength, maxLength: 12 },
    ),
    places: fc.array(text, { maxLength: 4 }),
  });

/**
 * The script of a plan with these names; `called` are the names in its texts, where they are others. Whoever is only
 * spoken of, and never acts, keeps the name that is known: nothing tells who that is.
 */
export function tell({ events, places }: ScriptPlan, names = seenNames, called = names): ComparableScript {
  const acting = new Set(events.map(({ person }) => person));
  const spoken = called.map((name, n) => (acting.has(n) ? name : seenNames[n]));
  const say = (tokens: readonly Token[]) =>
    tokens.map((each) => (typeof each === 'number' ? spoken[each] : each)).join(' ');
  let atMs = 0;
  const told = events.map(({ gapMs, lengthMs, person, texts: said }): ComparableEvent => {
    atMs += gapMs;
    return {
      ...{ startMs: atMs, endMs: atMs + lengthMs, hasExplicitEnd: true },
      ...(person !== undefined && { character: names[person] }),
      ...Object.fromEntries(Object.entries(said).map(([field, tokens]) => [field, say(tokens ?? [])])),
    };
  });
  const durationMs = Math.max(1, ...told.map(({ endMs }) => endMs));
  const lengthMs = durationMs / Math.max(1, places.length);
  return {
    ...{ title: 'a film', durationMs, events: told, hasEstimatedTimes: false },
    characters: names.map((name) => ({ key: name, names: [name] })),
    scenes: places.map((place, n) => ({
      startMs: Math.round(n * lengthMs),
      endMs: Math.round((n + 1) * lengthMs),
      location: say(place),
      ...(n % 2 === 0 && { type: 'INT', mood: say(place.toReversed()) }),
    })),
  };
}

/** The script, so much later. */
export function shifted(script: ComparableScript, byMs: number): ComparableScript {
  const later = <Timed extends { readonly startMs: number; readonly endMs: number }>(timed: Timed) => ({
    ...timed,
    startMs: timed.startMs + byMs,
    endMs: timed.endMs + byMs,
  });
  return { ...script, events: script.events.map(later), scenes: script.scenes.map(later) };
}

/**
 * The script, so much spoiled (0…1): each event may be dropped, moved, given to somebody else, robbed of words and
 * fields or followed by an invented one, each with a chance that grows with the dose.
 */
export function spoiled(script: ComparableScript, dose: number, random: () => number): ComparableScript {
  const happens = (share = 1) => random() < dose * share;
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const lines = script.events.flatMap(({ dialogue, action }) => dialogue ?? action ?? []);
  const spoilText = (line: string) =>
    happens(0.3)
      ? pick(lines)
      : line
          .split(/(?<= )/)
          .flatMap((word) => (happens(0.6) ? (random() < 0.5 ? [] : [[...word].toReversed().join('')]) : [word]))
          .join('');
  const events = script.events.flatMap((event): ComparableEvent[] => {
    if (happens(0.3)) return [];
    const offMs = happens() ? Math.round((random() * 2 - 1) * 20_000 * dose) : 0;
    const startMs = Math.max(0, event.startMs + offMs);
    const moved: ComparableEvent = {
      ...{ startMs, endMs: startMs + event.endMs - event.startMs, hasExplicitEnd: true },
      ...(event.character !== undefined && {
        character: happens(0.4) ? pick(script.characters).key : event.character,
      }),
      ...Object.fromEntries(
        texts.flatMap((field) => {
          const said = event[field];
          return said === undefined || happens(0.2) ? [] : [[field, spoilText(said)]];
        }),
      ),
    };
    const invented = { ...moved, dialogue: pick(lines), character: pick(script.characters).key };
    return happens(0.3) ? [moved, invented] : [moved];
  });
  return { ...script, events: events.sort((a, b) => a.startMs - b.startMs) };
}
