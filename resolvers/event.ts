import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Event } from '../schema/event.js';
import { Person } from '../schema/person.js';
import { EventType } from '../schema/register-enums.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { EventConnection } from './connections.js';
import type { Context } from './context.js';
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
    @Ctx() { store }: Context,
  ) {
    return connectionOf(await store.events(episodeId, pageOf(args), windowOf(args.window), args.types ?? undefined));
  }

  @FieldResolver(() => Scene, { nullable: true, description: 'The scene in which it happens.' })
  scene(@Root() { sceneId }: Event, @Ctx() { loaders }: Context): Promise<Scene | undefined> {
    return loaders.node(sceneId, 'Scene');
  }

  @FieldResolver(() => [Shot], { description: 'The shots that `shotIds` name.' })
  shots(@Root() { shotIds }: Event, @Ctx() { loaders }: Context): Promise<Shot[]> {
    return loaders.nodes(shotIds, 'Shot');
  }

  @FieldResolver(() => Person, { nullable: true, description: 'Who acts or speaks.' })
  person(@Root() { personId }: Event, @Ctx() { loaders }: Context): Promise<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Who acts or speaks, as known across the series.' })
  async characterId(@Root() { personId }: Event, @Ctx() { loaders }: Context): Promise<string | undefined> {
    return (await loaders.character(personId))?.id;
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who acts or speaks, as known across the series.' })
  character(@Root() { personId }: Event, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(personId);
  }

  @FieldResolver(() => [Person], { description: 'Whom it is done or said to.' })
  targets(@Root() { targetIds }: Event, @Ctx() { loaders }: Context): Promise<Person[]> {
    return loaders.nodes(targetIds, 'Person');
  }
}
