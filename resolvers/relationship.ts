import type { GraphQLResolveInfo } from 'graphql';
import { Args, ArgsType, Ctx, Field, FieldResolver, ID, Info, Int, Query, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Event } from '../schema/event.js';
import { Relationship } from '../schema/relationship.js';
import { RelationshipTurn } from '../schema/relationship-turn.js';
import { aheadOf, Follows } from './along.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf } from './paging.js';

@ArgsType()
class RelationshipsArgs extends BoundArgs {
  @Field(() => ID, { description: 'Id of the episode.' })
  episodeId!: string;

  @Field(() => Int, { description: 'The moment, in milliseconds.' })
  atMs!: number;

  @Field(() => ID, { nullable: true, description: 'Only those of this character, to and from.' })
  characterId?: string | null;
}

@Resolver(() => Relationship)
export class RelationshipResolver {
  @Query(() => [Relationship], { description: 'How persons stand to each other at a moment of an episode.' })
  async relationships(
    @Args(() => RelationshipsArgs) args: RelationshipsArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ): Promise<readonly Relationship[]> {
    const { episodeId, atMs, characterId } = args;
    const page = { first: boundOf(args), ...aheadOf(info) };
    const found = loaders.keep(await store.relationshipsAt(episodeId, atMs, page, characterId ?? undefined));
    return found.edges.map(({ node }) => node);
  }

  @Follows({ by: 'character', field: 'fromId' })
  @FieldResolver(() => Character, { nullable: true, description: 'Whose relationship it is.' })
  from(@Root() { fromId }: Relationship, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(fromId);
  }

  @Follows({ by: 'character', field: 'toId' })
  @FieldResolver(() => Character, { nullable: true, description: 'Whom it is to.' })
  to(@Root() { toId }: Relationship, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(toId);
  }
}

@Resolver(() => RelationshipTurn)
export class RelationshipTurnResolver {
  @FieldResolver(() => Character, { nullable: true, description: 'Whose relationship turns.' })
  from(@Root() { fromId }: RelationshipTurn, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(fromId);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Whom it is to.' })
  to(@Root() { toId }: RelationshipTurn, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(toId);
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event that turns it.' })
  event(@Root() { eventId }: RelationshipTurn, @Ctx() { loaders }: Context): Soon<Event | undefined> {
    return loaders.node(eventId, 'Event');
  }
}
