import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Job } from '../schema/job.js';
import { JobPriority } from '../schema/register-enums.js';
import type { Role } from './access.js';
import type { Context } from './context.js';
import { readableFormats } from './import.js';

@InputType({ description: 'A script or subtitle file to align to a film: its text, or its place in a media root.' })
class AlignScriptInput {
  @Field(() => ID, { description: 'Id of the film’s episode.' })
  episodeId!: string;

  @Field(() => String, { nullable: true, description: 'The script itself, up to a million characters; or a path.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'The script: its path inside a media root.' })
  path?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the media root. Default: the first that has the file.' })
  root?: string | null;

  @Field(() => readableFormats, { nullable: true, description: 'Its format. Default: told by its content.' })
  format?: string | null;

  @Field(() => JobPriority, { nullable: true, description: 'When its turn comes. Default: NORMAL.' })
  priority?: JobPriority | null;
}

@Resolver()
export class AlignResolver {
  @Authorized<Role>('editor')
  @Mutation(() => Job, {
    complexity: 200,
    description:
      'Finds a script’s lines in a film and lays its names and words over it, at the film’s times, as an edit that can be undone. A job to be watched; its result names the edit, which holds every line and where it went. Asking twice gives one job.',
  })
  alignScript(
    @Arg('input', () => AlignScriptInput, { description: 'Which script, and which film.' })
    { priority, episodeId, ...input }: AlignScriptInput,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    const script = {
      episodeId,
      text: input.text ?? undefined,
      path: input.path ?? undefined,
      root: input.root ?? undefined,
      format: input.format ?? undefined,
    };
    return queue.ask({ job: 'ALIGN', ...(priority && { priority }), input: script }, caller.subject);
  }
}
