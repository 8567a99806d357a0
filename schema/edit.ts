import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { EditPerson } from './edit-person.js';
import { EditConflictKind, EditOperation, EditState, NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'What a person changed: a field and its new value, or who is who.' })
export class EditChange {
  @Field(() => EditOperation, { description: 'The kind of change.' })
  operation!: EditOperation;

  @Field(() => String, { nullable: true, description: 'The field that was changed; absent for MERGE and SPLIT.' })
  field?: string;

  @Field(() => GraphQLJSON, {
    nullable: true,
    description: 'The new value, of a SPLIT the new character’s name; null empties the field.',
  })
  value?: unknown;
}

@ObjectType({ simpleResolvers: true, description: 'A character as it was when an edit was made.' })
export class EditCharacter {
  @Field(() => ID, { description: 'The character’s id.' })
  characterId!: string;

  @Field(() => String, { description: 'The name that was shown.' })
  name!: string;

  @Field(() => [EditPerson], { description: 'Whom it was made of, in each episode.' })
  persons!: EditPerson[];
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

  @Field(() => [EditPerson], {
    nullable: true,
    description: 'Of an edit of characters: whom the character was made of, in each episode.',
  })
  persons?: EditPerson[];

  @Field(() => [EditCharacter], {
    nullable: true,
    description: 'Of MERGE: the characters that were merged into it. Of RENAME: those that had the name already.',
  })
  others?: EditCharacter[];

  @Field(() => [EditPerson], { nullable: true, description: 'Of SPLIT: whom, or which part of them, it took out.' })
  taken?: EditPerson[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'Something about an edit of characters that a person should look at.',
})
export class EditConflict {
  @Field(() => EditConflictKind, { description: 'What does not fit.' })
  conflict!: EditConflictKind;

  @Field(() => String, { description: 'The same in words.' })
  detail!: string;

  @Field(() => ID, { nullable: true, description: 'The episode where it shows.' })
  episodeId?: string;

  @Field(() => Int, { nullable: true, description: 'Where to begin to play.' })
  startMs?: number;

  @Field(() => Int, { nullable: true, description: 'Where to stop.' })
  endMs?: number;

  @Field(() => ID, { nullable: true, description: 'Id of the other edit.' })
  against?: string;

  @Field(() => ID, { nullable: true, description: 'The other character.' })
  characterId?: string;
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

  @Field(() => ID, { description: 'The episode that was corrected; of several, the first.' })
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
    description: 'The node the edit applies to now (of SPLIT, the new character); absent while orphaned or undone.',
  })
  appliedTo?: string;

  @Field(() => [EditConflict], {
    nullable: true,
    description: 'Of an edit of characters: what does not fit in the graph as it is now; absent where nothing is.',
  })
  conflicts?: EditConflict[];
}
