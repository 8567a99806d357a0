/**
 * Whether objects are whole, found by functions that are made of the shape once: a film has thousands of nodes, and
 * nearly all are. What is wrong with one that is not, `shape-check.ts` says.
 */
import { isScalar } from './scalars.js';
import { shape } from './shape.generated.js';
import type { FieldShape } from './shape.js';

type Fits = (value: unknown) => boolean;

const typeFits = new Map<string, Fits>();
for (const [type, fields] of Object.entries(shape)) typeFits.set(type, objectFits(type, fields));

/** True only where nothing is wrong with an object of a type; false where that has to be looked into. */
export const isWhole = (value: unknown, type: string): boolean => typeFits.get(type)?.(value) === true;

/** Looks only at the fields that are there, which are few of all that a noun may have. */
function objectFits(type: string, shaped: Readonly<Record<string, FieldShape>>): Fits {
  const fields = Object.entries(shaped);
  const required = fields.filter(([, { optional }]) => !optional).length;
  const checks = new Map(
    fields.map(([name, field]) => [
      name,
      {
        isRequired: field.optional !== true,
        fits: name === 'kind' ? (value: unknown) => value === type : fieldFits(field),
      },
    ]),
  );
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
    let found = 0;
    for (const name in value) {
      const check = checks.get(name);
      if (!check?.fits((value as Readonly<Record<string, unknown>>)[name])) return false;
      if (check.isRequired) found++;
    }
    return found === required;
  };
}

function fieldFits(field: FieldShape): Fits {
  const fits = oneFits(field);
  if (!field.list) return fits;
  return (value) => {
    if (!Array.isArray(value)) return false;
    for (let n = 0; n < value.length; n++) if (!fits(value[n])) return false;
    return true;
  };
}

function oneFits({ type, words, range }: FieldShape): Fits {
  if (words) {
    const known = new Set<unknown>(words);
    return (value) => known.has(value);
  }
  if (Object.hasOwn(shape, type)) return (value) => isWhole(value, type);
  if (!range) return (value) => isScalar(value, type);
  const [least, most] = range;
  return (value) => isScalar(value, type) && (value as number) >= least && (value as number) <= most;
}
