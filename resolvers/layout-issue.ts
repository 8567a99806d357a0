import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { LayoutIssue } from '../schema/layout-issue.js';
import { Shot } from '../schema/shot.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => LayoutIssue)
export class LayoutIssueResolver {
  @FieldResolver(() => Shot, { nullable: true, description: 'The shot in which it is seen.' })
  shot(@Root() { shotId }: LayoutIssue, @Ctx() { loaders }: Context): Soon<Shot | undefined> {
    return loaders.node(shotId, 'Shot');
  }
}
