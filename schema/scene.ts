import { Field, Int, ObjectType } from 'type-graphql';
import { NarrativeNode } from './narrative-node.js';
import { Setting } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Music under a scene.' })
export class Music {
  @Field(() => String, { nullable: true })
  genre?: string;

  @Field(() => String, { nullable: true })
  mood?: string;

  @Field(() => String, { nullable: true })
  tempo?: string;
}

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'Shots that play in one place and stretch of time.',
})
export class Scene extends NarrativeNode {
  override kind!: 'Scene';

  @Field(() => Int, { description: 'From 1, in screen time.' })
  ordinal!: number;

  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;

  @Field(() => Setting)
  setting!: Setting;

  @Field(() => String, { nullable: true })
  location?: string;

  @Field(() => String, { nullable: true })
  timeOfDay?: string;

  @Field(() => String, { nullable: true })
  environment?: string;

  @Field(() => String, { nullable: true })
  mood?: string;

  @Field(() => Music, { nullable: true })
  music?: Music;

  @Field(() => String, { nullable: true })
  description?: string;
}
