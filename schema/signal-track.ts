import { Field, Float, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';
import { SignalName } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'A quantity measured over the whole episode at even steps.',
})
export class SignalTrack extends NarrativeNode {
  override kind!: 'SignalTrack';

  @Field(() => SignalName, { description: 'What was measured.' })
  name!: SignalName;

  @Field(() => Int, { description: 'How long one value lasts, in milliseconds.' })
  stepMs!: number;

  @Field(() => String, { description: 'What one value means, with its range.' })
  unit!: string;

  @Field(() => [Float], { description: 'Value n covers [n·stepMs, (n+1)·stepMs).' })
  values!: number[];
}
