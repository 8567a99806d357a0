/** Why a script scores as it does, as the API gives it. */
import { Field, Float, Int, ObjectType, registerEnumType } from 'type-graphql';

const FindingKind = { MATCHED: 'MATCHED', MISSED: 'MISSED', INVENTED: 'INVENTED' } as const;
registerEnumType(FindingKind, {
  name: 'EvaluationFindingKind',
  description: 'What became of an event.',
  valuesConfig: {
    MATCHED: { description: 'Both scripts have it.' },
    MISSED: { description: 'Only the reference has it.' },
    INVENTED: { description: 'Only the prediction has it.' },
  },
});

const ConflictKind = { ONE_FOR_SEVERAL: 'ONE_FOR_SEVERAL', SEVERAL_FOR_ONE: 'SEVERAL_FOR_ONE' } as const;
registerEnumType(ConflictKind, {
  name: 'CharacterConflictKind',
  description: 'How two scripts disagree about who is one person.',
  valuesConfig: {
    ONE_FOR_SEVERAL: { description: 'A predicted character acts as several of the reference.' },
    SEVERAL_FOR_ONE: { description: 'Several predicted characters act as one of the reference.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A character of one script and who that is in the other.' })
export class MappedCharacter {
  @Field(() => String, { nullable: true, description: 'In the prediction; null for one whom it lacks.' })
  predicted?: string;

  @Field(() => String, { nullable: true, description: 'In the reference; null for one whom it lacks.' })
  reference?: string;

  @Field(() => String, { nullable: true, description: 'What tells it: NAME, ALIAS or LINES.' })
  by?: string;
}

@ObjectType({ simpleResolvers: true, description: 'Where two scripts disagree about who is one person.' })
export class CharacterConflict {
  @Field(() => ConflictKind, { description: 'Which way.' })
  conflict!: keyof typeof ConflictKind;

  @Field(() => [String], { description: 'Characters of the prediction.' })
  predicted!: readonly string[];

  @Field(() => [String], { description: 'Characters of the reference.' })
  reference!: readonly string[];

  @Field(() => Int, { description: 'Events that speak for it.' })
  events!: number;
}

@ObjectType({ simpleResolvers: true, description: 'One field of an event in both scripts.' })
export class FieldFinding {
  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { nullable: true, description: 'What the prediction says.' })
  predicted?: string;

  @Field(() => String, { nullable: true, description: 'What the reference says.' })
  reference?: string;

  @Field(() => Float, { description: 'How alike they are, 0…1.' })
  similarity!: number;
}

@ObjectType({ simpleResolvers: true, description: 'What became of an event of either script.' })
export class EvaluationFinding {
  @Field(() => FindingKind, { description: 'What became of it.' })
  finding!: keyof typeof FindingKind;

  @Field(() => Int, { description: 'When the reference’s event, or the invented one, begins.' })
  startMs!: number;

  @Field(() => [FieldFinding], { description: 'Its fields in both scripts.' })
  fields!: readonly FieldFinding[];

  @Field(() => Float, { description: 'How many fields’ worth is wrong about it.' })
  loss!: number;

  @Field(() => Int, { nullable: true, description: 'How much later the prediction has it; negative where earlier.' })
  offMs?: number;

  @Field(() => Float, { nullable: true, description: 'Intersection over union of both times, 0…1.' })
  tIoU?: number;

  @Field(() => String, { description: 'The same in words.' })
  why!: string;
}
