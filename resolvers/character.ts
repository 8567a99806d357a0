import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, ID, Query, Resolver, Root } from 'type-graphql';
import { Character } from '../schema/character.js';
import { Episode } from '../schema/episode.js';
import { Person } from '../schema/person.js';
import { Series } from '../schema/series.js';
import { CharacterConnection } from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { connectionOf, PageArgs, pageOf } from './paging.js';

@ArgsType()
class CharactersArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Characters in this episode.' })
  episodeId?: string | null;

  @Field(() => ID, { nullable: true, description: 'Characters of this series.' })
  seriesId?: string | null;
}

@Resolver(() => Character)
export class CharacterResolver {
  @Query(() => Character, { nullable: true, description: 'One character; null where there is none of this id.' })
  character(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { loaders }: Context,
  ): Soon<Character | undefined> {
    return loaders.node(id, 'Character');
  }

  @Query(() => CharacterConnection, {
    description: 'Characters of an episode, of a series, or of all there is; longest screen time first.',
  })
  async characters(@Args(() => CharactersArgs) args: CharactersArgs, @Ctx() { store }: Context) {
    const { episodeId, seriesId } = args;
    const of = { episodeId: episodeId ?? undefined, seriesId: seriesId ?? undefined };
    return connectionOf(await store.characters(pageOf(args), of));
  }

  @FieldResolver(() => Series, { nullable: true, description: 'The series that the character belongs to.' })
  series(@Root() character: Character, @Ctx() { loaders }: Context): Soon<Series | undefined> {
    return loaders.node(character.seriesId, 'Series');
  }

  @FieldResolver(() => Episode, { nullable: true, description: 'The lone episode that the character belongs to.' })
  episode(@Root() character: Character, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(character.episodeId, 'Episode');
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the portrait can be seen, from this server.' })
  portraitUrl(@Root() { portraitId }: Character, @Ctx() { urls }: Context): string | undefined {
    return portraitId && urls.picture(portraitId);
  }

  @FieldResolver(() => [Person], { description: 'The character in each episode.' })
  persons(@Root() character: Character, @Ctx() { loaders }: Context): Promise<readonly Person[]> {
    return loaders.persons(character.id);
  }
}
