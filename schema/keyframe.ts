import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { KeyframeRejection } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'A frame that stands for its shot, or was turned down, with the reason.',
})
export class Keyframe extends NarrativeNode {
  override kind!: 'Keyframe';

  @RefersTo('Shot')
  @Field(() => ID, { description: 'The shot that it stands for.' })
  shotId!: string;

  @Field(() => Int, { description: 'Its moment in the film.' })
  atMs!: number;

  @Field(() => ID, { description: 'Content hash of the JPEG.' })
  imageId!: string;

  @Field(() => Float, {
    description: 'Variance of the Laplacian of luma on a 320 px wide frame, above the subtitles; 0 is flat.',
  })
  sharpness!: number;

  @Field(() => Boolean, { description: 'Whether it can stand for its shot.' })
  valid!: boolean;

  @Field(() => KeyframeRejection, { nullable: true, description: 'Why it was turned down.' })
  rejection?: KeyframeRejection;
}
