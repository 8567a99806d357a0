import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Query, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Event } from '../schema/event.js';
import { Person } from '../schema/person.js';
import { EventType } from '../schema/register-enums.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { aheadOf, Follows } from './along.js';
import { EventConnection } from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { connectionOf, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

@ArgsType()
class EventsArgs extends WindowPageArgs {
  @Field(() => [EventType], { nullable: true, description: 'Only events of these types.' })
  types?: EventType[] | null;
}

@Resolver(() => Event)
export class EventResolver {
  @Query(() => EventConnection, { description: 'What happens in an episode, in screen time.' })
  async events(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => EventsArgs) args: EventsArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(
      loaders.keep(
        await store.events(episodeId, pageOf(args, aheadOf(info)), windowOf(args.window), args.types ?? undefined),
      ),
    );
  }

  @Follows({ by: 'reference', field: 'sceneId' })
  @FieldResolver(() => Scene, { nullable: true, description: 'The scene in which it happens.' })
  scene(@Root() { sceneId }: Event, @Ctx() { loaders }: Context): Soon<Scene | undefined> {
    return loaders.node(sceneId, 'Scene');
  }

  @Follows({ by: 'reference', field: 'shotIds' })
  @FieldResolver(() => [Shot], { description: 'The shots that `shotIds` name.' })
  shots(@Root() { shotIds }: Event, @Ctx() { loaders }: Context): Soon<Shot[]> {
    return loaders.nodes(shotIds, 'Shot');
  }

  @Follows({ by: 'reference', field: 'personId' })
  @FieldResolver(() => Person, { nullable: true, description: 'Who acts or speaks.' })
  person(@Root() { personId }: Event, @Ctx() { loaders }: Context): Soon<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @Follows({ by: 'character', field: 'personId' })
  @FieldResolver(() => ID, { nullable: true, description: 'Who acts or speaks, as known across the series.' })
  characterId(@Root() { personId }: Event, @Ctx() { loaders }: Context): Soon<string | undefined> {
    return loaders.characterId(personId);
  }

  @Follows({ by: 'character', field: 'personId' })
  @FieldResolver(() => Character, { nullable: true, description: 'Who acts or speaks, as known across the series.' })
  character(@Root() { personId }: Event, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(personId);
  }

  @Follows({ by: 'reference', field: 'targetIds' })
  @FieldResolver(() => [Person], { description: 'Whom it is done or said to.' })
  targets(@Root() { targetIds }: Event, @Ctx() { loaders }: Context): Soon<Person[]> {
    return loaders.nodes(targetIds, 'Person');
  }
}
