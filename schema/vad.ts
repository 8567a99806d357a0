import { Field, Float, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';

@ObjectType({ simpleResolvers: true, description: 'Valence, arousal and dominance, each −1…1.' })
export class Vad {
  @InRange(-1, 1)
  @Field(() => Float, { description: '−1 unpleasant … 1 pleasant.' })
  valence!: number;

  @InRange(-1, 1)
  @Field(() => Float, { description: '−1 calm … 1 excited.' })
  arousal!: number;

  @InRange(-1, 1)
  @Field(() => Float, { description: '−1 powerless … 1 in control.' })
  dominance!: number;
}
