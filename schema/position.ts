import { Field, Float, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A point in the scene: centimetres, y up, origin on the floor at the scene’s centre.',
})
export class Position {
  @Field(() => Float, { description: 'To the right.' })
  x!: number;

  @Field(() => Float, { description: 'Up from the floor.' })
  y!: number;

  @Field(() => Float, { description: 'Towards the camera side of the scene.' })
  z!: number;
}
