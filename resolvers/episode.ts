import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Info,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Episode } from '../schema/episode.js';
import { FabulaError } from '../schema/errors.js';
import { Person } from '../schema/person.js';
import { SignalName } from '../schema/register-enums.js';
import { Series } from '../schema/series.js';
import { SignalTrack } from '../schema/signal-track.js';
import type { Role } from './access.js';
import { aheadOf } from './along.js';
import {
  CharacterConnection,
  CueConnection,
  EditConnection,
  EpisodeConnection,
  EventConnection,
  SceneConnection,
  ShotConnection,
  SpeechIntervalConnection,
} from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf, connectionOf, largestPage, PageArgs, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

@ArgsType()
class EpisodesArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only episodes of this series.' })
  seriesId?: string | null;
}

@Resolver(() => Episode)
export class EpisodeResolver {
  @Query(() => Episode, { nullable: true, description: 'One episode; null where there is none of this id.' })
  async episode(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { store }: Context,
  ): Promise<Episode | undefined> {
    return store.episode(id);
  }

  @Query(() => EpisodeConnection, { description: 'The episodes that are there, by title.' })
  async episodes(@Args(() => EpisodesArgs) args: EpisodesArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.episodes(pageOf(args), args.seriesId ?? undefined));
  }

  @Authorized<Role>('admin')
  @Mutation(() => Boolean, {
    complexity: 2000,
    description: 'Removes an episode with its edits, artifacts, pictures and embeddings; the film itself stays.',
  })
  async deleteEpisode(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { store, sweepFiles }: Context,
  ): Promise<boolean> {
    if (!(await store.deleteEpisode(id))) throw new FabulaError('NOT_FOUND', `There is no episode ${id}.`);
    await sweepFiles();
    return true;
  }

  @FieldResolver(() => Series, { nullable: true, description: 'The series that the episode belongs to.' })
  series(@Root() episode: Episode, @Ctx() { loaders }: Context): Soon<Series | undefined> {
    return loaders.node(episode.seriesId, 'Series');
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the film can be played, from this server.' })
  mediaUrl(@Root() episode: Episode, @Ctx() { urls }: Context): string | undefined {
    return episode.media && urls.film(episode.id);
  }

  @FieldResolver(() => String, { nullable: true, description: 'Where the contact sheet can be seen.' })
  contactSheetUrl(@Root() { contactSheetId }: Episode, @Ctx() { urls }: Context): string | undefined {
    return contactSheetId && urls.picture(contactSheetId);
  }

  @FieldResolver(() => SceneConnection, { description: 'Its scenes, in screen time.' })
  async scenes(
    @Root() { id }: Episode,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(loaders.keep(await store.scenes(id, pageOf(args, aheadOf(info)), windowOf(args.window))));
  }

  @FieldResolver(() => ShotConnection, { description: 'Its shots, in screen time.' })
  async shots(
    @Root() { id }: Episode,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(loaders.keep(await store.shots(id, pageOf(args, aheadOf(info)), windowOf(args.window))));
  }

  @FieldResolver(() => EventConnection, { description: 'What happens, in screen time.' })
  async events(
    @Root() { id }: Episode,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(loaders.keep(await store.events(id, pageOf(args, aheadOf(info)), windowOf(args.window))));
  }

  @FieldResolver(() => CueConnection, { description: 'Its subtitles or transcript, in screen time.' })
  async cues(
    @Root() { id }: Episode,
    @Args(() => WindowPageArgs) args: WindowPageArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(loaders.keep(await store.cues(id, pageOf(args, aheadOf(info)), windowOf(args.window))));
  }

  @FieldResolver(() => CharacterConnection, { description: 'Its characters, longest screen time first.' })
  async characters(@Root() { id }: Episode, @Args(() => PageArgs) page: PageArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.characters(pageOf(page), { episodeId: id }));
  }

  @FieldResolver(() => EditConnection, { description: 'People’s corrections, in the order they were made.' })
  async edits(@Root() { id }: Episode, @Args(() => PageArgs) page: PageArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.edits(id, pageOf(page)));
  }

  @FieldResolver(() => [Person], { description: 'Who is seen, heard or named in it.' })
  persons(@Root() { id }: Episode, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Person', id, boundOf(bound));
  }

  @FieldResolver(() => [SignalTrack], { description: 'What was measured second by second.' })
  async signals(
    @Root() { id }: Episode,
    @Arg('names', () => [SignalName], { nullable: true, description: 'Only these signals.' })
    names: SignalName[] | null | undefined,
    @Ctx() { loaders }: Context,
  ): Promise<SignalTrack[]> {
    const signals = await loaders.children('SignalTrack', id, largestPage);
    return signals.filter(({ name }) => names == null || names.includes(name));
  }

  @FieldResolver(() => SpeechIntervalConnection, { description: 'When somebody is heard speaking, in screen time.' })
  async speech(@Root() { id }: Episode, @Args(() => WindowPageArgs) args: WindowPageArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.speech(id, pageOf(args), windowOf(args.window)));
  }
}
