import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange, RefersTo } from './fields.js';
import { NarrativeNode } from './narrative-node.js';
import { CameraAngle, CameraMovement, ShotSize, Transition } from './register-enums.js';

@ObjectType({
  simpleResolvers: true,
  description: 'A calibrated camera: s·(u,v,1)ᵀ = matrix·(x,y,z,1)ᵀ (SkyScript-100M, eq. 1).',
})
export class Camera {
  @Field(() => [Float], { description: 'Twelve numbers, the 3×4 projection row by row.' })
  matrix!: number[];

  @Field(() => Float)
  focalLengthPx!: number;

  @Field(() => Float)
  reprojectionErrorPx!: number;
}

@ObjectType({
  simpleResolvers: true,
  implements: NarrativeNode,
  description: 'An unbroken run of frames from one camera.',
})
export class Shot extends NarrativeNode {
  override kind!: 'Shot';

  @RefersTo('Scene')
  @Field(() => ID)
  sceneId!: string;

  @Field(() => Int, { description: 'From 1, in screen time.' })
  ordinal!: number;

  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;

  @Field(() => Transition, { description: 'How the shot begins.' })
  transition!: Transition;

  @Field(() => ShotSize, { nullable: true })
  shotSize?: ShotSize;

  @Field(() => CameraAngle, { nullable: true })
  cameraAngle?: CameraAngle;

  @Field(() => CameraMovement, { nullable: true })
  cameraMovement?: CameraMovement;

  @Field(() => String, { nullable: true })
  cameraPosition?: string;

  @Field(() => String, { nullable: true })
  focus?: string;

  @Field(() => String, { nullable: true })
  action?: string;

  @RefersTo('Person')
  @Field(() => [ID])
  mainSubjectIds!: string[];

  @InRange(0, 10)
  @Field(() => Float, { nullable: true, description: '0…10' })
  highlightScore?: number;

  @Field(() => Camera, { nullable: true })
  camera?: Camera;
}
