import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';

@ObjectType({ simpleResolvers: true, description: 'A relationship at one side of its turn.' })
export class RelationshipState {
  @Field(() => String, { description: 'What they are to each other.' })
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
  @Field(() => ID, { description: 'Whose relationship turns: a person.' })
  fromId!: string;

  @RefersTo('Person')
  @Field(() => ID, { description: 'The person it is to.' })
  toId!: string;

  @Field(() => Int, { description: 'The moment.' })
  atMs!: number;

  @Field(() => RelationshipState, { description: 'How it was.' })
  before!: RelationshipState;

  @Field(() => RelationshipState, { description: 'How it is from then on.' })
  after!: RelationshipState;

  @RefersTo('Event')
  @Field(() => ID, { nullable: true, description: 'The event that turns it.' })
  eventId?: string;
}
