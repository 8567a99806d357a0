/** Writes entries of SkyScript's JSON: what was read comes out as it was; what says something else now is written anew. */
import type { ShotSize } from '../../../schema/enums.js';
import type { Music } from '../../../schema/scene.js';
import type { Vad } from '../../../schema/vad.js';
import type { JsonObject } from '../json-script/fitting.js';
import { keyIn } from '../json-script/keys.js';
import {
  axes,
  outside,
  personTexts,
  readCase,
  readObject,
  readPerson,
  type SkyCase,
  type SkyObject,
  type SkyPerson,
} from './fields.js';
import { sayFraming } from './framing.js';
import type { Other } from './kept.js';

/** A member that an entry should have: what it said then, what it says now, and how that is written. */
interface Member<Value> {
  readonly key: string;
  readonly then: Value | undefined;
  readonly now: Value | undefined;
  readonly write: (value: Value) => unknown;
}

const member = <Value>(
  key: string,
  then: Value | undefined,
  now: Value | undefined,
  write: (value: Value) => unknown = (value) => value,
): Member<unknown> => ({ key, then, now, write: (value) => write(value as Value) });

function overlay(source: JsonObject, members: readonly Member<unknown>[]): JsonObject {
  const changed = members.filter(({ then, now }) => JSON.stringify(then) !== JSON.stringify(now));
  const values = new Map(Object.entries(source));
  for (const { key, now, write } of changed) {
    const own = keyIn(source, key) ?? key;
    if (now === undefined) values.delete(own);
    else values.set(own, write(now));
  }
  return Object.fromEntries(values);
}

export function writePerson(source: JsonObject | undefined, now: SkyPerson): JsonObject {
  const then = source ? readPerson(source) : {};
  const texts = personTexts.map(([key, field]) => member(key, then[field], now[field]));
  const felt = member('Continuous Emotion', then.vad, now.vad, writeVad);
  const line = texts.length - 1;
  return overlay(source ?? { object: 'person' }, [
    ...[...texts.slice(0, line - 1), felt, ...texts.slice(line - 1, line)],
    ...[framing(then, now), ...texts.slice(line)],
  ]);
}

export function writeObject(source: JsonObject | undefined, now: SkyObject): JsonObject {
  const then = source ? readObject(source) : {};
  // What has no name was given one.
  const name = source && then.name === undefined && now.name === 'object' ? undefined : now.name;
  return overlay(source ?? {}, [
    member('object', then.name, name),
    member('Description', then.description, now.description),
    framing(then, now),
  ]);
}

export function writeCase(source: JsonObject | undefined, now: SkyCase): JsonObject {
  const then = source ? readCase(source) : {};
  const sceneOf = ({ number, location }: SkyCase) => ({ number, location });
  return overlay(source ?? { Scene: ['', ''], BGM: ['False'], 'Scene Description': '' }, [
    member('Scene', source && sceneOf(then), sceneOf(now), ({ number = '', location = '' }) => [number, location]),
    member('BGM', then.music, now.music, writeMusic),
    member('Scene Description', then.description, now.description),
  ]);
}

const writeMusic = ({ genre, mood, tempo }: Music) => ['True', genre ?? '', mood ?? '', tempo ?? ''];

const writeVad = (vad: Vad) => Object.fromEntries(axes.map(([key, axis]) => [key, outside(vad[axis])]));

interface Framed {
  readonly foreground?: boolean;
  readonly shotSize?: ShotSize;
}

const framing = (then: Framed, now: Framed) => {
  const said = ({ foreground, shotSize }: Framed) => sayFraming(foreground, shotSize);
  return member('Shot Type', said(then), said(now));
};

/** Entries that were read, where they stood, with what stood between them; then the others. */
export function placed<Value>(
  entries: readonly { readonly at: number | undefined; readonly value: Value }[],
  others: readonly Other[],
): unknown[] {
  const known = entries.filter(({ at }) => at !== undefined).toSorted((a, b) => (a.at ?? 0) - (b.at ?? 0));
  const list: unknown[] = known.map(({ value }) => value);
  for (const [at, value] of others) list.splice(Math.min(at, list.length), 0, value);
  return [...list, ...entries.filter(({ at }) => at === undefined).map(({ value }) => value)];
}
