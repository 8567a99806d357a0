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

  @Field(() => Float, { description: 'Focal length in pixels.' })
  focalLengthPx!: number;

  @Field(() => Float, { description: 'How far known points fall from where they are seen, in pixels.' })
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
  @Field(() => ID, { description: 'The scene that it belongs to.' })
  sceneId!: string;

  @Field(() => Int, { description: 'From 1, in screen time.' })
  ordinal!: number;

  @Field(() => Int, { description: 'First millisecond of it.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;

  @Field(() => Transition, { description: 'How the shot begins.' })
  transition!: Transition;

  @Field(() => ShotSize, { nullable: true, description: 'How much of the people is in the frame.' })
  shotSize?: ShotSize;

  @Field(() => CameraAngle, { nullable: true, description: 'From where the camera looks.' })
  cameraAngle?: CameraAngle;

  @Field(() => CameraMovement, { nullable: true, description: 'How the camera moves.' })
  cameraMovement?: CameraMovement;

  @Field(() => String, { nullable: true, description: 'Where the camera stands, in words.' })
  cameraPosition?: string;

  @Field(() => String, { nullable: true, description: 'What is in focus.' })
  focus?: string;

  @Field(() => String, { nullable: true, description: 'What is seen to happen.' })
  action?: string;

  @RefersTo('Person')
  @Field(() => [ID], { description: 'The persons that the shot is about.' })
  mainSubjectIds!: string[];

  @InRange(0, 10)
  @Field(() => Float, { nullable: true, description: '0…10' })
  highlightScore?: number;

  @Field(() => Camera, { nullable: true, description: 'The calibrated camera.' })
  camera?: Camera;
}
