import { Field, Float, ID, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { CausalRelation } from './register-enums.js';

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'One event leads to another.' })
export class CausalLink extends NarrativeNode {
  override kind!: 'CausalLink';

  @RefersTo('Event')
  @Field(() => ID, { description: 'The event that leads to the other.' })
  causeId!: string;

  @RefersTo('Event')
  @Field(() => ID, { description: 'The event that it leads to.' })
  effectId!: string;

  @Field(() => CausalRelation, { description: 'In which way.' })
  relation!: CausalRelation;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  weight!: number;
}
