import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A half-open interval of screen time, [startMs, endMs), in milliseconds.',
})
export class TimeRange {
  @Field(() => Int)
  startMs!: number;

  @Field(() => Int)
  endMs!: number;
}
