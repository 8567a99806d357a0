/** What SkyScript's JSON says of a case, a person and an object in it, and how it is said. */
import type { ShotSize } from '../../../schema/enums.js';
import type { Music } from '../../../schema/scene.js';
import type { Vad } from '../../../schema/vad.js';
import { Fitting, isObject, type JsonObject, type Steps } from '../json-script/fitting.js';
import { memberOf } from '../json-script/keys.js';
import { textsIn } from '../json-script/texts.js';
import { known } from '../script/nodes.js';
import { readFraming } from './framing.js';

/** Every field of an entry of `people`, in the order in which they are written. */
export const personKeys = [
  ...['object', 'Age', 'Gender', 'Looks', 'Emotion', 'Actions', 'Continuous Emotion', 'Temperament'],
  ...['Facial Attractiveness', 'Shot Type', 'Line'],
] as const;
export const objectKeys = ['object', 'Description', 'Shot Type'] as const;
export const caseKeys = ['Scene', 'BGM', 'Scene Description', 'people', 'objects'] as const;

/** Texts of a person, by key. */
export const personTexts = [
  ['Age', 'ageRange'],
  ['Gender', 'gender'],
  ['Looks', 'looks'],
  ['Emotion', 'expression'],
  ['Actions', 'action'],
  ['Temperament', 'temperament'],
  ['Line', 'line'],
] as const;

export interface SkyPerson extends Partial<Record<(typeof personTexts)[number][1], string>> {
  readonly vad?: Vad;
  readonly foreground?: boolean;
  readonly shotSize?: ShotSize;
}

export interface SkyObject {
  readonly name?: string;
  readonly description?: string;
  readonly foreground?: boolean;
  readonly shotSize?: ShotSize;
}

/** What a case says without its people and objects. */
export interface SkyCase {
  readonly number?: string;
  readonly location?: string;
  readonly music?: Music;
  readonly description?: string;
}

export const axes = [
  ['Valence (V)', 'valence'],
  ['Arousal (A)', 'arousal'],
  ['Dominance (D)', 'dominance'],
] as const;

export function readPerson(entry: JsonObject, steps: Steps = [], fitting = new Fitting()): SkyPerson {
  const { key, value } = memberOf(entry, 'Continuous Emotion');
  const rated = memberOf(entry, 'Facial Attractiveness');
  // It is kept apart and read by nobody; only its type is looked at.
  fitting.take('number', rated.value, [...steps, rated.key]);
  return known({
    ...textsIn(entry, personTexts, steps, fitting),
    vad: readVad(value, [...steps, key], fitting),
    ...readFraming(entry, steps, fitting),
  });
}

export function readObject(entry: JsonObject, steps: Steps = [], fitting = new Fitting()): SkyObject {
  const fields = [
    ['object', 'name'],
    ['Description', 'description'],
  ] as const;
  return { ...textsIn(entry, fields, steps, fitting), ...readFraming(entry, steps, fitting) };
}

export function readCase(entry: JsonObject, steps: Steps = [], fitting = new Fitting()): SkyCase {
  const { key, value } = memberOf(entry, 'Scene');
  const stepsOf = [...steps, key];
  const [number, location] = Array.isArray(value)
    ? [0, 1].map((n) => fitting.take('text', value[n], [...stepsOf, n]))
    : [undefined, fitting.take('text', value, stepsOf)];
  if (value !== undefined && !(Array.isArray(value) && value.length === 2))
    fitting.tell(stepsOf, 'A scene is a number and a name.');
  const { description } = textsIn(entry, [['Scene Description', 'description']] as const, steps, fitting);
  return known({ number, location, music: readMusic(entry, steps, fitting), description });
}

/** `["True", genre, mood, tempo]`; `["False"]` where there is no music. */
function readMusic(entry: JsonObject, steps: Steps, fitting: Fitting): Music | undefined {
  const { key, value } = memberOf(entry, 'BGM');
  if (value === undefined || value === null || value === '') return undefined;
  if (!Array.isArray(value)) {
    fitting.unread([...steps, key], 'Music is a list: whether there is any, its genre, mood and tempo.');
    return undefined;
  }
  const [isThere, genre, mood, tempo] = value.map((each, n) => fitting.take('text', each, [...steps, key, n]));
  if (!/^\s*(?:true|yes|1)\s*$/i.test(isThere ?? '')) return undefined;
  return known({ genre, mood, tempo });
}

/** 1 … 10 as −1 … 1. */
function readVad(value: unknown, steps: Steps, fitting: Fitting): Vad | undefined {
  const felt = fitting.take('object', value, steps);
  if (!felt) return undefined;
  const [valence, arousal, dominance] = axes.map(([long, short]) => {
    const { key, value: given } = [long, short]
      .map((name) => memberOf(felt, name))
      .find((one) => one.value !== undefined) ?? {
      key: long,
      value: undefined,
    };
    const score = fitting.take('number', given, [...steps, key]);
    if (score === undefined || (score >= 1 && score <= 10)) return score;
    fitting.unread([...steps, key], `It should be 1 to 10, not ${score}.`);
    return undefined;
  });
  if (valence === undefined || arousal === undefined || dominance === undefined) {
    if (Object.keys(felt).length > 0) fitting.unread(steps, 'Valence, arousal and dominance go together.');
    return undefined;
  }
  return { valence: inside(valence), arousal: inside(arousal), dominance: inside(dominance) };
}

const inside = (score: number): number => Number(((score - 5.5) / 4.5).toFixed(6));
/** −1 … 1 as 1 … 10, in thousandths. */
export const outside = (value: number): number => Math.round((value * 4.5 + 5.5) * 1000) / 1000;

/** Descriptions begin with `Indoors` or `Outdoors`. */
export const readSetting = (description: string | undefined) =>
  /^\W*indoors?\b/i.test(description ?? '') ? 'INT' : /^\W*outdoors?\b/i.test(description ?? '') ? 'EXT' : undefined;

/** The keys of a list that an entry lacks or leaves empty. */
export const missingKeys = (entry: JsonObject, keys: readonly string[]): string[] =>
  keys.filter((name) => {
    const { value } = memberOf(entry, name);
    return (
      value === undefined || value === null || value === '' || (isObject(value) && Object.keys(value).length === 0)
    );
  });
