import { GraphQLJSON } from 'graphql-scalars';
import { Arg, Ctx, ID, Query, Resolver, registerEnumType } from 'type-graphql';
import { FabulaError } from '../schema/errors.js';
import { exportable } from '../src/formats/json.js';
import type { Context } from './context.js';

const ExportFormat = { JSON: 'JSON' } as const;
type ExportFormat = keyof typeof ExportFormat;

registerEnumType(ExportFormat, {
  name: 'ExportFormat',
  description: 'Formats that an episode can leave in.',
  valuesConfig: { JSON: { description: 'The whole narrative, without biometric data.' } },
});

@Resolver()
export class ExportResolver {
  @Query(() => GraphQLJSON, {
    complexity: 5000,
    description: 'An episode in a format to take away; for JSON, an object.',
  })
  async export(
    @Arg('episodeId', () => ID, { description: 'Id of the episode.' }) episodeId: string,
    @Arg('format', () => ExportFormat, { defaultValue: 'JSON', description: 'The format.' }) format: ExportFormat,
    @Ctx() { store }: Context,
  ): Promise<unknown> {
    const narrative = await store.readNarrative(episodeId, 'effective');
    if (!narrative) throw new FabulaError('NOT_FOUND', `There is no episode ${episodeId}.`);
    switch (format) {
      case 'JSON':
        return exportable(narrative);
      default:
        return format satisfies never;
    }
  }
}
