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

  @Field(() => EventType, { description: 'What sort of event it is.' })
  type!: EventType;

  @Field(() => Int, { description: 'When it begins.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;

  @RefersTo('Scene')
  @Field(() => ID, { description: 'The scene in which it happens.' })
  sceneId!: string;

  @RefersTo('Shot')
  @Field(() => [ID], { description: 'The shots on screen meanwhile.' })
  shotIds!: string[];

  @RefersTo('Person')
  @Field(() => ID, { nullable: true, description: 'Who acts or speaks.' })
  personId?: string;

  @RefersTo('Person')
  @Field(() => [ID], { description: 'Whom it is done or said to.' })
  targetIds!: string[];

  @Field(() => String, { nullable: true, description: 'What is done.' })
  action?: string;

  @Field(() => String, { nullable: true, description: 'How the face or body shows it.' })
  expression?: string;

  @Field(() => String, { nullable: true, description: 'What is said.' })
  dialogue?: string;

  @Field(() => String, { nullable: true, description: 'What is meant.' })
  subtext?: string;

  @Field(() => String, { nullable: true, description: 'How it is said: aloud, off screen, in thought.' })
  voiceType?: string;

  @Field(() => String, { nullable: true, description: 'What is heard besides speech.' })
  audioCue?: string;

  @Field(() => String, { nullable: true, description: 'The event in words.' })
  description?: string;
}
