import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  simpleResolvers: true,
  description: 'A half-open interval of screen time, [startMs, endMs), in milliseconds.',
})
export class TimeRange {
  @Field(() => Int, { description: 'First millisecond of it.' })
  startMs!: number;

  @Field(() => Int, { description: 'First millisecond after it.' })
  endMs!: number;
}
