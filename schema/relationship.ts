import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'How one person stands to another over a stretch of time.',
})
export class Relationship extends NarrativeNode {
  override kind!: 'Relationship';

  @RefersTo('Person')
  @Field(() => ID, { description: 'Whose relationship it is: a person.' })
  fromId!: string;

  @RefersTo('Person')
  @Field(() => ID, { description: 'The person it is to.' })
  toId!: string;

  @Field(() => Int, { description: 'Since when.' })
  startMs!: number;

  @Field(() => Int, { description: 'Until when.' })
  endMs!: number;

  @Field(() => String, { description: 'What they are to each other.' })
  relation!: string;

  @InRange(-1, 1)
  @Field(() => Float, { description: '−1 hostile … 1 loving' })
  polarity!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  strength!: number;

  @Field(() => Boolean, { description: 'True where somebody says it.' })
  explicit!: boolean;
}
