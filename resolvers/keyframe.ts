import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Keyframe } from '../schema/keyframe.js';
import { Shot } from '../schema/shot.js';
import { Follows } from './along.js';
import type { Context } from './context.js';
import type { Soon } from './loaders.js';

@Resolver(() => Keyframe)
export class KeyframeResolver {
  @FieldResolver(() => String, { description: 'Where the JPEG can be seen, from this server.' })
  imageUrl(@Root() keyframe: Keyframe, @Ctx() { urls }: Context): string {
    return urls.picture(keyframe.imageId);
  }

  @Follows({ by: 'reference', field: 'shotId' })
  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that it stands for.' })
  shot(@Root() keyframe: Keyframe, @Ctx() { loaders }: Context): Soon<Shot | undefined> {
    return loaders.node(keyframe.shotId, 'Shot');
  }
}
