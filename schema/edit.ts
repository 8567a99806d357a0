import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { EditOperation, EditState, NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'What a person changed: a field of a node and its new value.' })
export class EditChange {
  @Field(() => EditOperation)
  operation!: EditOperation;

  @Field(() => String)
  field!: string;

  @Field(() => GraphQLJSON, { nullable: true, description: 'The new value; null empties the field.' })
  value?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'How an edit finds its node again after a new analysis.' })
export class EditAnchor {
  @Field(() => ID)
  nodeId!: string;

  @Field(() => NodeKind)
  kind!: NodeKind;

  @Field(() => Int, { nullable: true })
  startMs?: number;

  @Field(() => Int, { nullable: true })
  endMs?: number;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'What the analysis read in the field when the edit was made.',
  })
  oldValue?: unknown;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A person’s correction; it outranks every model and survives a new analysis.',
})
export class Edit {
  @Field(() => ID)
  id!: string;

  @Field(() => NodeKind)
  kind!: 'Edit';

  @Field(() => ID)
  episodeId!: string;

  @Field(() => GraphQLDateTimeISO)
  at!: string;

  @Field(() => String)
  author!: string;

  @Field(() => EditChange)
  operation!: EditChange;

  @Field(() => EditAnchor)
  anchor!: EditAnchor;

  @Field(() => EditState)
  state!: EditState;

  @Field(() => ID, {
    nullable: true,
    description: 'The node the edit applies to now; absent while orphaned or undone.',
  })
  appliedTo?: string;
}
