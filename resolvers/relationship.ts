import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Event } from '../schema/event.js';
import { Relationship } from '../schema/relationship.js';
import { RelationshipTurn } from '../schema/relationship-turn.js';
import type { Context } from './context.js';

@Resolver(() => Relationship)
export class RelationshipResolver {
  @FieldResolver(() => Character, { nullable: true, description: 'Whose relationship it is.' })
  from(@Root() { fromId }: Relationship, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(fromId);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Whom it is to.' })
  to(@Root() { toId }: Relationship, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(toId);
  }
}

@Resolver(() => RelationshipTurn)
export class RelationshipTurnResolver {
  @FieldResolver(() => Character, { nullable: true, description: 'Whose relationship turns.' })
  from(@Root() { fromId }: RelationshipTurn, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(fromId);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Whom it is to.' })
  to(@Root() { toId }: RelationshipTurn, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(toId);
  }

  @FieldResolver(() => Event, { nullable: true, description: 'The event that turns it.' })
  event(@Root() { eventId }: RelationshipTurn, @Ctx() { loaders }: Context): Promise<Event | undefined> {
    return loaders.node(eventId, 'Event');
  }
}
