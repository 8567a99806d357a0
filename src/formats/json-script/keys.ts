/** Members of objects of JSON, however their keys are spelled. */
import type { JsonObject } from './fitting.js';

const normal = (key: string) => key.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** The object's own spelling of a key: `audio_cue`, `audioCue`, `Audio Cue`; undefined where it has none. */
export function keyIn(object: JsonObject, key: string): string | undefined {
  if (Object.hasOwn(object, key)) return key;
  const wanted = normal(key);
  return Object.keys(object).find((other) => normal(other) === wanted);
}

/** A member of an object under any spelling of its key. */
export function memberOf(object: JsonObject, key: string): { readonly key: string; readonly value: unknown } {
  const own = keyIn(object, key) ?? key;
  return { key: own, value: object[own] };
}
