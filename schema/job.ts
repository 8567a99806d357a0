import { GraphQLDateTimeISO, GraphQLJSON } from 'graphql-scalars';
import { Field, Float, ID, Int, ObjectType } from 'type-graphql';
import { InRange } from './fields.js';
import { JobKind, JobPriority, JobState, LogLevel, NodeKind } from './register-enums.js';

@ObjectType({ simpleResolvers: true, description: 'Why a job failed.' })
export class JobError {
  @Field(() => String, { description: 'Stable error code.' })
  code!: string;

  @Field(() => String, { description: 'What happened and what to do next.' })
  message!: string;
}

@ObjectType({ simpleResolvers: true, description: 'A line of a job’s log.' })
export class JobLine {
  @Field(() => GraphQLDateTimeISO, { description: 'When it was said.' })
  at!: string;

  @Field(() => Int, { description: 'In which attempt; 0 before a worker took the job.' })
  attempt!: number;

  @Field(() => LogLevel, { description: 'Whether somebody should look.' })
  level!: LogLevel;

  @Field(() => String, { description: 'What was done or went wrong.' })
  message!: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'Work that takes long: it can be watched, cancelled, retried and resumed.',
})
export class Job {
  @Field(() => ID, { description: 'Opaque.' })
  id!: string;

  @Field(() => NodeKind, { description: 'The noun.' })
  kind!: 'Job';

  @Field(() => JobKind, { description: 'What is to be done.' })
  job!: JobKind;

  @Field(() => JobState, { description: 'How far it has come.' })
  state!: JobState;

  @Field(() => JobPriority, { description: 'When its turn comes.' })
  priority!: JobPriority;

  @Field(() => String, { nullable: true, description: 'What it is at.' })
  stage?: string;

  @InRange(0, 1)
  @Field(() => Float, { description: '0…1' })
  progress!: number;

  @Field(() => Int, { description: 'From 0; counts the times a worker took the job.' })
  attempt!: number;

  @Field(() => Int, {
    description: 'How often it failed with what may pass and was queued again; asking anew resets it.',
  })
  failures!: number;

  @Field(() => Int, {
    description:
      'How many workers in a row died over it without getting further; it fails in the end. Asking anew resets it.',
  })
  workersLost!: number;

  @Field(() => String, { nullable: true, description: 'Who asked for it: the subject of their access.' })
  askedBy?: string;

  /** Where its worker goes on with the trace that it was asked in (W3C `traceparent`); served to nobody. */
  traceParent?: string;

  @Field(() => GraphQLDateTimeISO, { description: 'When it was asked for.' })
  createdAt!: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When a worker last took it.' })
  startedAt?: string;

  @Field(() => GraphQLDateTimeISO, { nullable: true, description: 'When it ended, whichever way.' })
  finishedAt?: string;

  @Field(() => GraphQLJSON, { description: 'Ids and references, never media.' })
  input!: Record<string, unknown>;

  @Field(() => ID, { nullable: true, description: 'The episode that it made.' })
  episodeId?: string;

  @Field(() => GraphQLJSON, { nullable: true, description: 'What came of it.' })
  result?: Record<string, unknown>;

  @Field(() => JobError, {
    nullable: true,
    description: 'Why it failed; while it waits to be tried again, why it failed last.',
  })
  error?: JobError;
}
