/** Texts of an object of JSON, read into fields of ours. */
import type { Fitting, JsonObject, Steps } from './fitting.js';
import { memberOf } from './keys.js';

/** The fields whose keys hold a text, under any spelling, that says something. */
export function textsIn<Field extends string>(
  object: JsonObject,
  fields: readonly (readonly [key: string, field: Field])[],
  steps: Steps,
  fitting: Fitting,
  saysSomething: (text: string, field: Field) => boolean = () => true,
): Partial<Record<Field, string>> {
  const found: Partial<Record<Field, string>> = {};
  for (const [name, field] of fields) {
    const { key, value } = memberOf(object, name);
    const text = fitting.take('text', value, [...steps, key]);
    if (text !== undefined && saysSomething(text, field)) found[field] = text;
  }
  return found;
}
