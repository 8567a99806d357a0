import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Appearance } from '../schema/appearance.js';
import { Character } from '../schema/character.js';
import { Person } from '../schema/person.js';
import { Shot } from '../schema/shot.js';
import { StoryObject } from '../schema/story-object.js';
import type { Context } from './context.js';

@Resolver(() => Appearance)
export class AppearanceResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who appears.' })
  person(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Promise<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Who appears, as known across the series.' })
  async characterId(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Promise<string | undefined> {
    return (await loaders.character(personId))?.id;
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who appears, as known across the series.' })
  character(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(personId);
  }

  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that the person is seen in.' })
  shot(@Root() { shotId }: Appearance, @Ctx() { loaders }: Context): Promise<Shot | undefined> {
    return loaders.node(shotId, 'Shot');
  }
}

@Resolver(() => StoryObject)
export class StoryObjectResolver {
  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that the object is seen in.' })
  shot(@Root() { shotId }: StoryObject, @Ctx() { loaders }: Context): Promise<Shot | undefined> {
    return loaders.node(shotId, 'Shot');
  }
}
