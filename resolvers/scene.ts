import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, Ctx, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Cue } from '../schema/cue.js';
import { Event } from '../schema/event.js';
import { Person } from '../schema/person.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { aheadOf, Follows } from './along.js';
import { SceneConnection } from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf, connectionOf, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

@Resolver(() => Scene)
export class SceneResolver {
  @Query(() => SceneConnection, { description: 'Scenes of an episode, in screen time.' })
  async scenes(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(
      loaders.keep(await store.scenes(episodeId, pageOf(args, aheadOf(info)), windowOf(args.window))),
    );
  }

  @Follows({ by: 'parent', kind: 'Shot' })
  @FieldResolver(() => [Shot], { description: 'Its shots; a scene of more is paged by `shots(window)`.' })
  shots(@Root() { id }: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Shot', id, boundOf(bound));
  }

  @Follows({ by: 'parent', kind: 'Event' })
  @FieldResolver(() => [Event], { description: 'What happens in it; more is paged by `events(window)`.' })
  events(@Root() { id }: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Event', id, boundOf(bound));
  }

  @FieldResolver(() => [Cue], { description: 'What is said in it; more is paged by `cues(window)`.' })
  cues(@Root() scene: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Cue', scene, boundOf(bound));
  }

  @Follows({ by: 'reference', field: 'personIds' })
  @FieldResolver(() => [Person], { description: 'The persons that `personIds` name.' })
  persons(@Root() { personIds = [] }: Scene, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.nodes(personIds.slice(0, boundOf(bound)), 'Person');
  }

  @Follows({ by: 'character', field: 'personIds' })
  @FieldResolver(() => [Character], { description: 'Who is in it, as known across the series, in the same order.' })
  characters(
    @Root() { personIds = [] }: Scene,
    @Args(() => BoundArgs) bound: BoundArgs,
    @Ctx() { loaders }: Context,
  ): Soon<Character[]> {
    return loaders.characters(personIds.slice(0, boundOf(bound)));
  }
}
