import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Box } from './box.js';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { Position } from './position.js';
import { Emotion, FrameSide } from './register-enums.js';
import { Vad } from './vad.js';

@ObjectType({ simpleResolvers: true, description: 'A joint of the body, in shares of the frame.' })
export class PosePoint {
  @Field(() => String, { description: 'Name of the joint, such as `left_wrist`.' })
  joint!: string;

  @Field(() => Float, { description: 'From the left, 0…1.' })
  x!: number;

  @Field(() => Float, { description: 'From the top, 0…1.' })
  y!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  confidence!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Where a head is turned, in radians; 0 looks into the camera.' })
export class HeadAngles {
  @Field(() => Float, { description: 'Turned to the side.' })
  yaw!: number;

  @Field(() => Float, { description: 'Nodded up or down.' })
  pitch!: number;

  @Field(() => Float, { description: 'Tilted towards a shoulder.' })
  roll!: number;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'A person on screen within one shot.' })
export class Appearance extends NarrativeNode {
  override kind!: 'Appearance';

  @RefersTo('Person')
  @Field(() => ID, { description: 'Who appears.' })
  personId!: string;

  @RefersTo('Shot')
  @Field(() => ID, { description: 'In which shot.' })
  shotId!: string;

  @Field(() => Int, { description: 'When the person is first seen in the shot.' })
  startMs!: number;

  @Field(() => Int, { description: 'The first millisecond after the person was last seen.' })
  endMs!: number;

  @Field(() => Int, { description: 'The moment of the readings below.' })
  atMs!: number;

  @Field(() => Box, { nullable: true, description: 'Where the face is.' })
  faceBox?: Box;

  @Field(() => [PosePoint], { nullable: true, description: 'The body’s joints.' })
  pose?: PosePoint[];

  @Field(() => HeadAngles, { nullable: true, description: 'Where the head is turned.' })
  headAngles?: HeadAngles;

  @Field(() => Position, { nullable: true, description: 'The point between the eyes.' })
  positionCm?: Position;

  @Field(() => Emotion, { nullable: true, description: 'What the face shows.' })
  emotion?: Emotion;

  @Field(() => Vad, { nullable: true, description: 'How the person seems to feel.' })
  vad?: Vad;

  @Field(() => String, { nullable: true, description: 'What the person does.' })
  action?: string;

  @Field(() => String, { nullable: true, description: 'The look on the face, in words.' })
  expression?: string;

  @Field(() => FrameSide, {
    nullable: true,
    description: 'The side through which the person moves into the picture while the shot runs.',
  })
  entersFrom?: FrameSide;

  @Field(() => FrameSide, {
    nullable: true,
    description: 'The side through which the person moves out of the picture while the shot runs.',
  })
  leavesTo?: FrameSide;

  @Field(() => Boolean, { nullable: true, description: 'Whether the person is in the foreground.' })
  foreground?: boolean;
}
