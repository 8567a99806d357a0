/** The plain value of a tree, and what a plain value cannot hold. */
import { type JsonMember, type JsonScalar, type JsonTree, leavesOf, stepInto } from './json-tree.js';

export interface Unheld {
  /** Offset in the tree's text. */
  readonly at: number;
  readonly path: string;
  readonly reason: string;
  readonly was: readonly JsonScalar[];
  readonly now?: readonly JsonScalar[];
}

/**
 * The value of a tree; `tell` hears what it cannot hold: all but the last of a key's values, numbers with more digits
 * than a double has, and words for numbers that are none (where `isBare` says that nobody put them in quotes).
 */
export function plainValue(
  tree: JsonTree,
  text: string,
  isBare: (at: number) => boolean,
  tell: (unheld: Unheld) => void,
): unknown {
  const visit = (inner: JsonTree, path: string): unknown => {
    switch (inner.type) {
      case 'object':
        return plainObject(inner.members, path);
      case 'array':
        return inner.values.map((value, index) => visit(value, stepInto(path, index)));
      case 'scalar':
        return plainScalar(inner.value, inner, path);
      default:
        return inner satisfies never;
    }
  };
  const plainObject = (members: readonly JsonMember[], path: string) => {
    const lastOf = new Map(members.map(({ key }, index) => [key, index]));
    const held: Record<string, unknown> = {};
    for (const [index, { key, keyAt, value }] of members.entries()) {
      const inner = visit(value, stepInto(path, key));
      if (lastOf.get(key) !== index)
        tell({
          ...{ at: keyAt, path: stepInto(path, key), was: leavesOf(inner) },
          reason: `The key ${JSON.stringify(key)} stands here more than once: the last value is taken, this one was ${shortened(inner)}.`,
        });
      // A key such as __proto__ must become a field like any other.
      else Object.defineProperty(held, key, { value: inner, enumerable: true, writable: true, configurable: true });
    }
    return held;
  };
  const plainScalar = (value: JsonScalar, { at, end }: JsonTree, path: string): JsonScalar => {
    if (typeof value === 'number') {
      const written = text.slice(at, end);
      if (sameNumber(written, value)) return value === 0 ? 0 : value;
      const now = Number.isFinite(value) ? value : null;
      tell({
        at,
        path,
        was: [written],
        now: [now],
        reason: `The number ${written} is read as ${now}, which is as near as numbers go here.`,
      });
      return now;
    }
    if (typeof value === 'string' && /^[-+]?(?:NaN|Infinity)$/i.test(value) && isBare(at)) {
      tell({ at, path, was: [value], now: [null], reason: `${value} is no number: read as null.` });
      return null;
    }
    return value;
  };
  return visit(tree, '$');
}

const shortened = (value: unknown) => {
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
};

/** Whether a number is what was written, digit for digit. */
function sameNumber(written: string, value: number): boolean {
  if (written.length < 16 && Number.isFinite(value)) return true;
  return Number.isFinite(value) && digitsOf(written) === digitsOf(String(value));
}

/** A decimal as its digits without zeros around them, and the power of ten that they begin with. */
function digitsOf(decimal: string): string {
  const [mantissa = '', exponent = '0'] = decimal.toLowerCase().split('e');
  const [whole = '', fraction = ''] = mantissa.replace('-', '').split('.');
  const digits = `${whole}${fraction}`;
  const leading = /^0*/.exec(digits)?.[0].length ?? 0;
  const significant = digits.slice(leading).replace(/0+$/, '');
  return significant === '' ? '0' : `${significant}e${Number(exponent) + whole.length - leading}`;
}
