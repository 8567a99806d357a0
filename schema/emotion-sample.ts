import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { Emotion } from './register-enums.js';
import { Vad } from './vad.js';

@ObjectType({ simpleResolvers: true, description: 'Nearest Plutchik prototype by angle; length gives the intensity.' })
export class PlutchikReading {
  @Field(() => Emotion, { description: 'The nearest of the eight emotions.' })
  emotion!: Emotion;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  intensity!: number;
}

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'How a person feels at a moment; without a person, the audience’s curve.',
})
export class EmotionSample extends NarrativeNode {
  override kind!: 'EmotionSample';

  @RefersTo('Person')
  @Field(() => ID, { nullable: true, description: 'Who feels so; absent for the audience.' })
  personId?: string;

  @Field(() => Int, { description: 'The moment.' })
  atMs!: number;

  @Field(() => Vad, { description: 'The feeling.' })
  vad!: Vad;

  @Field(() => PlutchikReading, { nullable: true, description: 'The feeling by name.' })
  plutchik?: PlutchikReading;
}
