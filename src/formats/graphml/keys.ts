/** Keys of GraphML: what is said of nodes and edges, each with a name and a type. */
import { shape } from '../../../schema/shape.generated.js';
import { isSayable } from '../safe-xml.js';

/** JSON stands for what GraphML has no type for: lists, objects, and texts with characters that XML cannot hold. */
export type KeyType = 'string' | 'int' | 'double' | 'boolean' | 'json';

export interface Datum {
  /** Names the field and how its value is written: `startMs.int`. */
  readonly key: string;
  readonly text: string;
}

/** A field's value as data. */
export function datumOf(kind: string, field: string, value: unknown): Datum {
  switch (typeof value) {
    case 'string':
      return isSayable(value) ? { key: `${field}.string`, text: value } : { key: `${field}.json`, text: json(value) };
    case 'number':
      return { key: `${field}.${shape[kind]?.[field]?.type === 'Int' ? 'int' : 'double'}`, text: String(value) };
    case 'boolean':
      return { key: `${field}.boolean`, text: String(value) };
    default:
      return { key: `${field}.json`, text: json(value) };
  }
}

/** JSON that any XML document can hold. */
const json = (value: unknown): string =>
  (JSON.stringify(value) ?? 'null').replaceAll(
    /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The field that a key names, and how its values are written. */
export function partsOf(key: string): { readonly field: string; readonly type: KeyType } | undefined {
  const [, field, type] = /^(.+)\.(string|int|double|boolean|json)$/.exec(key) ?? [];
  return field === undefined ? undefined : { field, type: type as KeyType };
}

/** The value of a datum; undefined where the text is none of its type. */
export function readDatum(text: string, type: KeyType): unknown {
  switch (type) {
    case 'string':
      return text;
    case 'int':
    case 'double':
      return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
    case 'boolean':
      return text.trim() === 'true' ? true : text.trim() === 'false' ? false : undefined;
    case 'json':
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return undefined;
      }
  }
}
