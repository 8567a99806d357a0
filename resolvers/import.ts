import { Arg, Authorized, Ctx, Field, InputType, Mutation, Resolver, registerEnumType } from 'type-graphql';
import { Job } from '../schema/job.js';
import { JobPriority } from '../schema/register-enums.js';
import { formats } from '../src/formats/formats.js';
import type { Role } from './access.js';
import type { Context } from './context.js';
import { enumOfFormats } from './export.js';

const readable = enumOfFormats(formats.filter(({ read }) => read));

registerEnumType(readable.words, {
  name: 'ScriptFormat',
  description: 'Formats that a script can come in.',
  valuesConfig: { ...readable.values },
});

/** For arguments: a format that is read. */
export const readableFormats = readable.words;

@InputType({ description: 'A script to import: its text, or its place in a media root.' })
class ImportScriptInput {
  @Field(() => String, { nullable: true, description: 'The script itself, up to a million characters; or a path.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'The script: its path inside a media root.' })
  path?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the media root. Default: the first that has the file.' })
  root?: string | null;

  @Field(() => readable.words, { nullable: true, description: 'Its format. Default: told by its content.' })
  format?: string | null;

  @Field(() => String, { nullable: true, description: 'Title of the episode. Default: the script’s own.' })
  title?: string | null;

  @Field(() => String, { nullable: true, description: 'Title of the series it belongs to; made if it is new.' })
  series?: string | null;

  @Field(() => JobPriority, { nullable: true, description: 'When its turn comes. Default: NORMAL.' })
  priority?: JobPriority | null;
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
    { priority, ...input }: ImportScriptInput,
    @Ctx() { queue, caller }: Context,
  ): Promise<Job> {
    const script = {
      text: input.text ?? undefined,
      path: input.path ?? undefined,
      root: input.root ?? undefined,
      format: input.format ?? undefined,
      title: input.title ?? undefined,
      series: input.series ?? undefined,
    };
    return queue.ask({ job: 'IMPORT', ...(priority && { priority }), input: script }, caller.subject);
  }
}
