import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  type GraphQLSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isSpecifiedScalarType,
  isUnionType,
} from 'graphql';
import { buildApiSchema, printApiSchema } from '../../resolvers/schema.js';

describe('The GraphQL schema', () => {
  let schema: GraphQLSchema;
  before(() => {
    schema = buildApiSchema();
  });

  it('is the one in schema.graphql (written by `node build.mjs --schema`)', () => {
    assert.equal(readFileSync('schema.graphql', 'utf8'), printApiSchema(schema));
  });

  it('explains every type, field, argument and word', () => {
    const mute: string[] = [];
    const check = (path: string, thing: { readonly description?: string | null }) => {
      if (!thing.description) mute.push(path);
    };
    for (const type of Object.values(schema.getTypeMap())) {
      if (type.name.startsWith('__') || isSpecifiedScalarType(type)) continue;
      if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) check(type.name, type);
      if (isEnumType(type)) for (const word of type.getValues()) check(`${type.name}.${word.name}`, word);
      if (isInputObjectType(type))
        for (const field of Object.values(type.getFields())) check(`${type.name}.${field.name}`, field);
      if (isObjectType(type) || isInterfaceType(type))
        for (const field of Object.values(type.getFields())) {
          check(`${type.name}.${field.name}`, field);
          for (const argument of field.args) check(`${type.name}.${field.name}(${argument.name})`, argument);
        }
    }
    assert.deepEqual(mute, []);
  });

  it('has the node beside every id that names one', () => {
    // What the ids of content and of the node itself name is no node; a character is an episode's or a series'.
    const plain = new Set(['id', 'imageId', 'portraitId', 'contactSheetId', 'nodeId']);
    const lonely: string[] = [];
    for (const type of Object.values(schema.getTypeMap())) {
      if (!isObjectType(type) || type.name.startsWith('__')) continue;
      const fields = type.getFields();
      for (const name of Object.keys(fields)) {
        const beside = name.endsWith('Ids') ? `${name.slice(0, -3)}s` : name.endsWith('Id') ? name.slice(0, -2) : name;
        if (beside !== name && !plain.has(name) && !(beside in fields)) lonely.push(`${type.name}.${name}`);
      }
      if ('imageId' in fields) assert.ok('imageUrl' in fields, type.name);
      if ('portraitId' in fields) assert.ok('portraitUrl' in fields, type.name);
      if ('nodeId' in fields) assert.ok('node' in fields, type.name);
      if ('personId' in fields) for (const name of ['characterId', 'character']) assert.ok(name in fields, type.name);
    }
    assert.deepEqual(lonely, []);
  });

  it('has no noun that nothing may serve', () => {
    const names = Object.values(schema.getTypeMap()).flatMap((type) =>
      isUnionType(type) ? type.getTypes().map(({ name }) => name) : [type.name],
    );
    assert.ok(!names.includes('IdentityEmbedding'));
  });
});
