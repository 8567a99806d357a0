import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { LayoutDefect } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'Something in the staging that cannot be, or breaks a rule of continuity.',
})
export class LayoutIssue extends NarrativeNode {
  override kind!: 'LayoutIssue';

  @RefersTo('Shot')
  @Field(() => ID, { description: 'The shot in which it is seen.' })
  shotId!: string;

  @Field(() => Int, { description: 'The moment.' })
  atMs!: number;

  @Field(() => LayoutDefect, { description: 'What is wrong.' })
  issue!: LayoutDefect;

  @Field(() => Float, { description: 'Size of the defect in the unit that `detail` names.' })
  magnitude!: number;

  @Field(() => String, { description: 'What was measured, in words and figures.' })
  detail!: string;
}
