import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { CausalLink } from '../schema/causal-link.js';
import { Event } from '../schema/event.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => CausalLink)
export class CausalLinkResolver {
  @FieldResolver(() => Event, { nullable: true, description: 'The event that leads to the other.' })
  cause(@Root() { causeId }: CausalLink, @Ctx() { loaders }: Context): Soon<Event | undefined> {
    return loaders.node(causeId, 'Event');
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event that it leads to.' })
  effect(@Root() { effectId }: CausalLink, @Ctx() { loaders }: Context): Soon<Event | undefined> {
    return loaders.node(effectId, 'Event');
  }
}
