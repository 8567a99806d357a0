/** Checks plain values against the shape of the nouns. */
import { isScalar } from './scalars.js';
import { shape } from './shape.generated.js';
import type { FieldShape } from './shape.js';
import { isWhole } from './shape-fit.js';

/** Where a value stands; put into words only when something is wrong there, since that is rare. */
interface Place {
  readonly in?: Place;
  readonly name: string;
  readonly index?: number;
}

const inWords = ({ in: outer, name, index }: Place): string =>
  `${outer ? `${inWords(outer)}.` : ''}${name}${index === undefined ? '' : `[${index}]`}`;

const fieldsOf = new Map(Object.entries(shape).map(([type, fields]) => [type, Object.entries(fields)]));

/** What in a value does not fit a type of the shape, as `path: what`; `index` where it stands in a list. */
export function objectProblems(value: unknown, type: string, name: string, index?: number): string[] {
  const found: string[] = [];
  if (!isWhole(value, type)) checkObject(value, type, { name, index }, found);
  return found;
}

/** What does not fit in the value of one field, as `path: what`. */
export function fieldProblems(value: unknown, field: FieldShape, name: string): string[] {
  const found: string[] = [];
  checkField(value, field, name, undefined, found);
  return found;
}

function checkObject(value: unknown, type: string, place: Place, found: string[]): void {
  const fields = fieldsOf.get(type) ?? [];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    found.push(`${inWords(place)}: is not an object`);
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  let held = 0;
  for (const [name, field] of fields) {
    const inner = record[name];
    if (name === 'kind' && inner !== type)
      found.push(`${inWords(place)}.kind: is ${JSON.stringify(inner)}, not "${type}"`);
    checkField(inner, field, name, place, found);
    if (Object.hasOwn(record, name)) held++;
  }
  const names = Object.keys(record);
  if (names.length === held) return;
  for (const name of names)
    if (!Object.hasOwn(shape[type] ?? {}, name)) found.push(`${inWords(place)}.${name}: is not a field of ${type}`);
}

function checkField(value: unknown, field: FieldShape, name: string, owner: Place | undefined, found: string[]): void {
  if (value === undefined) {
    if (!field.optional) found.push(`${inWords({ in: owner, name })}: is missing`);
  } else if (!field.list) checkValue(value, field, name, undefined, owner, found);
  else if (!Array.isArray(value)) found.push(`${inWords({ in: owner, name })}: is not a list`);
  else for (let index = 0; index < value.length; index++) checkValue(value[index], field, name, index, owner, found);
}

function checkValue(
  value: unknown,
  { type, words, range }: FieldShape,
  name: string,
  index: number | undefined,
  owner: Place | undefined,
  found: string[],
): void {
  if (words) {
    if (!words.includes(value as string))
      found.push(`${inWords({ in: owner, name, index })}: is not one of ${words.join(', ')}`);
  } else if (fieldsOf.has(type)) checkObject(value, type, { in: owner, name, index }, found);
  else if (!isScalar(value, type)) found.push(`${inWords({ in: owner, name, index })}: is not of type ${type}`);
  else if (range && ((value as number) < range[0] || (value as number) > range[1]))
    found.push(`${inWords({ in: owner, name, index })}: ${value} is outside ${range[0]}…${range[1]}`);
}
