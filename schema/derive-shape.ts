import 'reflect-metadata';
import { type GraphQLObjectType, getNamedType, isEnumType, isListType, isNonNullType, isObjectType } from 'graphql';
import { buildSchemaSync, Query, Resolver } from 'type-graphql';
import type { FieldMeaning } from './fields.js';
import { privateNouns, servedNouns } from './nouns.js';
import type { FieldShape, Shape } from './shape.js';

@Resolver()
class NounsOnly {
  @Query(() => Boolean)
  nounsOnly(): boolean {
    return true;
  }
}

/**
 * The schema that the decorators build, as a plain table: the one that the Narrative validator reads.
 * `schema/shape.generated.ts` is this table, written down so that nothing needs type-graphql to validate.
 */
export const deriveShape = (): Shape => declared;

// Walked as soon as this module is loaded: whoever builds a schema with resolvers leaves their neighbours among the
// nouns' own fields, in type-graphql's one store of metadata.
const declared = walkNouns();

function walkNouns(): Shape {
  const schema = buildSchemaSync({
    resolvers: [NounsOnly],
    orphanedTypes: [...servedNouns, ...privateNouns],
    validate: false,
  });
  const objects = Object.values(schema.getTypeMap()).filter(
    (type): type is GraphQLObjectType => isObjectType(type) && !type.name.startsWith('__') && type.name !== 'Query',
  );
  return Object.fromEntries(objects.map((type) => [type.name, fieldsOf(type)]));
}

function fieldsOf(type: GraphQLObjectType): Record<string, FieldShape> {
  return Object.fromEntries(
    Object.values(type.getFields()).map((field) => {
      const optional = !isNonNullType(field.type);
      const bare = isNonNullType(field.type) ? field.type.ofType : field.type;
      const named = getNamedType(bare);
      const meaning = field.extensions as FieldMeaning;
      const shape: FieldShape = {
        type: named.name,
        ...(isListType(bare) && { list: true }),
        ...(optional && { optional: true }),
        ...(isEnumType(named) && { words: named.getValues().map((value) => value.name) }),
        ...(meaning.ref && { ref: meaning.ref }),
        ...(meaning.range && { range: meaning.range }),
      };
      return [field.name, shape];
    }),
  );
}
