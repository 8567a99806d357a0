/** What comes of people's verdicts, as the API gives it. */
import { Field, Float, ID, Int, ObjectType, registerEnumType } from 'type-graphql';
import { Edit } from '../schema/edit.js';
import { NodeKind } from '../schema/register-enums.js';

const PacketFate = { PASSED: 'PASSED', RETURNED: 'RETURNED', UNFINISHED: 'UNFINISHED' } as const;
registerEnumType(PacketFate, {
  name: 'PacketFate',
  description: 'What becomes of a packet.',
  valuesConfig: {
    PASSED: { description: 'Enough of it is right.' },
    RETURNED: { description: 'Too much of it is wrong: what it was drawn from is to be repaired.' },
    UNFINISHED: { description: 'Not all of it has been judged.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'How right one field is.' })
export class FieldAccuracy {
  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: NodeKind;

  @Field(() => String, { description: 'Its field.' })
  field!: string;

  @Field(() => Int, { description: 'Items that have been judged.' })
  judged!: number;

  @Field(() => Int, { description: 'Of these, right by the word of most.' })
  accepted!: number;

  @Field(() => Float, { nullable: true, description: 'Share of right ones, 0…1; null where none is judged.' })
  accuracy?: number;

  @Field(() => [Float], { description: 'Where the share lies with 95 % confidence (Wilson).' })
  interval!: readonly number[];
}

@ObjectType({ simpleResolvers: true, description: 'How far those who judged the same items agree.' })
export class AnnotatorAgreement {
  @Field(() => Int, { description: 'Items that two or more have judged.' })
  items!: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Krippendorff’s α, nominal: 1 always, 0 as by chance; null where it cannot be told from chance.',
  })
  alpha?: number;
}

@ObjectType({ simpleResolvers: true, description: 'An item of which the verdicts can make nothing.' })
export class Dispute {
  @Field(() => ID, { description: 'The node.' })
  nodeId!: string;

  @Field(() => String, { description: 'Its field.' })
  field!: string;

  @Field(() => String, { description: 'Why.' })
  why!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A correction that was not made.' })
export class RefusedVerdict {
  @Field(() => ID, { description: 'The node.' })
  nodeId!: string;

  @Field(() => String, { description: 'Its field.' })
  field!: string;

  @Field(() => String, { description: 'Stable: CONFLICT, INVALID_INPUT, NOT_FOUND.' })
  code!: string;

  @Field(() => String, { description: 'The same in words.' })
  why!: string;
}

@ObjectType({ simpleResolvers: true, description: 'What a packet’s verdicts say, and what was corrected by them.' })
export class CalibrationOutcome {
  @Field(() => Int, { description: 'Items of the packet.' })
  items!: number;

  @Field(() => Int, { description: 'Items that have been judged.' })
  judged!: number;

  @Field(() => Int, { description: 'Of these, right by the word of most.' })
  accepted!: number;

  @Field(() => Float, { nullable: true, description: 'Share of right ones, 0…1; null where none is judged.' })
  accuracy?: number;

  @Field(() => [Float], { description: 'Where the share lies with 95 % confidence (Wilson).' })
  interval!: readonly number[];

  @Field(() => [FieldAccuracy], { description: 'Field by field.' })
  fields!: readonly FieldAccuracy[];

  @Field(() => Float, { description: 'Share of right items from which a packet passes.' })
  gate!: number;

  @Field(() => PacketFate, { description: 'What becomes of the packet.' })
  fate!: keyof typeof PacketFate;

  @Field(() => Boolean, { description: 'Whether the whole interval lies on one side of the gate.' })
  isCertain!: boolean;

  @Field(() => [String], { description: 'Who has judged.' })
  annotators!: readonly string[];

  @Field(() => AnnotatorAgreement, { description: 'How far they agree.' })
  agreement!: AnnotatorAgreement;

  @Field(() => [Dispute], { description: 'Items of which the verdicts can make nothing.' })
  disputes!: readonly Dispute[];

  @Field(() => Int, { description: 'Corrections that the verdicts ask for now.' })
  corrections!: number;

  @Field(() => Int, { description: 'Corrections that had been made already.' })
  already!: number;

  @Field(() => [Edit], { description: 'The edits that were made.' })
  edits!: readonly Edit[];

  @Field(() => [RefusedVerdict], { description: 'Corrections that were not made, and why.' })
  refused!: readonly RefusedVerdict[];
}
