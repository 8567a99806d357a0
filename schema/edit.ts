import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { EditOperation, EditState, NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'What a person changed: a field of a node and its new value.' })
export class EditChange {
  @Field(() => EditOperation, { description: 'The kind of change.' })
  operation!: EditOperation;

  @Field(() => String, { description: 'The field that was changed.' })
  field!: string;

  @Field(() => GraphQLJSON, { nullable: true, description: 'The new value; null empties the field.' })
  value?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'How an edit finds its node again after a new analysis.' })
export class EditAnchor {
  @Field(() => ID, { description: 'The node’s id when the edit was made.' })
  nodeId!: string;

  @Field(() => NodeKind, { description: 'The node’s noun.' })
  kind!: NodeKind;

  @Field(() => Int, { nullable: true, description: 'Where the node began.' })
  startMs?: number;

  @Field(() => Int, { nullable: true, description: 'Where the node ended.' })
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
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: 'Edit';

  @Field(() => ID, { description: 'The episode that was corrected.' })
  episodeId!: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was made.' })
  at!: string;

  @Field(() => String, { description: 'Who made it.' })
  author!: string;

  @Field(() => EditChange, { description: 'What was changed.' })
  operation!: EditChange;

  @Field(() => EditAnchor, { description: 'What it was made on.' })
  anchor!: EditAnchor;

  @Field(() => EditState, { description: 'Whether it shows now.' })
  state!: EditState;

  @Field(() => ID, {
    nullable: true,
    description: 'The node the edit applies to now; absent while orphaned or undone.',
  })
  appliedTo?: string;
}
