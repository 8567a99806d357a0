import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';
import { JobKind, JobState, NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Why a job failed.' })
export class JobError {
  @Field(() => String, { description: 'Stable error code.' })
  code!: string;

  @Field(() => String)
  message!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Work that takes long: it can be watched, cancelled, retried and resumed.',
})
export class Job {
  @Field(() => ID)
  id!: string;

  @Field(() => NodeKind)
  kind!: 'Job';

  @Field(() => JobKind)
  job!: JobKind;

  @Field(() => JobState)
  state!: JobState;

  @Field(() => String, { nullable: true })
  stage?: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  progress!: number;

  @Field(() => Int, { description: 'From 0; counts the times a worker took the job.' })
  attempt!: number;

  @Field(() => GraphQLDateTimeISO)
  createdAt!: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true })
  startedAt?: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true })
  finishedAt?: string;

  @Field(() => GraphQLJSON, { description: 'Ids and references, never media.' })
  input!: Record<string, unknown>;

  @Field(() => ID, { nullable: true })
  episodeId?: string;

  @Field(() => GraphQLJSON, { nullable: true })
  result?: Record<string, unknown>;

  @Field(() => JobError, { nullable: true })
  error?: JobError;
}
