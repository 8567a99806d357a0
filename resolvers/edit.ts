import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Args, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Edit, EditAnchor } from '../schema/edit.js';
import { Episode } from '../schema/episode.js';
import { NarrativeNode } from '../schema/narrative-node.js';
import { EditConnection } from './connections.js';
import type { Context } from './context.js';
import { connectionOf, PageArgs, pageOf } from './paging.js';

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

  @Mutation(() => Edit, { complexity: 2000, description: 'Takes a correction back; what it had covered shows again.' })
  undo(
    @Arg('editId', () => ID, { description: 'Id of the edit to take back.' }) editId: string,
    @Ctx() { store }: Context,
  ): Promise<Edit> {
    return store.undo(editId);
  }

  @FieldResolver(() => Episode, { nullable: true, description: 'The episode that was corrected.' })
  episode(@Root() edit: Edit, @Ctx() { loaders }: Context): Promise<Episode | undefined> {
    return loaders.node(edit.episodeId, 'Episode');
  }

  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node that the edit applies to now.' })
  node(@Root() edit: Edit, @Ctx() { loaders }: Context): Promise<NarrativeNode | undefined> {
    return loaders.narrativeNode(edit.appliedTo);
  }
}

@Resolver(() => EditAnchor)
export class EditAnchorResolver {
  @FieldResolver(() => NarrativeNode, { nullable: true, description: 'The node of this id, if it is still there.' })
  node(@Root() anchor: EditAnchor, @Ctx() { loaders }: Context): Promise<NarrativeNode | undefined> {
    return loaders.narrativeNode(anchor.nodeId);
  }
}
