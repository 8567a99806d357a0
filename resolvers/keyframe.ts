import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Keyframe } from '../schema/keyframe.js';
import { Shot } from '../schema/shot.js';
import type { Context } from './context.js';

@Resolver(() => Keyframe)
export class KeyframeResolver {
  @FieldResolver(() => String, { description: 'Where the JPEG can be seen, from this server.' })
  imageUrl(@Root() keyframe: Keyframe, @Ctx() { urls }: Context): string {
    return urls.picture(keyframe.imageId);
  }

  @FieldResolver(() => Shot, { nullable: true, description: 'The shot that it stands for.' })
  shot(@Root() keyframe: Keyframe, @Ctx() { loaders }: Context): Promise<Shot | undefined> {
    return loaders.node(keyframe.shotId, 'Shot');
  }
}
