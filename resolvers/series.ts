import { Args, Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Series } from '../schema/series.js';
import { CharacterConnection, EpisodeConnection } from './connections.js';
import type { Context } from './context.js';
import { connectionOf, PageArgs, pageOf } from './paging.js';

@Resolver(() => Series)
export class SeriesResolver {
  @FieldResolver(() => EpisodeConnection, { description: 'Its episodes, by title.' })
  async episodes(@Root() { id }: Series, @Args(() => PageArgs) page: PageArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.episodes(pageOf(page), id));
  }

  @FieldResolver(() => CharacterConnection, { description: 'Its characters, longest screen time first.' })
  async characters(@Root() { id }: Series, @Args(() => PageArgs) page: PageArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.characters(pageOf(page), { seriesId: id }));
  }
}
