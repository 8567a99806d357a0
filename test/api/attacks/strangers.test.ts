import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { generateKeyPair, SignJWT } from 'jose';
import { openAccess } from '../../../src/app/access.js';
import { signedLinks } from '../../../src/app/media-links.js';
import { keyframeImage } from '../harbour.fixture.js';
import { audience, type Issuer, openIssuer } from '../issuer.fixture.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';
import { mutationsOf } from './mutations.fixture.js';

const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('A forged token', () => {
  let issuer: Issuer;
  let server: Attacked;
  before(async () => {
    issuer = await openIssuer();
    const settings = { by: 'oidc', issuer: issuer.url, audience, rolesClaim: 'roles' } as const;
    server = await openAttacked({ access: openAccess(settings) });
  });
  after(async () => {
    await server.close();
    await issuer.close();
  });

  const nowS = Math.floor(Date.now() / 1000);
  const claims = () => ({ iss: issuer.url, aud: audience, sub: 'eve', iat: nowS, exp: nowS + 600, roles: ['admin'] });
  const hmacToken = (secret: string) => {
    const text = `${base64({ alg: 'HS256', kid: 'one' })}.${base64(claims())}`;
    return `${text}.${createHmac('sha256', secret).update(text).digest('base64url')}`;
  };
  const forgeries: Record<string, () => string | Promise<string>> = {
    'without a signature': () => `${base64({ alg: 'none' })}.${base64(claims())}.`,
    'without a signature, in other letters': () => `${base64({ alg: 'nOnE', kid: 'one' })}.${base64(claims())}.`,
    'signed with the public key as a secret': () => hmacToken(JSON.stringify(issuer.jwk)),
    'signed with an empty secret': () => hmacToken(''),
    'signed with another key of the same name': async () =>
      issuer.token({ roles: ['admin'] }, {}, (await generateKeyPair('ES256')).privateKey),
    'signed with a key that it brings along': async () => {
      const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
      const { exportJWK } = await import('jose');
      return issuer.token({ roles: ['admin'] }, { jwk: await exportJWK(publicKey) }, privateKey);
    },
    'of a key that the issuer does not have': () => issuer.token({}, { kid: 'two' }),
    'for another audience': () => issuer.token({ aud: 'another' }),
    'of another issuer': () => issuer.token({ iss: 'https://evil.example' }),
    'that has expired': () => issuer.token({ exp: nowS - 3600 }),
    'that holds from tomorrow on': () => issuer.token({ nbf: nowS + 86_400 }),
    'that never expires': () => issuer.token({ exp: undefined }),
    'of nobody': () => issuer.token({ sub: undefined }),
    'with other claims under a good signature': async () => {
      const [header, , signature] = (await issuer.token()).split('.');
      return `${header}.${base64(claims())}.${signature}`;
    },
    'with a critical extension that nobody knows': () =>
      new SignJWT(claims())
        .setProtectedHeader({ alg: 'ES256', kid: 'one', crit: ['x'], x: true })
        .sign(issuer.privateKey, { crit: { x: true } }),
    'that is no token at all': () => 'a.b.c',
    'of 8,000 letters': () => 'x'.repeat(8000),
  };
  for (const [name, forge] of Object.entries(forgeries))
    it(`${name} is refused`, async () => {
      const before = server.api.calls.length;
      const { status, code } = await server.ask('{ __typename }', undefined, await forge());
      assert.deepEqual([status, code], [401, 'UNAUTHENTICATED']);
      assert.equal(server.api.calls.length, before);
    });

  it('is told from a good one', async () => {
    assert.equal((await server.ask('{ __typename }', undefined, await issuer.token())).status, 200);
  });
});

describe('A viewer', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked();
  });
  after(() => server.close());

  for (const { name, query, variables, needs } of mutationsOf()) {
    it(`is refused ${name}, and so is everybody below its role`, async () => {
      const before = server.api.calls.length;
      for (const role of needs === 'admin' ? (['viewer', 'editor'] as const) : (['viewer'] as const)) {
        const { code } = await server.ask(query, variables, tokens[role]);
        assert.equal(code, 'FORBIDDEN', role);
      }
      assert.equal(server.api.calls.length, before);
      // The request itself is one that the role allows: what is refused then is what it asks for.
      const { code } = await server.ask(query, variables, tokens[needs]);
      assert.ok(!['FORBIDDEN', 'BAD_USER_INPUT', 'GRAPHQL_VALIDATION_FAILED'].includes(code ?? ''), code);
    });
  }

  it('is refused whatever else the request asks for', async () => {
    const query = 'mutation { a: deleteEpisode(id: "harbour") b: deleteEpisode(id: "harbour") }';
    assert.equal((await server.ask(query, undefined, tokens.viewer)).code, 'FORBIDDEN');
    assert.equal(
      (
        await server.ask(
          `fragment F on Mutation { deleteEpisode(id: "harbour") } mutation { ...F }`,
          undefined,
          tokens.viewer,
        )
      ).code,
      'FORBIDDEN',
    );
    await server.assertUnharmed();
  });
});

describe('A made-up address of a picture or film', () => {
  const key = 'k'.repeat(40);
  let server: Attacked;
  before(async () => {
    server = await openAttacked({ links: signedLinks(key) });
  });
  after(() => server.close());

  it('is refused, however it differs from a good one', async () => {
    const good = signedLinks(key).urls.picture(keyframeImage);
    assert.equal((await server.send(good)).status, 200);
    const [path, query] = good.split('?') as [string, string];
    const given = new URLSearchParams(query);
    const [expires, signature] = [given.get('expires') as string, given.get('signature') as string];
    const others = signedLinks('another key of forty letters, or so it is').urls;
    const film = signedLinks(key).urls.film('harbour').split('?')[0];
    for (const forged of [
      path,
      `${path}?expires=${expires}`,
      `${path}?signature=${signature}`,
      `${path}?expires=${Number(expires) + 1}&signature=${signature}`,
      `${path}?expires=${expires}0&signature=${signature}`,
      `${path}?expires=+${expires}&signature=${signature}`,
      `${path}?expires=${expires}&signature=${signature.slice(0, -1)}`,
      `${path}?expires=${expires}&signature=${signature}=`,
      `${path}?expires=${expires}&signature=`,
      `${path}?expires=${expires}&expires=9999999999&signature=${signature}`,
      `${path}?expires[]=${expires}&signature[]=${signature}`,
      `${film}?${query}`,
      `/media/pictures/${'bb'.repeat(32)}.jpg?${query}`,
      `/media/pictures/..%2f${keyframeImage}.jpg?${query}`,
      others.picture(keyframeImage),
      others.film('harbour'),
      `/media/films/nobody?${query}`,
    ]) {
      const { status, code } = await server.send(forged);
      assert.deepEqual([status, code], [403, 'LINK_INVALID'], forged);
    }
  });

  it('does not tell whether there is such a film', async () => {
    const [there, nowhere] = await Promise.all([
      server.send('/media/films/harbour'),
      server.send('/media/films/nobody'),
    ]);
    assert.equal(there.body, nowhere.body);
  });

  it('is over when it is over', async () => {
    const yesterday = signedLinks(key, () => Date.now() - 86_400_000);
    for (const url of [yesterday.urls.picture(keyframeImage), yesterday.urls.film('harbour')]) {
      const { status, code } = await server.send(url);
      assert.deepEqual([status, code], [403, 'LINK_EXPIRED']);
    }
  });
});
