import { Field, ID, Int, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { EventType } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'Something that happens: a line, an act, a silence, a bang.',
})
export class Event extends NarrativeNode {
  override kind!: 'Event';

  @Field(() => Int, { description: 'From 1, in screen time.' })
  ordinal!: number;

  @Field(() => EventType)
  type!: EventType;

  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;

  @RefersTo('Scene')
  @Field(() => ID)
  sceneId!: string;

  @RefersTo('Shot')
  @Field(() => [ID])
  shotIds!: string[];

  @RefersTo('Person')
  @Field(() => ID, { nullable: true, description: 'Who acts or speaks.' })
  personId?: string;

  @RefersTo('Person')
  @Field(() => [ID])
  targetIds!: string[];

  @Field(() => String, { nullable: true })
  action?: string;

  @Field(() => String, { nullable: true })
  expression?: string;

  @Field(() => String, { nullable: true })
  dialogue?: string;

  @Field(() => String, { nullable: true })
  subtext?: string;

  @Field(() => String, { nullable: true })
  voiceType?: string;

  @Field(() => String, { nullable: true })
  audioCue?: string;

  @Field(() => String, { nullable: true })
  description?: string;
}
