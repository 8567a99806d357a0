/** Every mutation of the schema, asked with arguments that fit: new ones are attacked as soon as they exist. */
import { type GraphQLLeafType, isEnumType } from 'graphql';
import { buildApiSchema } from '../../../resolvers/schema.js';
import { requestOf } from './requests.fixture.js';

const schema = buildApiSchema();

/** Those that take an admin; all others take an editor. Somebody who adds one decides here too. */
const admins = ['cancelJob', 'deleteEpisode', 'pullModel'];

export const mutationsOf = () =>
  Object.values(schema.getMutationType()?.getFields() ?? {}).map((field) => ({
    name: field.name,
    ...requestOf('mutation', field, { enters: () => true, leaf: fitting }),
    needs: admins.includes(field.name) ? ('admin' as const) : ('editor' as const),
  }));

function fitting(type: GraphQLLeafType): unknown {
  if (isEnumType(type)) return type.getValues()[0]?.name;
  switch (type.name) {
    case 'Int':
    case 'Float':
      return 1;
    case 'Boolean':
      return true;
    default:
      return 'nobody';
  }
}
