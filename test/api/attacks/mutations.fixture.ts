/** Every mutation and query of the schema, asked with arguments that fit: new ones are attacked as soon as they exist. */
import {
  type GraphQLArgument,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isScalarType,
} from 'graphql';
import { buildApiSchema } from '../../../resolvers/schema.js';

const schema = buildApiSchema();

/** Those that take an admin; all others take an editor. Somebody who adds one decides here too. */
const admins = ['cancelJob', 'deleteEpisode'];

export const mutationsOf = () =>
  Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({
    name: field.name,
    ...requestOf('mutation', field, () => 'nobody'),
    needs: admins.includes(field.name) ? ('admin' as const) : ('editor' as const),
  }));

/** Every root field that takes a string anywhere, asked with this text in all places that take one. */
export const stringTakersOf = (text: string) =>
  [schema.getQueryType(), schema.getMutationType()].flatMap((root) =>
    Object.values(root?.getFields() ?? {})
      .filter((field) => field.args.some(({ type }) => takesString(type)))
      .map((field) => ({
        name: field.name,
        ...requestOf(root === schema.getQueryType() ? 'query' : 'mutation', field, () => text),
      })),
  );

function requestOf(
  operation: 'query' | 'mutation',
  field: { readonly name: string; readonly args: readonly GraphQLArgument[]; readonly type: unknown },
  text: () => string,
) {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const isLeaf = isLeafType(getNamedType(field.type as never));
  const args = field.args.length > 0 ? [`(${declared})`, `(${passed})`] : ['', ''];
  return {
    query: `${operation} ${args[0]} { ${field.name}${args[1]} ${isLeaf ? '' : '{ __typename }'} }`,
    variables: Object.fromEntries(field.args.map(({ name, type }) => [name, fillIn(type, text)])),
  };
}

function fillIn(type: GraphQLInputType, text: () => string): unknown {
  if (isNonNullType(type)) return fillIn(type.ofType, text);
  if (isListType(type)) return [fillIn(type.ofType, text)];
  if (isInputObjectType(type))
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, fillIn(field.type, text)]));
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isScalarType(type))
    switch (type.name) {
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return true;
      default:
        return text();
    }
  return undefined;
}

function takesString(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  if (isInputObjectType(named)) return Object.values(named.getFields()).some((field) => takesString(field.type));
  return isScalarType(named) && !['Int', 'Float', 'Boolean'].includes(named.name);
}
