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

  @Field(() => String, { description: 'What it is.' })
  name!: string;

  @Field(() => String, { nullable: true, description: 'The object in words.' })
  description?: string;

  @RefersTo('Shot')
  @Field(() => ID, { description: 'The shot in which it is seen.' })
  shotId!: string;

  @Field(() => Box, { nullable: true, description: 'Where it is in the frame.' })
  box?: Box;

  @Field(() => Position, { nullable: true, description: 'Where it is in the scene.' })
  positionCm?: Position;

  @Field(() => Boolean, { nullable: true, description: 'Whether it is in the foreground.' })
  foreground?: boolean;
}
