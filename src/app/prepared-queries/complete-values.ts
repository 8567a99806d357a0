import { GraphQLBoolean, GraphQLFloat, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString } from 'graphql';
import { type Container, isPromise, leave, type Put } from './completing.js';

/** Completes a scalar or enum. */
export function putLeaf(type: GraphQLLeafType): Put {
  const isPlain = plainValues.get(type);
  return (_run, value, into, key) => {
    if (isPlain?.(value)) {
      into[key] = value;
      return;
    }
    if (value instanceof Error) leave();
    const serialized: unknown = type.serialize(value);
    into[key] = serialized ?? leave();
  };
}

/** Values that a built-in scalar serializes to themselves. */
const plainValues = new Map<GraphQLLeafType, (value: unknown) => boolean>([
  [GraphQLString, (value) => typeof value === 'string'],
  [GraphQLID, (value) => typeof value === 'string'],
  [GraphQLInt, (value) => Number.isInteger(value) && Math.abs(value as number) < 2 ** 31],
  [GraphQLFloat, Number.isFinite],
  [GraphQLBoolean, (value) => typeof value === 'boolean'],
]);

/** Completes each entry of a list. */
export const putList =
  (putEntry: Put): Put =>
  (run, value, into, key) => {
    if (!Array.isArray(value)) return leave();
    const entries = new Array(value.length) as unknown as Container;
    into[key] = entries;
    // Promises first: if another entry ends the run, none is rejected with nobody there.
    for (const [n, entry] of value.entries()) if (isPromise(entry)) run.later(entry, putEntry, entries, n);
    for (const [n, entry] of value.entries()) if (!isPromise(entry)) putEntry(run, entry, entries, n);
  };
