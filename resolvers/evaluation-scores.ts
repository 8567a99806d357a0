/** The parts of an evaluation as the API gives them; all scores are 0…100. */
import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { FieldScore as PlainFieldScore } from '../src/narrative/evaluation/score-fields.js';
import type { HitRates } from '../src/narrative/evaluation/temporal-hits.js';

@ObjectType({ simpleResolvers: true, description: 'How well one field is predicted, 0…100.' })
export class FieldScore implements PlainFieldScore {
  @Field(() => Float, { description: 'Share of what is said that the reference says, too.' })
  precision!: number;

  @Field(() => Float, { description: 'Share of what the reference says that is said.' })
  recall!: number;

  @Field(() => Float, { description: 'Harmonic mean of both.' })
  f1!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Scores of what events say; a field that neither script has is null.',
})
export class EventFieldScores {
  @Field(() => FieldScore, { nullable: true, description: 'Who acts or speaks.' })
  character?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'What is said.' })
  dialogue?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'What is done.' })
  action?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'How the face or body shows it.' })
  expression?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'What is heard besides speech.' })
  audioCue?: FieldScore;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Scores of what scenes say; a field that neither script has is null.',
})
export class SceneFieldScores {
  @Field(() => FieldScore, { nullable: true, description: 'Where it plays.' })
  location?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'Inside or outside.' })
  type?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'What the place is like.' })
  environment?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'When in the day it plays.' })
  time?: FieldScore;

  @Field(() => FieldScore, { nullable: true, description: 'How it feels.' })
  mood?: FieldScore;
}

@ObjectType({
  simpleResolvers: true,
  description: 'How many of the reference’s times are found, whatever is said then.',
})
export class TemporalHit {
  @Field(() => Float, { description: 'Intersection over union from which a time counts as found, 0…1.' })
  threshold!: number;

  @Field(() => Float, { description: 'Share of the reference’s intervals, 0…100.' })
  share!: number;
}

export const hitList = (rates: HitRates): TemporalHit[] =>
  Object.entries(rates).map(([threshold, share]) => ({ threshold: Number(threshold), share }));

@ObjectType({ simpleResolvers: true, description: 'How well scenes are predicted.' })
export class SceneEvaluation {
  @Field(() => Float, { description: 'Mean F1 of the fields that either script has, 0…100.' })
  overall!: number;

  @Field(() => SceneFieldScores, { description: 'Field by field.' })
  fields!: SceneFieldScores;

  @Field(() => [TemporalHit], { description: 'Times found.' })
  tIoU!: TemporalHit[];
}

@ObjectType({
  simpleResolvers: true,
  description: 'Who compared; scores of different judges or versions do not compare.',
})
export class EvaluationJudge {
  @Field(() => String, { description: 'Name.' })
  name!: string;

  @Field(() => String, { description: 'Version.' })
  version!: string;
}

@ObjectType({ simpleResolvers: true, description: 'How far two judges agree on the texts that both have judged.' })
export class EvaluationAgreement {
  @Field(() => EvaluationJudge, { description: 'The other judge.' })
  with!: EvaluationJudge;

  @Field(() => Int, { description: 'How many texts.' })
  pairs!: number;

  @Field(() => Float, { nullable: true, description: 'Krippendorff’s α, 1 at most; null where nothing varies.' })
  alpha?: number;

  @Field(() => Float, { description: 'Mean of this judge’s similarity less the other’s, −1…1.' })
  meanDifference!: number;
}

@ObjectType({ simpleResolvers: true, description: 'How many events there are.' })
export class EvaluatedEvents {
  @Field(() => Int, { description: 'In the prediction.' })
  predicted!: number;

  @Field(() => Int, { description: 'In the reference.' })
  reference!: number;

  @Field(() => Int, { description: 'Of each that are the same.' })
  matched!: number;
}
