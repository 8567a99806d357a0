import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { EmotionSample } from '../schema/emotion-sample.js';
import { Person } from '../schema/person.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => EmotionSample)
export class EmotionSampleResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who feels so; absent for the audience.' })
  person(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Soon<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Who feels so, as known across the series.' })
  characterId(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Soon<string | undefined> {
    return loaders.characterId(personId);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who feels so, as known across the series.' })
  character(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(personId);
  }
}
