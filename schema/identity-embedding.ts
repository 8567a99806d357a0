import { Field, Float, ID, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description:
    'A face as a vector: biometric data, kept for matching only, deleted with the episode, served by nothing.',
})
export class IdentityEmbedding extends NarrativeNode {
  override kind!: 'IdentityEmbedding';

  @RefersTo('Appearance')
  @Field(() => ID, { description: 'The appearance whose face it is.' })
  appearanceId!: string;

  @Field(() => [Float], { description: 'The face as numbers.' })
  vector!: number[];
}
