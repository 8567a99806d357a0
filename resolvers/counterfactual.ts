import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Counterfactual, EventFate } from '../schema/counterfactual.js';
import { Episode } from '../schema/episode.js';
import { Event } from '../schema/event.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => Counterfactual)
export class CounterfactualResolver {
  @FieldResolver(() => Episode, { nullable: true, description: 'The episode that tells the other story.' })
  imaginedEpisode(@Root() told: Counterfactual, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(told.imaginedEpisodeId, 'Episode');
  }
}

@Resolver(() => EventFate)
export class EventFateResolver {
  @FieldResolver(() => Event, { nullable: true, description: 'The event whose fate it is.' })
  event(@Root() { eventId }: EventFate, @Ctx() { loaders }: Context): Soon<Event | undefined> {
    return loaders.node(eventId, 'Event');
  }
}
