/** Tells who sends a request, from its `Authorization` header; the same for HTTP and for the parameters of a socket. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Caller } from '../../resolvers/access.js';
import { FabulaError } from '../../schema/errors.js';
import type { AccessSettings } from './access-settings.js';
import { oidcAccess } from './oidc.js';
import { localCaller } from './open.js';

export interface Access {
  /** False where everybody who reaches the server may do everything: then only this machine may reach it. */
  readonly isControlled: boolean;
  /**
   * Who sends this header. UNAUTHENTICATED without a token or with one that is not valid; FORBIDDEN for one without a
   * role; REMOTE_FAILED when the issuer's keys cannot be had.
   */
  authenticate(authorization: string | undefined): Promise<Caller>;
}

/** Everybody on this machine is its user. */
export const localAccess: Access = { isControlled: false, authenticate: async () => localCaller };

export function openAccess(settings: AccessSettings): Access {
  switch (settings.by) {
    case 'machine':
      return localAccess;
    case 'token':
      return tokenAccess(settings.tokens);
    case 'oidc':
      return oidcAccess(settings);
    default:
      return settings satisfies never;
  }
}

/** The header, or what a socket's client gave in its place: connection parameters know no case. */
export function authorizationIn(parameters: Readonly<Record<string, unknown>> | null | undefined): string | undefined {
  const found = Object.entries(parameters ?? {}).find(([name]) => name.toLowerCase() === 'authorization')?.[1];
  return typeof found === 'string' ? found : undefined;
}

/** The token of a `Bearer` header (RFC 6750). UNAUTHENTICATED. */
export function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  throw unauthenticated(authorization === undefined ? 'This server asks for a token.' : 'The token cannot be read.');
}

export const unauthenticated = (message: string, cause?: unknown) =>
  new FabulaError('UNAUTHENTICATED', message, 'Send the header `Authorization: Bearer …` with a valid token.', {
    cause,
  });

/** Fixed tokens; who bears one is known by its role only. */
function tokenAccess(tokens: Extract<AccessSettings, { by: 'token' }>['tokens']): Access {
  const known = [...tokens].map(([token, role]) => ({ digest: digestOf(token), caller: { subject: role, role } }));
  return {
    isControlled: true,
    async authenticate(authorization) {
      const digest = digestOf(bearerToken(authorization));
      // All are compared, each in the same time, so that the time tells nothing.
      const matching = known.filter((each) => timingSafeEqual(each.digest, digest));
      const caller = matching[0]?.caller;
      if (!caller) throw unauthenticated('The token is not valid here.');
      return caller;
    },
  };
}

const digestOf = (token: string) => createHash('sha256').update(token).digest();
