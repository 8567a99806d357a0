import type { GraphQLResolveInfo } from 'graphql';
import {
  Arg,
  Args,
  ArgsType,
  Ctx,
  Field,
  FieldResolver,
  Float,
  ID,
  Info,
  InputType,
  Query,
  Resolver,
  Root,
  registerEnumType,
} from 'type-graphql';
import type { ShotFilter } from '../graph/store.js';
import { Appearance } from '../schema/appearance.js';
import { Cue } from '../schema/cue.js';
import { Event } from '../schema/event.js';
import { Keyframe } from '../schema/keyframe.js';
import { Person } from '../schema/person.js';
import { Emotion, ShotSize } from '../schema/register-enums.js';
import { Scene } from '../schema/scene.js';
import { Shot } from '../schema/shot.js';
import { StoryObject } from '../schema/story-object.js';
import { aheadOf, Follows } from './along.js';
import { ShotConnection } from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { BoundArgs, boundOf, connectionOf, pageOf } from './paging.js';
import { WindowPageArgs, windowOf } from './time-window.js';

const CharacterMatch = { ALL: 'all', ANY: 'any' } as const;
type CharacterMatch = (typeof CharacterMatch)[keyof typeof CharacterMatch];

registerEnumType(CharacterMatch, {
  name: 'CharacterMatch',
  description: 'How many of the given characters must be in a shot.',
  valuesConfig: { ALL: { description: 'Every one of them.' }, ANY: { description: 'At least one of them.' } },
});

@InputType('ShotFilter', { description: 'Which shots; all given conditions hold together.' })
class ShotFilterInput {
  @Field(() => [ID], { nullable: true, description: 'These characters are in the shot.' })
  characterIds?: string[] | null;

  @Field(() => CharacterMatch, { nullable: true, description: 'All of `characterIds` (the default) or any.' })
  characters?: CharacterMatch | null;

  @Field(() => [ShotSize], { nullable: true, description: 'The shot has one of these sizes.' })
  shotSize?: ShotSize[] | null;

  @Field(() => String, { nullable: true, description: 'The scene’s location contains these words.' })
  location?: string | null;

  @Field(() => [Emotion], { nullable: true, description: 'Somebody in the shot shows one of these emotions.' })
  emotion?: Emotion[] | null;

  @Field(() => Float, { nullable: true, description: 'Lowest highlight score, 0…10.' })
  minHighlightScore?: number | null;

  @Field(() => String, { nullable: true, description: 'These words are said while the shot is on screen.' })
  dialogue?: string | null;
}

@ArgsType()
class ShotsArgs extends WindowPageArgs {
  @Field(() => ShotFilterInput, { nullable: true, description: 'Only shots that meet these conditions.' })
  filter?: ShotFilterInput | null;
}

/** The filter without what was left open, written as null or not at all. */
const filterOf = (filter: ShotFilterInput | null | undefined): ShotFilter | undefined =>
  filter == null ? undefined : Object.fromEntries(Object.entries(filter).filter(([, value]) => value != null));

@Resolver(() => Shot)
export class ShotResolver {
  @Query(() => ShotConnection, { description: 'Shots of an episode, in screen time.' })
  async shots(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => ShotsArgs) args: ShotsArgs,
    @Ctx() { store, loaders }: Context,
    @Info() info: GraphQLResolveInfo,
  ) {
    return connectionOf(
      loaders.keep(
        await store.shots(episodeId, pageOf(args, aheadOf(info)), windowOf(args.window), filterOf(args.filter)),
      ),
    );
  }

  @Follows({ by: 'reference', field: 'sceneId' })
  @FieldResolver(() => Scene, { nullable: true, description: 'The scene that the shot belongs to.' })
  scene(@Root() shot: Shot, @Ctx() { loaders }: Context): Soon<Scene | undefined> {
    return loaders.node(shot.sceneId, 'Scene');
  }

  @Follows({ by: 'parent', kind: 'Keyframe' })
  @FieldResolver(() => [Keyframe], { description: 'Frames that stand for it, and those turned down.' })
  keyframes(@Root() { id }: Shot, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Keyframe', id, boundOf(bound));
  }

  @Follows({ by: 'parent', kind: 'Appearance' })
  @FieldResolver(() => [Appearance], { description: 'Who is on screen in it.' })
  appearances(@Root() { id }: Shot, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('Appearance', id, boundOf(bound));
  }

  @Follows({ by: 'parent', kind: 'StoryObject' })
  @FieldResolver(() => [StoryObject], { description: 'Things in the picture that may matter.' })
  objects(@Root() { id }: Shot, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.children('StoryObject', id, boundOf(bound));
  }

  @FieldResolver(() => [Cue], { description: 'What is said while it is on screen.' })
  cues(@Root() shot: Shot, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Cue', shot, boundOf(bound));
  }

  @FieldResolver(() => [Event], { description: 'What happens while it is on screen.' })
  events(@Root() shot: Shot, @Args(() => BoundArgs) bound: BoundArgs, @Ctx() { loaders }: Context) {
    return loaders.during('Event', shot, boundOf(bound));
  }

  @Follows({ by: 'reference', field: 'mainSubjectIds' })
  @FieldResolver(() => [Person], { description: 'The persons that `mainSubjectIds` name.' })
  mainSubjects(@Root() shot: Shot, @Ctx() { loaders }: Context): Soon<Person[]> {
    return loaders.nodes(shot.mainSubjectIds, 'Person');
  }
}
