/** Who may use the API, from the environment: a token, several with roles, or an OpenID Connect issuer; else nobody elsewhere. */
import { type Role, roles } from '../../resolvers/access.js';
import { FabulaError } from '../../schema/errors.js';

export type AccessSettings =
  | { readonly by: 'machine' }
  | { readonly by: 'token'; readonly tokens: ReadonlyMap<string, Role> }
  | { readonly by: 'oidc'; readonly issuer: string; readonly audience: string; readonly rolesClaim: string };

type Value = (name: string) => string | undefined;

/** Shorter tokens can be guessed. */
const shortestToken = 16;

/**
 * Reads FABULA_TOKEN (`secret`, which is an admin's, or `viewer:secret,editor:secret,…`), or FABULA_OIDC_ISSUER,
 * FABULA_OIDC_AUDIENCE and FABULA_OIDC_ROLES (the claim that names roles, with dots into objects). BAD_CONFIG.
 */
export function readAccess(value: Value): AccessSettings {
  const token = value('FABULA_TOKEN');
  const issuer = value('FABULA_OIDC_ISSUER');
  if (token !== undefined && issuer !== undefined)
    throw bad('FABULA_TOKEN', 'cannot be used beside FABULA_OIDC_ISSUER.', 'Unset one of them.');
  if (token !== undefined) return { by: 'token', tokens: parseTokens(token) };
  if (issuer === undefined) return { by: 'machine' };
  if (!isTrustworthy(issuer)) throw bad('FABULA_OIDC_ISSUER', 'must be an https address.');
  const audience = value('FABULA_OIDC_AUDIENCE');
  if (audience === undefined)
    throw bad('FABULA_OIDC_AUDIENCE', 'is missing.', 'Name the audience that tokens for this Fabula carry.');
  return { by: 'oidc', issuer, audience, rolesClaim: value('FABULA_OIDC_ROLES') ?? 'roles' };
}

/** https, or http on this machine, where nobody is in between. */
export function isTrustworthy(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname));
}

function parseTokens(setting: string): ReadonlyMap<string, Role> {
  const tokens = new Map<string, Role>();
  for (const entry of setting.split(',')) {
    // Bearer tokens hold no colon (RFC 6750), so what comes before one is a role.
    const [, name = 'admin', secret = ''] = /^(?:([^:]*):)?(.*)$/s.exec(entry.trim()) ?? [];
    const role = roles.find((each) => each === name);
    if (!role) throw bad('FABULA_TOKEN', `gives a role that is none of ${roles.join(', ')}.`);
    if (!/^[\w.~+/-]+=*$/.test(secret) || secret.length < shortestToken)
      throw bad(
        'FABULA_TOKEN',
        `needs tokens of at least ${shortestToken} letters, digits or -._~+/ characters.`,
        'Make one with `openssl rand -hex 32`.',
      );
    if (tokens.has(secret)) throw bad('FABULA_TOKEN', 'gives one token two roles.');
    tokens.set(secret, role);
  }
  return tokens;
}

const bad = (name: string, what: string, hint?: string) => new FabulaError('BAD_CONFIG', `${name} ${what}`, hint);
