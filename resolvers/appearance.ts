import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Appearance } from '../schema/appearance.js';
import { Character } from '../schema/character.js';
import { Person } from '../schema/person.js';
import { Shot } from '../schema/shot.js';
import { StoryObject } from '../schema/story-object.js';
import { Follows } from './along.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => Appearance)
export class AppearanceResolver {
  @Follows({ by: 'reference', field: 'personId' })
  @FieldResolver(() => Person, { nullable: true, description: 'Who appears.' })
  person(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Soon<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @Follows({ by: 'character', field: 'personId' })
  @FieldResolver(() => ID, { nullable: true, description: 'Who appears, as known across the series.' })
  characterId(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Soon<string | undefined> {
    return loaders.characterId(personId);
  }

  @Follows({ by: 'character', field: 'personId' })
  @FieldResolver(() => Character, { nullable: true, description: 'Who appears, as known across the series.' })
  character(@Root() { personId }: Appearance, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(personId);
  }

  @Follows({ by: 'reference', field: 'shotId' })
  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that the person is seen in.' })
  shot(@Root() { shotId }: Appearance, @Ctx() { loaders }: Context): Soon<Shot | undefined> {
    return loaders.node(shotId, 'Shot');
  }
}

@Resolver(() => StoryObject)
export class StoryObjectResolver {
  @Follows({ by: 'reference', field: 'shotId' })
  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that the object is seen in.' })
  shot(@Root() { shotId }: StoryObject, @Ctx() { loaders }: Context): Soon<Shot | undefined> {
    return loaders.node(shotId, 'Shot');
  }
}
