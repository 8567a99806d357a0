/** Reads SkyScript's JSON into a draft: a case is a shot, its people appear in it, and what they do and say are events. */
import { type Fitting, isObject, type JsonObject, type Steps } from '../json-script/fitting.js';
import { keyIn, memberOf } from '../json-script/keys.js';
import type {
  DraftAppearance,
  DraftElement,
  DraftObject,
  DraftPerson,
  DraftScene,
  DraftShot,
  ScriptDraft,
} from '../script/script-draft.js';
import {
  caseKeys,
  missingKeys,
  objectKeys,
  personKeys,
  readCase,
  readObject,
  readPerson,
  readSetting,
  type SkyCase,
  type SkyPerson,
} from './fields.js';
import { commonSize } from './framing.js';
import { type Form, keep, type Other } from './kept.js';

interface ToldLine {
  times: number;
  /** Of the first who has it. */
  readonly steps: Steps;
}

interface Standing {
  readonly name: string;
  readonly at: number;
  readonly steps: Steps;
  readonly entry: JsonObject;
}

interface OpenScene {
  readonly key: string;
  readonly scene: DraftScene;
  readonly shots: DraftShot[];
  /** Lines that were told already. */
  readonly lines: Map<string, ToldLine>;
  /** Of the last case. */
  music: string;
}

/** The draft of a document. Nobody in it has a name: each entry of `people` is a person of their own. */
export function draftOfDocument(value: unknown, fitting: Fitting): ScriptDraft {
  const { cases, form, others } = casesOf(value, fitting);
  const persons: DraftPerson[] = [];
  const scenes: OpenScene[] = [];
  for (const { name, at, steps, entry } of cases) {
    const said = readCase(entry, steps, fitting);
    tellMissing(entry, caseKeys, steps, fitting);
    const scene = sceneFor(said, scenes);
    tellMusic(scene, said, [...steps, memberOf(entry, 'BGM').key], fitting);
    const people = listIn(entry, 'people', steps, fitting);
    const things = listIn(entry, 'objects', steps, fitting);
    const seen = people.entries.map((person) => readPersonIn(person, at, fitting));
    const objects = things.entries.map((thing) => readObjectIn(thing, fitting));
    persons.push(...seen.map(({ draft }) => draft));
    scene.shots.push({
      ...(said.description !== undefined && { action: said.description }),
      shotSize: commonSize([seen.map((person) => person.said.shotSize), objects.map(({ shotSize }) => shotSize)]),
      appearances: seen.map(({ appearance }) => appearance),
      objects: objects.map(({ object }) => object),
      elements: seen.flatMap((person) => elementsOf(person, scene.lines)),
      foreign: keep({
        ...{ source: { ...entry, ...people.emptied, ...things.emptied }, name, at },
        others: { people: people.others, objects: things.others },
      }),
    });
  }
  for (const { times, steps } of scenes.flatMap(({ lines }) => [...lines.values()]))
    if (times > 1)
      fitting.tell([...steps, 'Line'], `The same line stands with ${times} people of this scene: it is one event.`);
  return {
    persons,
    scenes: scenes.map(({ scene, shots }) => ({ ...scene, shots })),
    foreign: keep({ form, others: { cases: others } }),
  };
}

/** The scene of a case: the one before, where it has the same number and name. */
function sceneFor(said: SkyCase, scenes: OpenScene[]): OpenScene {
  const key = JSON.stringify([said.number, said.location]);
  const last = scenes.at(-1);
  if (last?.key === key) return last;
  const opened = { key, scene: sceneOf(said), shots: [], lines: new Map(), music: JSON.stringify(said.music) };
  scenes.push(opened);
  return opened;
}

function tellMusic(scene: OpenScene, { music }: SkyCase, steps: Steps, fitting: Fitting): void {
  const now = JSON.stringify(music);
  if (now !== scene.music)
    fitting.tell(steps, 'The music changes within the scene, which has the first; shots from here on keep theirs.');
  scene.music = now;
}

