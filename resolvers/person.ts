import { Args, Ctx, FieldResolver, ID, Resolver, Root } from 'type-graphql';
import { Appearance } from '../schema/appearance.js';
import { Character } from '../schema/character.js';
import { Person } from '../schema/person.js';
import { Scene } from '../schema/scene.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf } from './paging.js';

@Resolver(() => Person)
export class PersonResolver {
  @FieldResolver(() => ID, { nullable: true, description: 'Who this is across the series.' })
  characterId(@Root() person: Person, @Ctx() { loaders }: Context): Soon<string | undefined> {
    return loaders.characterId(person.id);
  }

  @FieldResolver(() => Character, { nullable: true, description: 'Who this is across the series.' })
  character(@Root() person: Person, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.character(person.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the portrait can be seen, from this server.' })
  portraitUrl(@Root() { portraitId }: Person, @Ctx() { urls }: Context): string | undefined {
    return portraitId && urls.picture(portraitId);
  }

  @FieldResolver(() => [Appearance], { description: 'The person’s appearances on screen, the first ones.' })
  appearances(@Root() { id }: Person, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Appearance', id, boundOf(bound));
  }

  @FieldResolver(() => [Scene], { description: 'The scenes that the person is in, the first ones.' })
  scenes(@Root() { id }: Person, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Scene', id, boundOf(bound));
  }
}
