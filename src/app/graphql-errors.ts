import { ApolloServerErrorCode, unwrapResolverError } from '@apollo/server/errors';
import type { GraphQLFormattedError } from 'graphql';
import { foreseenError } from '../../schema/errors.js';
import type { Log } from './log.js';

/**
 * Errors as users see them: known ones with their code and what to do next, mistakes in the query as graphql-js words
 * them, everything else masked as INTERNAL_SERVER_ERROR and logged whole, where `logOf` says for that error.
 */
export function formatErrors(
  logOf: (error: unknown) => Log,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return ({ message, locations, path, extensions }, error) => {
    const origin = unwrapResolverError(error);
    const place = { ...(locations && { locations }), ...(path && { path }) };
    const known = foreseenError(origin);
    if (known) {
      const { code, hint } = known;
      if (code === 'STORE_UNAVAILABLE') logOf(error).error({ err: origin, path }, 'The store did not answer.');
      return { message: known.message, ...place, extensions: { code, ...(hint && { hint }) } };
    }
    const code = extensions?.code;
    if (typeof code === 'string' && code !== ApolloServerErrorCode.INTERNAL_SERVER_ERROR)
      return { message, ...place, extensions: { code } };
    logOf(error).error({ err: origin, path }, 'A query failed in a way that nobody foresaw.');
    return {
      message: 'Something went wrong inside Fabula.',
      ...place,
      extensions: { code: ApolloServerErrorCode.INTERNAL_SERVER_ERROR },
    };
  };
}
