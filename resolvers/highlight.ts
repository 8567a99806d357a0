import type { GraphQLResolveInfo } from 'graphql';
import { Args, ArgsType, Ctx, Field, FieldResolver, Float, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Event } from '../schema/event.js';
import { Highlight } from '../schema/highlight.js';
import { Shot } from '../schema/shot.js';
import { isBrief } from './along.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf } from './paging.js';

@ArgsType()
class HighlightsArgs {
  @Field(() => Int, { defaultValue: 20, description: 'How many at most, 1…100.' })
  top!: number;

  @Field(() => ID, { nullable: true, description: 'Only in this episode.' })
  episodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Only in this series.' })
  seriesId?: string | null;

  @Field(() => Float, { nullable: true, description: 'Lowest score, 0…10.' })
  minScore?: number | null;

  @Field(() => [String], { nullable: true, description: 'Only highlights of these types.' })
  types?: string[] | null;
}

@Resolver(() => Highlight)
export class HighlightResolver {
  @Query(() => [Highlight], { description: 'The moments most worth showing, best first.' })
  async highlights(
    @Args(() => HighlightsArgs) { top, episodeId, seriesId, minScore, types }: HighlightsArgs,
    @Ctx() { store }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Highlight[]> {
    return store.highlights({
      ...{ top, isBrief: isBrief(info) },
      ...(episodeId != null && { episodeId }),
      ...(seriesId != null && { seriesId }),
      ...(minScore != null && { minScore }),
      ...(types != null && { types }),
    });
  }

  @FieldResolver(() => [Event], { description: 'The events that set it up.' })
  setupEvents(@Root() { setupEventIds }: Highlight, @Ctx() { loaders }: Context): Soon<Event[]> {
    return loaders.nodes(setupEventIds, 'Event');
  }

  @FieldResolver(() => [Shot], { description: 'The shots that it covers.' })
  shots(@Root() highlight: Highlight, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Shot', highlight, boundOf(bound));
  }
}
