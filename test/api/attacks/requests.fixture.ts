/** Requests made from the schema itself: any field with its arguments, filled in down to the leaves of their inputs. */
import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLLeafType,
  getNamedType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
} from 'graphql';

/** Names from an argument inwards. */
export type Path = readonly string[];

export interface Filling {
  /** Whether an input at this path that may be left out is filled in, too. */
  enters(path: Path): boolean;
  /** A value for a leaf, or for a list of them; undefined where it is better left out. */
  leaf(type: GraphQLLeafType, path: Path, isNeeded: boolean): unknown;
}

/** Asks for a field with all of its arguments that the filling has a value for. `wayTo` puts the field where it belongs. */
export function requestOf(
  operation: 'query' | 'mutation' | 'subscription',
  { name, args, type }: Pick<GraphQLField<unknown, unknown>, 'name' | 'args' | 'type'>,
  filling: Filling,
  wayTo: (field: string) => string = (field) => field,
): { readonly query: string; readonly variables: Record<string, unknown> } {
  const given = args.flatMap((arg) => {
    const value = fillIn(arg.type, [arg.name], filling);
    return value === undefined ? [] : [{ ...arg, value }];
  });
  const declared = given.map((arg) => `$${arg.name}: ${arg.type}`).join(', ');
  const passed = given.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const field = `${name}${passed && `(${passed})`} ${selectionOf(type)}`;
  return {
    query: `${operation}${declared && ` (${declared})`} { ${wayTo(field)} }`,
    variables: Object.fromEntries(given.map((arg) => [arg.name, arg.value])),
  };
}

function selectionOf(type: GraphQLField<unknown, unknown>['type']): string {
  const named = getNamedType(type);
  if (isLeafType(named)) return '';
  return named.name.endsWith('Connection') ? '{ nodes { __typename } pageInfo { endCursor } }' : '{ __typename }';
}

function fillIn(type: GraphQLInputType, path: Path, filling: Filling, isNeeded = false): unknown {
  if (isNonNullType(type)) return fillIn(type.ofType, path, filling, true) ?? lacking(path);
  if (isListType(type)) {
    const one = fillIn(isNonNullType(type.ofType) ? type.ofType.ofType : type.ofType, path, filling, isNeeded);
    return one === undefined || Array.isArray(one) ? one : [one];
  }
  if (!isInputObjectType(type)) return filling.leaf(type, path, isNeeded);
  if (!isNeeded && !filling.enters(path)) return undefined;
  const fields = Object.values(type.getFields()).map((field) => [
    field.name,
    fillIn(field.type, [...path, field.name], filling),
  ]);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function lacking(path: Path): never {
  throw new Error(`What is a plausible ${path.join('.')}?`);
}
