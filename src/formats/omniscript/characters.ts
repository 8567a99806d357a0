/** Characters of OmniScript's JSON: those it lists, and who acts in an event. */
import { type Fitting, isObject, type JsonObject, type Steps } from '../json-script/fitting.js';
import { memberOf } from '../json-script/keys.js';
import { textsIn } from '../json-script/texts.js';
import { isJoint, jointSpeakers } from '../script/joint-cues.js';
import type { DraftElement, DraftPerson, DraftScene } from '../script/script-draft.js';
import { readSpeaker } from '../speaker.js';
import { keep } from './kept.js';

/** Reads characters, by name or as objects with a name; the second of one name is none. */
export function personReader() {
  const seen = new Set<string>();
  return (value: unknown, at: number, steps: Steps, fitting: Fitting): DraftPerson | undefined => {
    const profile = isObject(value) ? value : undefined;
    const given = profile ? memberOf(profile, 'name') : { value };
    const label = meant(fitting.take('text', given.value, steps));
    if (label === undefined || seen.has(label)) return undefined;
    seen.add(label);
    const isPlain = !/[()（）]/u.test(label) || readSpeaker(label)?.voiceType !== undefined;
    return {
      ...{ label, name: (isPlain ? readSpeaker(label)?.name : undefined) ?? label },
      ...(profile && profileOf(profile, steps, fitting)),
      foreign: keep({ source: value, at }),
    };
  };
}

const profileFields = [
  ['gender', 'gender'],
  ['age', 'ageRange'],
  ['description', 'description'],
] as const;

function profileOf(profile: JsonObject, steps: Steps, fitting: Fitting): Partial<DraftPerson> {
  const { key, value } = memberOf(profile, 'aliases');
  const aliases = Array.isArray(value)
    ? value.flatMap((alias, n) => fitting.take('text', alias, [...steps, key, n]) ?? [])
    : [];
  return { ...textsIn(profile, profileFields, steps, fitting, isMeant), ...(aliases.length > 0 && { aliases }) };
}

/** Who acts: by one name, or by a list of names. */
export function readPersons(value: unknown, steps: Steps, fitting: Fitting): string[] {
  const isList = Array.isArray(value) && value.length > 0;
  if (isList) fitting.tell(steps, 'It should be one name; each of the list was taken for one.');
  const names = (isList ? value : [value]).flatMap(
    (name: unknown, n) => meant(fitting.take('text', name, isList ? [...steps, n] : steps)) ?? [],
  );
  return [...new Set(names)];
}

/** Makes an event of several one of each, unless they are listed as one character. */
export function jointSplitter(persons: readonly DraftPerson[], scenes: readonly DraftScene[]) {
  const listed = new Set(persons.map(({ label }) => label));
  const tags = scenes.flatMap(({ shots }) =>
    shots.flatMap(({ elements }) => elements.flatMap(({ person }) => person ?? [])),
  );
  const alone = new Set([...listed, ...tags].flatMap((tag) => (isJoint(tag) ? [] : (readSpeaker(tag)?.key ?? []))));
  return (element: DraftElement): DraftElement[] => {
    const { person } = element;
    const isOne = typeof person !== 'string' || listed.has(person);
    const speakers = isOne ? undefined : jointSpeakers(person, (key) => alone.has(key));
    return speakers ? speakers.map((each) => ({ ...element, person: each })) : [element];
  };
}

/** Models write that there is nothing where there is nothing to write. */
export const isMeant = (text: string): boolean => !/^\s*(?:none|n\/a|null|nil|无|無)\s*$/iu.test(text);

const meant = (text: string | undefined): string | undefined =>
  text !== undefined && isMeant(text) ? text : undefined;
