/** A sample for people to judge, as the API gives it. */
import { Field, ID, Int, ObjectType } from 'type-graphql';
import { NodeKind } from '../schema/register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'One field of one node, to be judged.' })
export class CalibrationItem {
  @Field(() => ID, { description: 'Its episode.' })
  episodeId!: string;

  @Field(() => ID, { description: 'The node.' })
  nodeId!: string;

  @Field(() => NodeKind, { description: 'The node’s noun.' })
  kind!: NodeKind;

  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => String, { description: 'What it says; of personId, the name.' })
  value!: string;

  @Field(() => Int, { nullable: true, description: 'Where to begin to look.' })
  startMs?: number;

  @Field(() => Int, { nullable: true, description: 'Where to stop.' })
  endMs?: number;
}

@ObjectType({ simpleResolvers: true, description: 'One field of one noun, and how much of it is in a packet.' })
export class PacketStratum {
  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: NodeKind;

  @Field(() => String, { description: 'The field.' })
  field!: string;

  @Field(() => Int, { description: 'How many there are.' })
  population!: number;

  @Field(() => Int, { description: 'How many of them are in the packet.' })
  sampled!: number;
}

@ObjectType({
  simpleResolvers: true,
  description: 'A sample of what an episode or a series says, to be judged by people.',
})
export class CalibrationPacket {
  @Field(() => Int, { description: 'What it was drawn by: the same seed draws the same.' })
  seed!: number;

  @Field(() => Int, { description: 'How many items there are in all.' })
  population!: number;

  @Field(() => [PacketStratum], { description: 'How it was drawn.' })
  strata!: readonly PacketStratum[];

  @Field(() => [CalibrationItem], { description: 'In order of episode and time.' })
  items!: readonly CalibrationItem[];
}
