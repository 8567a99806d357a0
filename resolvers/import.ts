import { Arg, Authorized, Ctx, Field, InputType, Mutation, Resolver } from 'type-graphql';
import { Job } from '../schema/job.js';
import type { Role } from './access.js';
import type { Context } from './context.js';
import { GivenScriptInput, scriptGiven } from './given-script.js';

@InputType({ description: 'A script to import: its text, or its place in a media root.' })
class ImportScriptInput extends GivenScriptInput {
  @Field(() => String, { nullable: true, description: 'Title of the episode. Default: the script’s own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Title of the series it belongs to; made if it is new.' })
  series?: string | null;
}

@Resolver()
export class ImportResolver {
  @Authorized<Role>('editor')
  @Mutation(() => Job, {
    complexity: 200,
    description: 'Reads a script and loads its graph, as a job to be watched. Asking twice gives one job.',
  })
  importScript(
    @Arg('input', () => ImportScriptInput, { description: 'Which script, and what is known of it.' })
    input: ImportScriptInput,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    const { priority, title, series } = input;
    const script = { ...scriptGiven(input), title: title ?? undefined, series: series ?? undefined };
    return queue.ask({ job: 'IMPORT', ...(priority && { priority }), input: script }, caller.subject);
  }
}
