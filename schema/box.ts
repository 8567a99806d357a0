import { Field, Float, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';

@ObjectType({ simpleResolvers: true, description: 'A rectangle in shares of the frame, 0…1, origin at the top left.' })
export class Box {
  @InRange(0, 1)
  @Field(() => Float)
  x!: number;

  @InRange(0, 1)
  @Field(() => Float)
  y!: number;

  @InRange(0, 1)
  @Field(() => Float)
  width!: number;

  @InRange(0, 1)
  @Field(() => Float)
  height!: number;
}
