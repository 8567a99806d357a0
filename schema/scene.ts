import { Field, ID, Int, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { Setting } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Music under a scene.' })
export class Music {
  @Field(() => String, { nullable: true, description: 'Kind of music.' })
  genre?: string;

  @Field(() => String, { nullable: true, description: 'How it feels.' })
  mood?: string;

  @Field(() => String, { nullable: true, description: 'How fast it is.' })
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

  @Field(() => Int, { description: 'First millisecond of it.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;

  @Field(() => Setting, { description: 'Inside or outside.' })
  setting!: Setting;

  @Field(() => String, { nullable: true, description: 'Where it plays.' })
  location?: string;

  @Field(() => String, { nullable: true, description: 'When in the day it plays.' })
  timeOfDay?: string;

  @Field(() => String, { nullable: true, description: 'What the place is like.' })
  environment?: string;

  @Field(() => String, { nullable: true, description: 'How it feels.' })
  mood?: string;

  @Field(() => Music, { nullable: true, description: 'The music under it.' })
  music?: Music;

  @RefersTo('Person')
  @Field(() => [ID], {
    nullable: true,
    description: 'Who is in it: those who are seen, longest first, then those who are only heard there.',
  })
  personIds?: string[];

  @Field(() => String, { nullable: true, description: 'The scene in words.' })
  description?: string;
}