/** What somebody does in a case, and the line that they have, where it was not told before. */
function elementsOf({ appearance: { person }, said, steps }: ReadPerson, lines: Map<string, ToldLine>): DraftElement[] {
  const { line, action, expression } = said;
  const acts: DraftElement[] =
    action === undefined ? [] : [{ type: 'ACTION', person, action, expression, targets: [], foreign: keep({}) }];
  if (line === undefined) return acts;
  const told = lines.get(line);
  if (told) told.times++;
  else lines.set(line, { times: 1, steps });
  return told ? acts : [...acts, { type: 'LINE', person, dialogue: line, foreign: keep({ source: line }) }];
}

const isCase = (value: unknown): value is JsonObject =>
  isObject(value) && caseKeys.some((key) => keyIn(value, key) !== undefined);

/** The cases of a document, and what else stands among them. */
function casesOf(value: unknown, fitting: Fitting): { cases: Standing[]; form: Form; others: Other[] } {
  if (isCase(value)) return { cases: [{ name: 'Case_1', at: 0, steps: [], entry: value }], form: 'single', others: [] };
  const isList = Array.isArray(value);
  const members = isObject(value)
    ? Object.entries(value)
    : isList
      ? value.map((each, n) => [`Case_${n + 1}`, each] as const)
      : [];
  const cases: Standing[] = [];
  const others: Other[] = [];
  for (const [at, [name, entry]] of members.entries()) {
    const steps = [isList ? at : name];
    if (isCase(entry)) cases.push({ name, at, steps, entry });
    else {
      others.push([at, entry, name]);
      fitting.unread(steps, 'It is no case.');
    }
  }
  return { cases, form: isList ? 'list' : 'named', others };
}

const sceneOf = ({ number, location, music, description }: SkyCase): DraftScene => ({
  ...{ number, location, music, description, shots: [] },
  setting: readSetting(description),
});

function tellMissing(entry: JsonObject, keys: readonly string[], steps: Steps, fitting: Fitting): void {
  const missing = missingKeys(entry, keys);
  if (missing.length > 0)
    fitting.tell(steps, `${missing.join(', ')} ${missing.length > 1 ? 'are' : 'is'} missing: nothing is known of it.`);
}

interface Entry {
  readonly value: JsonObject;
  readonly at: number;
  readonly steps: Steps;
}

/** The objects of a list, and what else stands in it. `emptied` is the list without them. */
function listIn(entry: JsonObject, name: string, steps: Steps, fitting: Fitting) {
  const { key, value } = memberOf(entry, name);
  const entries: Entry[] = [];
  const others: Other[] = [];
  const list = Array.isArray(value) ? value : undefined;
  if (!list) {
    if (value !== undefined) fitting.unread([...steps, key], 'It should be a list.');
    return { entries, others, emptied: {} };
  }
  for (const [at, each] of list.entries()) {
    const inner = [...steps, key, at];
    if (isObject(each)) entries.push({ value: each, at, steps: inner });
    else {
      others.push([at, each]);
      fitting.unread(inner, 'It should be an object.');
    }
  }
  return { entries, others, emptied: { [key]: [] } };
}

interface ReadPerson {
  readonly said: SkyPerson;
  readonly draft: DraftPerson;
  readonly appearance: DraftAppearance;
  readonly steps: Steps;
}

function readPersonIn({ value, at, steps }: Entry, caseAt: number, fitting: Fitting): ReadPerson {
  const said = readPerson(value, steps, fitting);
  tellMissing(value, personKeys, steps, fitting);
  const { ageRange, gender, looks, temperament, expression, action, vad, foreground } = said;
  const label = `Case ${caseAt + 1} person ${at + 1}`;
  const draft: DraftPerson = { label, ageRange, gender, looks, temperament, provisional: true };
  const appearance: DraftAppearance = {
    ...{ person: label, expression, action, vad, foreground },
    foreign: keep({ source: value, at }),
  };
  return { said, draft, appearance, steps };
}

function readObjectIn({ value, at, steps }: Entry, fitting: Fitting) {
  const { name = 'object', description, foreground, shotSize } = readObject(value, steps, fitting);
  tellMissing(value, objectKeys, steps, fitting);
  const object: DraftObject = { name, description, foreground, foreign: keep({ source: value, at }) };
  return { object, shotSize };
}
