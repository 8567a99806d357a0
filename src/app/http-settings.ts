/** How the server treats those who reach it over HTTP, from the environment. */
import { FabulaError } from '../../schema/errors.js';

export interface HttpSettings {
  /** What addresses of media are signed with, the same on all servers; without it, each keeps its own. */
  readonly signingKey?: string;
  /** Whether GraphiQL is served and the schema can be asked for. */
  readonly explorer: boolean;
  /** Origins, such as `https://app.example`, whose pages may use the API. */
  readonly origins: readonly string[];
  /** GraphQL requests a minute that one client may send; 0 for any number. */
  readonly requestsPerMinute: number;
  /** Proxies in front of the server whose `X-Forwarded-For` is believed. */
  readonly trustedProxies: number;
}

/** Shorter keys can be guessed. */
const shortestKey = 32;

/**
 * Reads FABULA_SIGNING_KEY, FABULA_GRAPHIQL (`on` or `off`; default: off where NODE_ENV is production), FABULA_CORS
 * (origins, separated by commas), FABULA_RATE_LIMIT and FABULA_TRUSTED_PROXIES. BAD_CONFIG.
 */
export function readHttpSettings(value: (name: string) => string | undefined): HttpSettings {
  const signingKey = value('FABULA_SIGNING_KEY');
  if (signingKey !== undefined && signingKey.length < shortestKey)
    throw bad('FABULA_SIGNING_KEY', `must have at least ${shortestKey} characters.`);
  const graphiql = value('FABULA_GRAPHIQL') ?? (value('NODE_ENV') === 'production' ? 'off' : 'on');
  if (graphiql !== 'on' && graphiql !== 'off') throw bad('FABULA_GRAPHIQL', 'must be on or off.');
  const wholeNumber = (name: string, otherwise: number, highest: number) => {
    const number = Number(value(name) ?? otherwise);
    if (Number.isInteger(number) && number >= 0 && number <= highest) return number;
    throw bad(name, `must be a whole number from 0 to ${highest}.`);
  };
  return {
    ...(signingKey !== undefined && { signingKey }),
    explorer: graphiql === 'on',
    origins: (value('FABULA_CORS') ?? '')
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== '')
      .map(asOrigin),
    requestsPerMinute: wholeNumber('FABULA_RATE_LIMIT', 1200, 1_000_000),
    trustedProxies: wholeNumber('FABULA_TRUSTED_PROXIES', 0, 10),
  };
}

function asOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  // `*` is refused too: whoever is let in is named.
  if (url && ['http:', 'https:'].includes(url.protocol) && text.replace(/\/$/, '') === url.origin) return url.origin;
  throw bad('FABULA_CORS', 'must list origins such as https://app.example.', 'Leave paths out.');
}

const bad = (name: string, what: string, hint?: string) => new FabulaError('BAD_CONFIG', `${name} ${what}`, hint);
