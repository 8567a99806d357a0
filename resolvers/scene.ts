import { Arg, Args, Ctx, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Cue } from '../schema/cue.js';
import { Event } from '../schema/event.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { SceneConnection } from './connections.js';
import type { Context } from './context.js';
import { BoundArgs, boundOf, connectionOf, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

@Resolver(() => Scene)
export class SceneResolver {
  @Query(() => SceneConnection, { description: 'Scenes of an episode, in screen time.' })
  async scenes(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store }: Context,
  ) {
    return connectionOf(await store.scenes(episodeId, pageOf(args), windowOf(args.window)));
  }

  @FieldResolver(() => [Shot], { description: 'Its shots; a scene of more is paged by `shots(window)`.' })
  shots(@Root() { id }: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Shot', id, boundOf(bound));
  }

  @FieldResolver(() => [Event], { description: 'What happens in it; more is paged by `events(window)`.' })
  events(@Root() { id }: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Event', id, boundOf(bound));
  }

  @FieldResolver(() => [Cue], { description: 'What is said in it; more is paged by `cues(window)`.' })
  cues(@Root() scene: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Cue', scene, boundOf(bound));
  }
}
