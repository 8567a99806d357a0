/** Writes a narrative as SkyScript's JSON: a case a shot. What was read from such JSON comes out as it was. */
import type { Narrative } from '../../../schema/narrative.js';
import type { Written } from '../format.js';
import type { JsonObject } from '../json-script/fitting.js';
import { keyIn } from '../json-script/keys.js';
import { layOut } from '../json-script/layout.js';
import { draftOf } from '../script/draft-of.js';
import { droppedForeign } from '../script/dropped-foreign.js';
import { known } from '../script/nodes.js';
import type { DraftAppearance, DraftPerson, DraftScene, DraftShot } from '../script/script-draft.js';
import { doings } from './doings.js';
import { placed, writeCase, writeObject, writePerson } from './entry.js';
import { readCase, readObject, readPerson, type SkyCase, type SkyPerson } from './fields.js';
import { commonSize } from './framing.js';
import { keptOf, sourceOf } from './kept.js';
import { lossesOf } from './losses.js';

export function writeSkyScript(narrative: Narrative): Written {
  const { draft, dropped } = draftOf(narrative);
  const { form = 'named', indent = 4, end = '\n', lineEnd, others } = keptOf(draft) ?? {};
  const persons = new Map((draft.persons ?? []).map((person) => [person.label, person]));
  const cases = draft.scenes.flatMap((scene, n) => casesOf(scene, n, persons));
  const document = documentOf(cases, form, others?.cases ?? []);
  return {
    text: layOut(document, { indent, end, lineEnd }),
    dropped: [...dropped, ...droppedForeign(narrative, ['skyscript', 'screenplay'], 'SkyScript'), ...lossesOf(draft)],
  };
}

interface NamedCase {
  readonly name: string | undefined;
  readonly value: JsonObject;
}

function documentOf(
  cases: readonly NamedCase[],
  form: 'named' | 'list' | 'single',
  others: readonly (readonly [at: number, value: unknown, name?: string])[],
): unknown {
  const [only] = cases;
  if (form === 'single' && only && cases.length === 1) return only.value;
  const taken = new Set([...cases.map(({ name }) => name), ...others.map(([, , name]) => name)]);
  let free = 1;
  const freeName = () => {
    while (taken.has(`Case_${free}`)) free++;
    taken.add(`Case_${free}`);
    return `Case_${free}`;
  };
  const members: [string, unknown][] = cases.map(({ name, value }) => [name ?? freeName(), value]);
  for (const [at, value, name] of others) members.splice(Math.min(at, members.length), 0, [name ?? freeName(), value]);
  return form === 'list' ? members.map(([, value]) => value) : Object.fromEntries(members);
}

function casesOf(scene: DraftScene, n: number, persons: ReadonlyMap<string, DraftPerson>): NamedCase[] {
  const sources = scene.shots.map(sourceOf);
  const opened = sources.find((source) => source !== undefined);
  const then = opened && readCase(opened);
  /** What became of the lines that were read, by what they were. */
  const lines = new Map(
    scene.shots
      .flatMap(({ elements }) => elements)
      .flatMap((element) => {
        const line = keptOf(element)?.source;
        return typeof line === 'string' ? [[line, element.dialogue] as const] : [];
      }),
  );
  return scene.shots.map((shot, m) => {
    const source = sources[m];
    const said = source && readCase(source);
    const now = known<SkyCase>({
      ...placeOf(scene, n, said, then),
      music: said && !isSame(said.music, then?.music) ? said.music : scene.music,
      description: describe(scene, shot, m, then),
    });
    const kept = keptOf(shot);
    const whole = writeCase(source, now);
    const people = placed(writePeople(shot, persons, lines), kept?.others?.people ?? []);
    const objects = placed(writeObjects(shot), kept?.others?.objects ?? []);
    return { name: kept?.name, value: withLists(whole, { people, objects }, source !== undefined) };
  });
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Number and name of the scene: as the case gave them, unless the scene says something else now. */
function placeOf(scene: DraftScene, n: number, said: SkyCase | undefined, then: SkyCase | undefined): SkyCase {
  const { number, location } = scene;
  if (said && then && number === then.number && location === then.location) return said;
  return { number: number ?? String(n + 1), ...(location !== undefined && { location }) };
}

function describe(scene: DraftScene, shot: DraftShot, m: number, then: SkyCase | undefined): string | undefined {
  if (m > 0 || scene.description === undefined) return shot.action;
  const isEdited = then !== undefined && scene.description !== then.description && shot.action === then.description;
  return isEdited ? scene.description : (shot.action ?? (then ? undefined : scene.description));
}

/** A case that was read without a list, or with something else in its place, stays as it was while the list is empty. */
function withLists(
  whole: JsonObject,
  lists: Readonly<Record<string, readonly unknown[]>>,
  isRead: boolean,
): JsonObject {
  const values = new Map(Object.entries(whole));
  for (const [name, list] of Object.entries(lists)) {
    const key = keyIn(whole, name) ?? name;
    if (list.length > 0 || !isRead || Array.isArray(whole[key])) values.set(key, list);
  }
  return Object.fromEntries(values);
}

function writePeople(
  shot: DraftShot,
  persons: ReadonlyMap<string, DraftPerson>,
  lines: ReadonlyMap<string, string | undefined>,
) {
  const appearances = shot.appearances ?? [];
  const seen = new Set(appearances.map(({ person }) => person));
  const heard = [
    ...new Set(
      shot.elements.flatMap(({ type, person }) => ((type === 'LINE' || type === 'ACTION') && person ? [person] : [])),
    ),
  ];
  const entries: DraftAppearance[] = [
    ...appearances,
    ...heard.filter((label) => !seen.has(label)).map((person) => ({ person })),
  ];
  const then = sizeThen(shot);
  const told = new Set<string>();
  return entries.map((appearance) => {
    const { person: label } = appearance;
    const own = told.has(label) ? [] : shot.elements.filter(({ person }) => person === label);
    told.add(label);
    const source = sourceOf(appearance);
    const said = source && readPerson(source);
    const { ageRange, gender, looks, temperament } = persons.get(label) ?? {};
    const { vad, foreground } = appearance;
    const now = known({
      ...{ ageRange, gender, looks, temperament, vad, foreground },
      ...doings(appearance, own, said, lines),
      shotSize: said && said.shotSize !== then ? said.shotSize : shot.shotSize,
    }) as SkyPerson;
    return { at: keptOf(appearance)?.at, value: writePerson(source, now) };
  });
}

/** What the case's people and objects said that the shot's size is. */
function sizeThen({ appearances = [], objects = [] }: DraftShot) {
  const sizes = (
    nodes: readonly { readonly foreign?: JsonObject | undefined }[],
    read: (source: JsonObject) => SkyPerson | ReturnType<typeof readObject>,
  ) =>
    nodes.map((node) => {
      const source = sourceOf(node);
      return source && read(source).shotSize;
    });
  return commonSize([
    sizes(appearances, (source) => readPerson(source)),
    sizes(objects, (source) => readObject(source)),
  ]);
}

function writeObjects(shot: DraftShot) {
  const then = sizeThen(shot);
  return (shot.objects ?? []).map((object) => {
    const source = sourceOf(object);
    const said = source && readObject(source);
    const { name, description, foreground } = object;
    const shotSize = said && said.shotSize !== then ? said.shotSize : shot.shotSize;
    return { at: keptOf(object)?.at, value: writeObject(source, known({ name, description, foreground, shotSize })) };
  });
}
