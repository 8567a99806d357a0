import { Field, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'A stretch in which somebody is heard speaking.',
})
export class SpeechInterval extends NarrativeNode {
  override kind!: 'SpeechInterval';

  @Field(() => Int, { description: 'When speech begins.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;
}
