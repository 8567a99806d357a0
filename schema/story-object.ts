import { Field, ID, ObjectType } from 'type-graphql';
import { Box } from './box.js';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { Position } from './position.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'A thing that is in the picture and may matter.',
})
export class StoryObject extends NarrativeNode {
  override kind!: 'StoryObject';

  @Field(() => String)
  name!: string;

  @Field(() => String, { nullable: true })
  description?: string;

  @RefersTo('Shot')
  @Field(() => ID)
  shotId!: string;

  @Field(() => Box, { nullable: true })
  box?: Box;

  @Field(() => Position, { nullable: true })
  positionCm?: Position;

  @Field(() => Boolean, { nullable: true })
  foreground?: boolean;
}
