import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { Box } from './box.js';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { Position } from './position.js';
import { Emotion } from './register-enums.js';
import { Vad } from './vad.js';

@ObjectType({ simpleResolvers: true, description: 'A joint of the body, in shares of the frame.' })
export class PosePoint {
  @Field(() => String)
  joint!: string;

  @Field(() => Float)
  x!: number;

  @Field(() => Float)
  y!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  confidence!: number;
}

@ObjectType({ simpleResolvers: true, description: 'Where a head is turned, in radians; 0 looks into the camera.' })
export class HeadAngles {
  @Field(() => Float)
  yaw!: number;

  @Field(() => Float)
  pitch!: number;

  @Field(() => Float)
  roll!: number;
}

@ObjectType({ simpleResolvers: true, implements: NarrativeNode, description: 'A person on screen within one shot.' })
export class Appearance extends NarrativeNode {
  override kind!: 'Appearance';

  @RefersTo('Person')
  @Field(() => ID)
  personId!: string;

  @RefersTo('Shot')
  @Field(() => ID)
  shotId!: string;

  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;

  @Field(() => Int, { description: 'The moment of the readings below.' })
  atMs!: number;

  @Field(() => Box, { nullable: true })
  faceBox?: Box;

  @Field(() => [PosePoint], { nullable: true })
  pose?: PosePoint[];

  @Field(() => HeadAngles, { nullable: true })
  headAngles?: HeadAngles;

  @Field(() => Position, { nullable: true, description: 'The point between the eyes.' })
  positionCm?: Position;

  @Field(() => Emotion, { nullable: true })
  emotion?: Emotion;

  @Field(() => Vad, { nullable: true })
  vad?: Vad;

  @Field(() => String, { nullable: true })
  action?: string;

  @Field(() => String, { nullable: true })
  expression?: string;

  @Field(() => Boolean, { nullable: true })
  foreground?: boolean;
}
