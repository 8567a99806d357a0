import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Event } from '../schema/event.js';
import { Highlight } from '../schema/highlight.js';
import { Shot } from '../schema/shot.js';
import type { Context } from './context.js';
import { BoundArgs, boundOf } from './paging.js';

@Resolver(() => Highlight)
export class HighlightResolver {
  @FieldResolver(() => [Event], { description: 'The events that set it up.' })
  setupEvents(@Root() { setupEventIds }: Highlight, @Ctx() { loaders }: Context): Promise<Event[]> {
    return loaders.nodes(setupEventIds, 'Event');
  }

  @FieldResolver(() => [Shot], { description: 'The shots that it covers.' })
  shots(@Root() highlight: Highlight, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Shot', highlight, boundOf(bound));
  }
}
