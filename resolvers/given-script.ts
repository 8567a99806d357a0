/** How a script is handed over, whatever is to be done with it: as its text, or by its place in a media root. */
import { Field, InputType, registerEnumType } from 'type-graphql';
import { JobPriority } from '../schema/register-enums.js';
import { formats } from '../src/formats/formats.js';
import { enumOfFormats } from './export.js';

const readable = enumOfFormats(formats.filter(({ read }) => read));

registerEnumType(readable.words, {
  name: 'ScriptFormat',
  description: 'Formats that a script can come in.',
  valuesConfig: { ...readable.values },
});

/** The part that inputs of such jobs share; no type of its own in the schema. */
@InputType()
export abstract class GivenScriptInput {
  @Field(() => String, { nullable: true, description: 'The script itself, up to a million characters; or a path.' })
  text?: string | null;

  @Field(() => String, { nullable: true, description: 'The script: its path inside a media root.' })
  path?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of the media root. Default: the first that has the file.' })
  root?: string | null;

  @Field(() => readable.words, { nullable: true, description: 'Its format. Default: told by its content.' })
  format?: string | null;

  @Field(() => JobPriority, { nullable: true, description: 'When its turn comes. Default: NORMAL.' })
  priority?: JobPriority | null;
}

/** Which script a job is asked for; null is what was not said. */
export const scriptGiven = ({ text, path, root, format }: GivenScriptInput) => ({
  text: text ?? undefined,
  path: path ?? undefined,
  root: root ?? undefined,
  format: format ?? undefined,
});
