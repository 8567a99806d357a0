/** Every mutation of the schema, asked with arguments that fit: new ones are attacked as soon as they exist. */
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
    ...requestOf(field),
    needs: admins.includes(field.name) ? ('admin' as const) : ('editor' as const),
  }));

function requestOf(field: {
  readonly name: string;
  readonly args: readonly GraphQLArgument[];
  readonly type: unknown;
}) {
  const declared = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const isLeaf = isLeafType(getNamedType(field.type as never));
  const args = field.args.length > 0 ? [`(${declared})`, `(${passed})`] : ['', ''];
  return {
    query: `mutation ${args[0]} { ${field.name}${args[1]} ${isLeaf ? '' : '{ __typename }'} }`,
    variables: Object.fromEntries(field.args.map(({ name, type }) => [name, fillIn(type)])),
  };
}

function fillIn(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return fillIn(type.ofType);
  if (isListType(type)) return [fillIn(type.ofType)];
  if (isInputObjectType(type))
    return Object.fromEntries(Object.values(type.getFields()).map((field) => [field.name, fillIn(field.type)]));
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isScalarType(type))
    switch (type.name) {
      case 'Int':
      case 'Float':
        return 1;
      case 'Boolean':
        return true;
      default:
        return 'nobody';
    }
  return undefined;
}
