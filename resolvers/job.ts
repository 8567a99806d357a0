import { GraphQLJSON } from 'graphql-scalars';
import {
  Arg,
  Args,
  ArgsType,
  Authorized,
  Ctx,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  Query,
  Resolver,
  Root,
  Subscription,
} from 'type-graphql';
import { Episode } from '../schema/episode.js';
import { Job, JobLine } from '../schema/job.js';
import { JobPriority, JobState } from '../schema/register-enums.js';
import { type Role, requireRole } from './access.js';
import { JobConnection } from './connections.js';
import type { Context } from './context.js';
import { watchJob } from './job-progress.js';
import type { Soon } from './loaders.js';
import { Loaders } from './loaders.js';
import { connectionOf, PageArgs, pageOf } from './paging.js';

@InputType({ description: 'A film to analyse, by its place in a media root or on another server.' })
class AnalyzeVideoInput {
  @Field(() => String, { nullable: true, description: 'The film: its path inside a media root, …' })
  path?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      '… or its address, http(s), on a host that this Fabula may fetch from. What follows the `?` is never shown.',
  })
  url?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the media root. Default: the first that has the file.' })
  root?: string | null;

  @Field(() => String, { nullable: true, description: 'A subtitle file (SRT, VTT, ASS), by its path likewise.' })
  subtitles?: string | null;

  @Field(() => String, { nullable: true, description: 'Title of the episode. Default: the file’s name.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Title of the series it belongs to; made if it is new.' })
  series?: string | null;

  @Field(() => JobPriority, { nullable: true, description: 'When its turn comes. Default: NORMAL.' })
  priority?: JobPriority | null;
}

@ArgsType()
class JobsArgs extends PageArgs {
  @Field(() => JobState, { nullable: true, description: 'Only jobs in this state.' })
  state?: JobState | null;
}

@Resolver(() => Job)
export class JobResolver {
  @Query(() => Job, { nullable: true, description: 'One job; null where there is none of this id.' })
  job(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { store }: Context,
  ): Promise<Job | undefined> {
    return store.job(id);
  }

  @Query(() => JobConnection, { description: 'Jobs, newest first.' })
  async jobs(@Args(() => JobsArgs) args: JobsArgs, @Ctx() { store }: Context) {
    return connectionOf(await store.jobs(pageOf(args), args.state ?? undefined));
  }

  @Authorized<Role>('editor')
  @Mutation(() => Job, {
    complexity: 200,
    description: 'Analyses a film and loads its graph, as a job to be watched. Asking twice gives one job.',
  })
  analyzeVideo(
    @Arg('input', () => AnalyzeVideoInput, { description: 'Which film, and what is known of it.' })
    input: AnalyzeVideoInput,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    const { path, url, root, subtitles, title, series, priority } = input;
    const film = {
      path: path ?? undefined,
      url: url ?? undefined,
      root: root ?? undefined,
      subtitles: subtitles ?? undefined,
      title: title ?? undefined,
      series: series ?? undefined,
    };
    return queue.ask({ job: 'ANALYZE', ...(priority && { priority }), input: film }, caller.subject);
  }

  @Authorized<Role>('admin')
  @Mutation(() => Job, { description: 'Stops a job that waits or runs.' })
  cancelJob(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    return queue.cancel(id, caller.subject);
  }

  @Authorized<Role>('editor')
  @Mutation(() => Job, {
    description: 'Queues a failed or cancelled job again; what it had finished is not done twice.',
  })
  async retryJob(
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
    @Ctx() { store, queue, caller }: Context,
  ): Promise<Job> {
    const job = await store.job(id);
    if (job?.job === 'PULL_MODEL') requireRole(caller, 'admin', 'To retry a pull');
    return queue.retry(id, caller.subject);
  }

  @Subscription(() => Job, {
    description: 'A job as it is now and whenever it moves, until it is over. NOT_FOUND where there is none.',
    subscribe: ({ args, context: { store, news } }: { args: { id: string }; context: Context }) =>
      watchJob(store, news, args.id),
  })
  jobProgress(
    @Arg('id', () => ID, { description: 'Its id.' }) _id: string,
    @Root() job: Job,
    @Ctx() context: Context,
  ): Job {
    // One context serves the whole subscription, and what was loaded for an earlier step may have changed.
    context.loaders = new Loaders(context.store);
    return job;
  }

  @Authorized<Role>('editor')
  @FieldResolver(() => [JobLine], {
    description: 'What was done with it and what went wrong, over all its attempts: the last 100 lines, oldest first.',
  })
  log(@Root() job: Job, @Ctx() { loaders }: Context): Promise<readonly JobLine[]> {
    return loaders.jobLog(job.id);
  }

  // The one place that says what of an input may be seen, whatever the job.
  @FieldResolver(() => GraphQLJSON, {
    description: 'Ids and references, never media; of a script that was sent along, how long it is.',
  })
  input(@Root() { input }: Job): Job['input'] {
    const { private: _secret, text, ...shown } = input;
    return typeof text === 'string' ? { ...shown, textLength: text.length } : shown;
  }

  @FieldResolver(() => Episode, { nullable: true, description: 'The episode that the job made.' })
  episode(@Root() job: Job, @Ctx() { loaders }: Context): Soon<Episode | undefined> {
    return loaders.node(job.episodeId, 'Episode');
  }
}
