import { Field, Float, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';

@ObjectType({ simpleResolvers: true, description: 'Valence, arousal and dominance, each −1…1.' })
export class Vad {
  @InRange(-1, 1)
  @Field(() => Float)
  valence!: number;

  @InRange(-1, 1)
  @Field(() => Float)
  arousal!: number;

  @InRange(-1, 1)
  @Field(() => Float)
  dominance!: number;
}
