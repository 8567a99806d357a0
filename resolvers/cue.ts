import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Cue } from '../schema/cue.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { aheadOf } from './along.js';
import { CueConnection } from './connections.js';
import type { Context } from './context.js';
import { BoundArgs, boundOf, connectionOf, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

@Resolver(() => Cue)
export class CueResolver {
  @Query(() => CueConnection, { description: 'Subtitles or transcript of an episode, in screen time.' })
  async cues(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(loaders.keep(await store.cues(episodeId, pageOf(args, aheadOf(info)), windowOf(args.window))));
  }

  @FieldResolver(() => Scene, { nullable: true, description: 'The scene in which the cue begins.' })
  async scene(@Root() cue: Cue, @Ctx() { loaders }: Context): Promise<Scene | undefined> {
    return (await loaders.during('Scene', cue, 1))[0];
  }

  @FieldResolver(() => [Shot], { description: 'The shots on screen meanwhile.' })
  shots(@Root() cue: Cue, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Shot', cue, boundOf(bound));
  }
}
