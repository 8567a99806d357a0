import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, ID, Query, Resolver, registerEnumType } from 'type-graphql';
import { FabulaError } from '../schema/errors.js';
import type { Format } from '../src/formats/format.js';
import { formatNamed, formats } from '../src/formats/formats.js';
import { exportable } from '../src/formats/json.js';
import { drawBy } from '../src/formats/pseudonym-key.js';
import { withoutWithheld } from '../src/formats/withheld.js';
import { pseudonymise } from '../src/narrative/pseudonyms/pseudonymise.js';
import type { Context } from './context.js';
import { gatherNames } from './gather-names.js';

/** A format's name as an enum's word: `shooting-script` → `SHOOTING_SCRIPT`. */
export const wordOf = ({ name }: Pick<Format, 'name'>): string => name.toUpperCase().replaceAll('-', '_');

/** The words of an enum of formats, and what each is. */
export function enumOfFormats(some: readonly Format[]): {
  readonly words: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, { description: string }>>;
} {
  const words = some.map(wordOf);
  return {
    words: Object.fromEntries(words.map((word) => [word, word])),
    values: Object.fromEntries(some.map((format) => [wordOf(format), { description: `${format.title}.` }])),
  };
}

const written = enumOfFormats(formats.filter(({ write }) => write));

registerEnumType(written.words, {
  name: 'ExportFormat',
  description: 'Formats that an episode can leave in.',
  valuesConfig: { ...written.values, JSON: { description: 'The whole narrative, without biometric data.' } },
});

@Resolver()
export class ExportResolver {
  @Query(() => GraphQLJSON, {
    complexity: 5000,
    description: 'An episode in a format to take away: for JSON an object, for every other format its text.',
  })
  async export(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Arg('format', () => written.words, { defaultValue: 'JSON', description: 'The format.' }) format: string,
    @Arg('pseudonyms', () => Boolean, {
      defaultValue: false,
      description: 'Call everybody by a name that is not theirs, and leave out what tells which film it is.',
    })
    pseudonyms: boolean,
    @Arg('pseudonymKey', () => String, {
      nullable: true,
      description:
        'Secret, of 16 characters at least; send it as a variable. The same key gives the same names in every episode; without one, nobody can make them again.',
    })
    key: string | null | undefined,
    @Ctx() { store }: Context,
  ): Promise<unknown> {
    const read = await store.readNarrative(episodeId, 'effective');
    if (!read) throw new FabulaError('NOT_FOUND', `There is no episode ${episodeId}.`);
    if (!pseudonyms && key != null)
      throw new FabulaError('INVALID_INPUT', 'A key of pseudonyms goes with pseudonyms.', 'Ask for pseudonyms: true.');
    const narrative = pseudonyms
      ? pseudonymise(read, { draw: drawBy(key ?? undefined), alsoNamed: await gatherNames(store, read) }).narrative
      : read;
    return format === 'JSON'
      ? exportable(narrative)
      : formatNamed(format, 'write').write(withoutWithheld(narrative)).text;
  }
}
