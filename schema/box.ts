import { Field, Float, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';

@ObjectType({ simpleResolvers: true, description: 'A rectangle in shares of the frame, 0…1, origin at the top left.' })
export class Box {
  @InRange(0, 1)
  @Field(() => Float, { description: 'Left edge.' })
  x!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: 'Upper edge.' })
  y!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: 'Width.' })
  width!: number;

  @InRange(0, 1)
  @Field(() => Float, { description: 'Height.' })
  height!: number;
}
