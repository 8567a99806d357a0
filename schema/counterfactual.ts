import { GraphQLJSON } from 'graphql-scalars';
import { Field, ID, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'What becomes of one event, and why.' })
export class EventFate {
  @RefersTo('Event')
  @Field(() => ID, { description: 'The event.' })
  eventId!: string;

  @Field(() => String, { description: 'Why it ends up so.' })
  why!: string;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'What would have happened otherwise.' })
export class Counterfactual extends NarrativeNode {
  override kind!: 'Counterfactual';

  @Field(() => String, { description: 'What is different, in words.' })
  premise!: string;

  @Field(() => GraphQLJSON, { description: 'The changes to the story that the premise makes.' })
  edits!: unknown;

  @Field(() => [EventFate], { description: 'Events that happen all the same.' })
  kept!: EventFate[];

  @Field(() => [EventFate], { description: 'Events that happen in another way.' })
  changed!: EventFate[];

  @Field(() => [EventFate], { description: 'Events that do not happen.' })
  dropped!: EventFate[];

  @Field(() => [EventFate], { description: 'Events that no longer make sense.' })
  broken!: EventFate[];

  @Field(() => ID, { nullable: true, description: 'The episode that tells the other story.' })
  imaginedEpisodeId?: string;
}
