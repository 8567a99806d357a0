import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'A relationship at one side of its turn.' })
export class RelationshipState {
  @Field(() => String)
  relation!: string;

  @InRange(-1, 1)
  @Field(() => Float, { description: '−1…1' })
  polarity!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  strength!: number;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'The moment a relationship changes.' })
export class RelationshipTurn extends NarrativeNode {
  override kind!: 'RelationshipTurn';

  @RefersTo('Person')
  @Field(() => ID)
  fromId!: string;

  @RefersTo('Person')
  @Field(() => ID)
  toId!: string;

  @Field(() => Int)
  atMs!: number;

  @Field(() => RelationshipState)
  before!: RelationshipState;

  @Field(() => RelationshipState)
  after!: RelationshipState;

  @RefersTo('Event')
  @Field(() => ID, { nullable: true })
  eventId?: string;
}
