import { GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';

@ObjectType({ simpleResolvers: true, description: 'Something a person can play or read to check a derived value.' })
export class Evidence {
  @Field(() => Int, { nullable: true, description: 'Where to begin to play.' })
  startMs?: number;

  @Field(() => Int, { nullable: true, description: 'Where to stop.' })
  endMs?: number;

  @Field(() => ID, { nullable: true, description: 'A node of the same episode.' })
  nodeId?: string;

  @Field(() => String, { nullable: true, description: 'What was measured there, in words and figures.' })
  note?: string;
}

@ObjectType({ simpleResolvers: true, description: 'A reading that lost against the one the node carries.' })
export class OtherReading {
  @Field(() => String, { description: 'The field that it is about.' })
  field!: string;

  @Field(() => GraphQLJSON, { description: 'What was read there.' })
  value!: unknown;

  @Field(() => String, { description: 'Who or what read it so.' })
  by!: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  confidence!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Overrides the node’s provenance for one field.' })
export class FieldProvenance {
  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { description: 'Who or what gave its value.' })
  by!: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  confidence!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Where a node’s values come from, how sure they are, and what they rest on.',
})
export class Provenance {
  @Field(() => String, { description: 'The stage, format, model or person that produced the node.' })
  by!: string;

  @Field(() => String, { description: 'Version of that stage, format or model.' })
  version!: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  confidence!: number;

  @Field(() => [Evidence], { description: 'What a person can play or read to check it.' })
  evidence!: Evidence[];

  @Field(() => [OtherReading], { description: 'Readings that lost against the values given.' })
  otherReadings!: OtherReading[];

  @Field(() => [FieldProvenance], { nullable: true, description: 'Fields whose source differs from the node’s.' })
  fields?: FieldProvenance[];
}
