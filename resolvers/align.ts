import { Arg, Authorized, Ctx, Field, ID, InputType, Mutation, Resolver } from 'type-graphql';
import { Job } from '../schema/job.js';
import type { Role } from './access.js';
import type { Context } from './context.js';
import { GivenScriptInput, scriptGiven } from './given-script.js';

@InputType({ description: 'A script or subtitle file to align to a film: its text, or its place in a media root.' })
class AlignScriptInput extends GivenScriptInput {
  @Field(() => ID, { description: 'Id of the film’s episode.' })
  episodeId!: string;
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
    input: AlignScriptInput,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    const { priority, episodeId } = input;
    const script = { episodeId, ...scriptGiven(input) };
    return queue.ask({ job: 'ALIGN', ...(priority && { priority }), input: script }, caller.subject);
  }
}
