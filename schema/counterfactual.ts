import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'What becomes of one event, and why.' })
export class EventFate {
  @RefersTo('Event')
  @Field(() => ID)
  eventId!: string;

  @Field(() => String)
  why!: string;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'What would have happened otherwise.' })
export class Counterfactual extends NarrativeNode {
  override kind!: 'Counterfactual';

  @Field(() => String)
  premise!: string;

  @Field(() => GraphQLJSON, { description: 'The changes to the story that the premise makes.' })
  edits!: unknown;

  @Field(() => [EventFate])
  kept!: EventFate[];

  @Field(() => [EventFate])
  changed!: EventFate[];

  @Field(() => [EventFate])
  dropped!: EventFate[];

  @Field(() => [EventFate])
  broken!: EventFate[];

  @Field(() => ID, { nullable: true })
  imaginedEpisodeId?: string;
}
