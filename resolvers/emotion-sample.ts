import { Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { EmotionSample } from '../schema/emotion-sample.js';
import { Person } from '../schema/person.js';
import type { Context } from './context.js';

@Resolver(() => EmotionSample)
export class EmotionSampleResolver {
  @FieldResolver(() => Person, { nullable: true, description: 'Who feels so; absent for the audience.' })
  person(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Promise<Person | undefined> {
    return loaders.node(personId, 'Person');
  }

  @FieldResolver(() => ID, { nullable: true, description: 'Who feels so, as known across the series.' })
  async characterId(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Promise<string | undefined> {
    return (await loaders.character(personId))?.id;
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who feels so, as known across the series.' })
  character(@Root() { personId }: EmotionSample, @Ctx() { loaders }: Context): Promise<Character | undefined> {
    return loaders.character(personId);
  }
}
