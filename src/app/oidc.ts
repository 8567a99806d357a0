/** Tokens of an OpenID Connect issuer: its keys are discovered, its tokens checked here, without asking it each time. */
import { createRemoteJWKSet, errors, type JWTPayload, jwtVerify } from 'jose';
import { type Role, roles } from '../../resolvers/access.js';
import { FabulaError } from '../../schema/errors.js';
import { type Access, bearerToken, unauthenticated } from './access.js';
import { type AccessSettings, isTrustworthy } from './access-settings.js';

/** Signatures by a private key only: with `none` or a shared secret, whoever knows the public key could sign. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/** How far the clocks of issuer and server may differ, in seconds. */
const clockSkewS = 30;

/** How long the issuer may take, in milliseconds; and how long it is left alone after it failed. */
const answerMs = 5000;
const restMs = 5000;

type Keys = ReturnType<typeof createRemoteJWKSet>;

interface Discovery {
  readonly keys: Promise<Keys>;
  /** When it failed, in milliseconds since 1970. */
  failedAt?: number;
}

export function oidcAccess(settings: Extract<AccessSettings, { by: 'oidc' }>): Access {
  const { issuer, audience, rolesClaim } = settings;
  let discovered: Discovery | undefined;
  const keysOfIssuer = () => {
    if (discovered?.failedAt !== undefined && Date.now() - discovered.failedAt > restMs) discovered = undefined;
    if (discovered) return discovered.keys;
    const attempt: Discovery = { keys: discoverKeys(issuer) };
    attempt.keys.catch(() => {
      attempt.failedAt = Date.now();
    });
    discovered = attempt;
    return attempt.keys;
  };
  return {
    isControlled: true,
    async authenticate(authorization) {
      const token = bearerToken(authorization);
      const keys = await keysOfIssuer();
      const payload = await verify(token, keys, { issuer, audience });
      const role = highestRole(payload, rolesClaim);
      if (!role)
        throw new FabulaError(
          'FORBIDDEN',
          'The token names no role here.',
          `Its claim ${rolesClaim} must hold one of ${roles.join(', ')}.`,
        );
      return { subject: String(payload.sub), role, untilMs: endOf(payload) };
    },
  };
}

/** Reads the issuer's configuration (OpenID Connect Discovery 1.0, section 4). REMOTE_FAILED. */
async function discoverKeys(issuer: string): Promise<Keys> {
  try {
    const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(answerMs) });
    if (!response.ok) throw new Error(`It answers ${response.status}.`);
    const found = (await response.json()) as { readonly issuer?: unknown; readonly jwks_uri?: unknown };
    if (found.issuer !== issuer) throw new Error(`It calls itself ${JSON.stringify(found.issuer)}.`);
    if (typeof found.jwks_uri !== 'string' || !isTrustworthy(found.jwks_uri))
      throw new Error('It names no https address of its keys.');
    return createRemoteJWKSet(new URL(found.jwks_uri), { timeoutDuration: answerMs });
  } catch (error) {
    throw unreachable(error);
  }
}

async function verify(token: string, keys: Keys, expected: { issuer: string; audience: string }): Promise<JWTPayload> {
  try {
    const requiredClaims = ['exp', 'sub'];
    return (await jwtVerify(token, keys, { ...expected, algorithms, requiredClaims, clockTolerance: clockSkewS }))
      .payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired) throw unauthenticated('The token has expired.', error);
    // The first is what jose throws when the keys' address answers with an error.
    const isOfKeys =
      !(error instanceof errors.JOSEError) ||
      ['ERR_JOSE_GENERIC', 'ERR_JWKS_TIMEOUT', 'ERR_JWKS_INVALID'].includes(error.code);
    throw isOfKeys ? unreachable(error) : unauthenticated('The token is not valid here.', error);
  }
}

/** When the token is over, in milliseconds since 1970; one that only the clocks' difference still lets in, a bit later. */
function endOf({ exp = 0 }: JWTPayload): number {
  const endMs = exp * 1000;
  return endMs > Date.now() ? endMs : endMs + clockSkewS * 1000;
}

/** The highest role in a claim, which holds one name or a list of them. */
function highestRole(payload: JWTPayload, claim: string): Role | undefined {
  const held = claim
    .split('.')
    .reduce<unknown>(
      (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      payload,
    );
  const names: readonly unknown[] = Array.isArray(held) ? held : [held];
  return [...roles].reverse().find((role) => names.includes(role));
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

const unreachable = (cause: unknown) =>
  new FabulaError('REMOTE_FAILED', 'The issuer of tokens does not answer as it should.', 'Check FABULA_OIDC_ISSUER.', {
    cause,
  });
