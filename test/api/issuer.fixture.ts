/** An OpenID Connect issuer on this machine: discovery, keys, and any token that a test wants. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT } from 'jose';

export type Issuer = Awaited<ReturnType<typeof openIssuer>>;

export const audience = 'fabula-test';

export async function openIssuer() {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256', use: 'sig' };
  /** Paths that were asked for. */
  const asked: string[] = [];
  let isDown = false;
  const http = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (isDown) return void response.writeHead(500).end();
    response.setHeader('content-type', 'application/json');
    if (request.url === '/.well-known/openid-configuration')
      response.end(JSON.stringify({ issuer: url, jwks_uri: `${url}/keys` }));
    else if (request.url === '/keys') response.end(JSON.stringify({ keys: [jwk] }));
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}`;
  return {
    url,
    jwk,
    privateKey,
    asked,
    breakDown: (down: boolean) => {
      isDown = down;
    },
    /** A token that is good but for what is given. */
    token(
      payload: JWTPayload = {},
      header: Record<string, unknown> = {},
      key: Parameters<SignJWT['sign']>[0] = privateKey,
    ) {
      const nowS = Math.floor(Date.now() / 1000);
      const usual = { iss: url, aud: audience, sub: 'ada', iat: nowS, exp: nowS + 60, roles: ['viewer'] };
      return new SignJWT({ ...usual, ...payload })
        .setProtectedHeader({ alg: 'ES256', kid: 'one', ...header })
        .sign(key);
    },
    close: () => new Promise((resolve) => http.close(resolve)),
  };
}
