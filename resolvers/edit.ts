import { GraphQLJSON } from 'graphql-scalars';
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  Mutation,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { Character } from '../schema/character.js';
import { Edit, EditAnchor } from '../schema/edit.js';
import { Episode } from '../schema/episode.js';
import { NarrativeNode } from '../schema/narrative-node.js';
import type { Role } from './access.js';
import { EditConnection } from './connections.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';
import { connectionOf, PageArgs, pageOf } from './paging.js';

@ArgsType()
class SplitArgs {
  @Field(() => ID, { description: 'The character to take them out of.' })
  characterId!: string;

  @Field(() => [ID], { nullable: true, description: 'Its persons: whole episodes of it.' })
  personIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Its appearances in single shots.' })
  appearanceIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Events in which it speaks or acts.' })
  eventIds?: string[] | null;

  @Field(() => [ID], { nullable: true, description: 'Episodes in which it is somebody else.' })
  episodeIds?: string[] | null;

  @Field(() => String, { nullable: true, description: 'Name of the new character.' })
  name?: string | null;
}

const isOfCharacter = ({ anchor }: Edit) => anchor.kind === 'Character';

@Resolver(() => Edit)
export class EditResolver {
  @Query(() => EditConnection, { description: 'People’s corrections of an episode, in the order they were made.' })
  async edits(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Args(() => PageArgs) page: PageArgs,
    @Ctx() { store }: Context,
  ) {
    return connectionOf(await store.edits(episodeId, pageOf(page)));
  }

  @Authorized<Role>('editor')
  @Mutation(() => Edit, {
    complexity: 2000,
    description: 'Corrects one plain field of a node. The correction outranks every model and survives a new analysis.',
  })
  correct(
    @Arg('nodeId', () => ID, { description: 'Id of the node to correct.' }) nodeId: string,
    @Arg('field', () => String, { description: 'Name of the field, such as `location`.' }) field: string,
    @Arg('value', () => GraphQLJSON, { nullable: true, description: 'Its new value; null empties it.' }) value: unknown,
    @Ctx() { store, author }: Context,
  ): Promise<Edit> {
    return store.correct({ nodeId, field, value: value ?? null, author });
  }

  @Authorized<Role>('editor')
  @Mutation(() => Edit, {
    complexity: 2000,
    description:
      'Names a character in all its episodes, those analysed later included. The answer’s `conflicts` say what does not fit.',
  })
  renameCharacter(
    @Arg('characterId', () => ID, { description: 'Id of the character.' }) characterId: string,
    @Arg('name', () => String, { description: 'Its name.' }) name: string,
    @Ctx() { store, author }: Context,
  ): Promise<Edit> {
    return store.renameCharacter({ characterId, name, author });
  }

  @Authorized<Role>('editor')
  @Mutation(() => Edit, {
    complexity: 2000,
    description:
      'Makes characters of one series (or lone episode) one, those that look like them later included. The answer’s `conflicts` say what does not fit.',
  })
  mergeCharacters(
    @Arg('keepId', () => ID, { description: 'The character whose id and name stay.' }) keepId: string,
    @Arg('otherIds', () => [ID], { description: 'The characters that are the same one.' }) otherIds: string[],
    @Ctx() { store, author }: Context,
  ): Promise<Edit> {
    return store.mergeCharacters({ keepId, otherIds, author });
  }

  @Authorized<Role>('editor')
  @Mutation(() => Edit, {
    complexity: 2000,
    description: 'Takes what is somebody else out of a character, to be a new one: the answer’s `character`.',
  })
  splitCharacter(@Args(() => SplitArgs) args: SplitArgs, @Ctx() { store, author }: Context): Promise<Edit> {
    const given = Object.fromEntries(Object.entries(args).filter(([, value]) => value != null));
    return store.splitCharacter({ characterId: args.characterId, ...given, author });
  }

  @Authorized<Role>('editor')
  @Mutation(() => Edit, { complexity: 2000, description: 'Takes a correction back; what it had covered shows again.' })
  undo(
    @Arg('editId', () => ID, { description: 'Id of the edit to take back.' }) editId: string,
    @Ctx() { store }: Context,
  ): Promise<Edit> {
    return store.undo(editId);
  }

  @FieldResolver(() => Episode, { nullable: true, description: 'The episode that was corrected.' })
  episode(@Root() edit: Edit, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(edit.episodeId, 'Episode');
  }

  @FieldResolver(() => Character, {
    nullable: true,
    description: 'Of an edit of characters: the one it applies to now; of SPLIT, the new one.',
  })
  character(@Root() edit: Edit, @Ctx() { loaders }: Context): Soon<Character | undefined> {
    return loaders.node(isOfCharacter(edit) ? edit.appliedTo : undefined, 'Character');
  }

  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node that a correction applies to now.' })
  node(@Root() edit: Edit, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(isOfCharacter(edit) ? undefined : edit.appliedTo);
  }
}

@Resolver(() => EditAnchor)
export class EditAnchorResolver {
  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node of this id, if it is still there.' })
  node(@Root() anchor: EditAnchor, @Ctx() { loaders }: Context): Soon<NarrativeNode | undefined> {
    return loaders.narrativeNode(anchor.kind === 'Character' ? undefined : anchor.nodeId);
  }
}
