import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openAccess } from '../../src/app/access.js';
import { readAccess } from '../../src/app/access-settings.js';
import { keptSigningKey, signedLinks } from '../../src/app/media-links.js';
import { openRates } from '../../src/app/rates.js';
import { type RunningServer, type ServerOptions, startServer } from '../../src/app/server.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';
import { askOver, sendTo } from './http.fixture.js';
import { audience, type Issuer, openIssuer } from './issuer.fixture.js';

const secrets = { viewer: 'v'.repeat(20), editor: 'e'.repeat(20), admin: 'a'.repeat(20) };
const settings = (environment: Record<string, string>) => readAccess((name) => environment[name]);
const threeTokens = settings({
  FABULA_TOKEN: `viewer:${secrets.viewer},editor:${secrets.editor},${secrets.admin}`,
});

describe('Access', () => {
  let api: TestApi;
  let issuer: Issuer;
  const running: RunningServer[] = [];
  const start = async (options: Partial<ServerOptions>) => {
    const server = await startServer({ ...api, port: 0, ...options });
    running.push(server);
    return server.url;
  };
  before(async () => {
    api = await openTestApi(harbour());
    issuer = await openIssuer();
  });
  after(async () => {
    await Promise.all(running.map((server) => server.close()));
    await issuer.close();
    await api.close();
  });

  const rename = 'mutation { correct(nodeId: "harbour:scene1", field: "location", value: "a quay") { author } }';
  const deletion = 'mutation { deleteEpisode(id: "nobody") }';

  describe('by token', () => {
    let url: string;
    before(async () => {
      url = await start({ access: openAccess(threeTokens), host: '0.0.0.0' });
      url = url.replace('0.0.0.0', '127.0.0.1');
    });

    it('is refused without one, or with another, in a word that clients understand', async () => {
      for (const token of [undefined, 'x'.repeat(20), `${secrets.admin}a`, secrets.admin.slice(1), '']) {
        const { status, code, headers } = await askOver(url, '{ __typename }', { token });
        assert.deepEqual([status, code, headers['www-authenticate']], [401, 'UNAUTHENTICATED', 'Bearer'], token);
      }
      const basic = await askOver(url, '{ __typename }', { headers: { authorization: `Basic ${secrets.admin}` } });
      assert.equal(basic.code, 'UNAUTHENTICATED');
    });

    it('lets viewers read, editors correct, and admins delete', async () => {
      const codes = async (query: string) =>
        Promise.all(Object.values(secrets).map(async (token) => (await askOver(url, query, { token })).code));
      assert.deepEqual(await codes('{ episodes { nodes { title } } }'), [undefined, undefined, undefined]);
      assert.deepEqual(await codes(rename), ['FORBIDDEN', undefined, undefined]);
      assert.deepEqual(await codes(deletion), ['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND']);
    });

    it('signs edits with who made them', async () => {
      const { body } = await askOver(url, rename, { token: secrets.editor });
      assert.equal(JSON.parse(body).data.correct.author, 'editor');
    });

    it('is answered under any name of the server, which tells whether it lives to everybody', async () => {
      const headers = { host: 'fabula.example', authorization: `Bearer ${secrets.viewer}` };
      assert.equal((await askOver(url, '{ __typename }', { headers })).status, 200);
      assert.equal((await sendTo(url, '/healthz', { headers: { host: 'fabula.example' } })).status, 200);
    });
  });

  describe('by OpenID Connect', () => {
    let url: string;
    before(async () => {
      const oidc = settings({
        FABULA_OIDC_ISSUER: issuer.url,
        FABULA_OIDC_AUDIENCE: audience,
        FABULA_OIDC_ROLES: 'realm_access.roles',
      });
      url = await start({ access: openAccess(oidc) });
    });
    const withRoles = (...roles: string[]) => issuer.token({ realm_access: { roles } });

    it('is given by the roles in a claim, the highest of them', async () => {
      const token = await withRoles('offline', 'viewer', 'editor');
      const { body } = await askOver(url, rename, { token });
      assert.equal(JSON.parse(body).data.correct.author, 'ada');
      assert.equal((await askOver(url, deletion, { token })).code, 'FORBIDDEN');
      assert.equal((await askOver(url, deletion, { token: await withRoles('admin') })).code, 'NOT_FOUND');
    });

    it('is refused to those whose token names no role', async () => {
      for (const roles of [[], ['Admin'], ['superuser']]) {
        const { status, code } = await askOver(url, '{ __typename }', { token: await withRoles(...roles) });
        assert.deepEqual([status, code], [403, 'FORBIDDEN'], String(roles));
      }
      assert.equal((await askOver(url, '{ __typename }', { token: await issuer.token() })).code, 'FORBIDDEN');
    });

    it('reads the issuer’s keys once, not for every token', async () => {
      await askOver(url, '{ __typename }', { token: await withRoles('viewer') });
      const before = issuer.asked.length;
      for (let i = 0; i < 5; i++) await askOver(url, '{ __typename }', { token: await withRoles('viewer') });
      assert.equal(issuer.asked.length, before);
    });

    it('forgives clocks that differ by less than half a minute', async () => {
      const nowS = Math.floor(Date.now() / 1000);
      const realm_access = { roles: ['viewer'] };
      const ask = async (exp: number) =>
        (await askOver(url, '{ __typename }', { token: await issuer.token({ exp, realm_access }) })).status;
      assert.deepEqual([await ask(nowS - 15), await ask(nowS - 60)], [200, 401]);
    });

    it('says so when the issuer does not answer', async () => {
      issuer.breakDown(true);
      const lost = await start({
        access: openAccess(settings({ FABULA_OIDC_ISSUER: issuer.url, FABULA_OIDC_AUDIENCE: audience })),
      });
      const { status, code } = await askOver(lost, '{ __typename }', { token: await issuer.token() });
      issuer.breakDown(false);
      assert.deepEqual([status, code], [503, 'REMOTE_FAILED']);
    });
  });

  describe('settings', () => {
    const refused = (environment: Record<string, string>) =>
      assert.throws(() => settings(environment), { code: 'BAD_CONFIG', message: /FABULA_/ });
    it('are refused where they would let in anybody', () => {
      refused({ FABULA_TOKEN: 'short' });
      refused({ FABULA_TOKEN: `owner:${'x'.repeat(20)}` });
      refused({ FABULA_TOKEN: `viewer:${'x'.repeat(20)},admin:${'x'.repeat(20)}` });
      refused({ FABULA_TOKEN: `${'x'.repeat(20)},` });
      refused({ FABULA_TOKEN: 'x'.repeat(20), FABULA_OIDC_ISSUER: 'https://issuer' });
      refused({ FABULA_OIDC_ISSUER: 'https://issuer' });
      refused({ FABULA_OIDC_ISSUER: 'http://issuer', FABULA_OIDC_AUDIENCE: 'us' });
    });
    it('leave the server to this machine where there are none', () => {
      assert.equal(openAccess(settings({})).isControlled, false);
    });
  });

  describe('to pictures and films', () => {
    let url: string;
    let time = Date.now();
    before(async () => {
      const links = signedLinks('k'.repeat(32), () => time);
      url = await start({ access: openAccess(threeTokens), links });
    });
    const urls = async () => {
      const query = '{ episode(id: "harbour") { mediaUrl shots { nodes { keyframes { imageUrl } } } } }';
      const { body } = await askOver(url, query, { token: secrets.viewer });
      const { mediaUrl, shots } = JSON.parse(body).data.episode;
      return [mediaUrl, shots.nodes[0].keyframes[0].imageUrl] as [string, string];
    };

    it('is by addresses from the API alone, in parts too, kept by no cache in between', async () => {
      for (const address of await urls()) {
        const { status, headers } = await sendTo(url, address, { headers: { range: 'bytes=0-3' } });
        assert.equal(status, 206, address);
        assert.match(headers['cache-control'] ?? '', /^private/);
        assert.equal((await sendTo(url, address.split('?')[0] as string)).code, 'LINK_INVALID');
      }
    });

    it('is over after half a day, not before, and the same address holds for a while', async () => {
      const addresses = await urls();
      time += 6 * 3600_000 - 1;
      for (const address of addresses) assert.equal((await sendTo(url, address)).status, 200);
      time += 6 * 3600_000;
      for (const address of addresses) {
        const { status, code } = await sendTo(url, address);
        assert.deepEqual([status, code], [403, 'LINK_EXPIRED']);
      }
      assert.deepEqual(await urls(), await urls());
    });

    it('is signed with a key that the owner alone can read and that stays', async () => {
      const home = await mkdtemp(join(tmpdir(), 'fabula-key-'));
      const [key, same] = await Promise.all([keptSigningKey(home), keptSigningKey(home)]);
      assert.equal(key, same);
      assert.match(key, /^[0-9a-f]{64}$/);
      assert.equal((await stat(join(home, 'signing-key'))).mode & 0o777, 0o600);
      await rm(home, { recursive: true });
    });
  });

  it('is for this machine alone where nobody is asked who they are', async () => {
    for (const host of ['0.0.0.0', '::', '192.0.2.1'])
      await assert.rejects(start({ host }), { code: 'BAD_CONFIG', hint: /FABULA_TOKEN/ });
  });

  it('is limited to so many requests, and tokens cannot be guessed at speed', async () => {
    const url = await start({ access: openAccess(threeTokens), rates: openRates(60) });
    const guesses = await Promise.all(Array.from({ length: 20 }, () => askOver(url, '{ __typename }', { token: 'x' })));
    const codes = guesses.map(({ code }) => code);
    assert.equal(codes.filter((code) => code === 'UNAUTHENTICATED').length, 10);
    assert.equal(codes.filter((code) => code === 'RATE_LIMITED').length, 10);
    const limited = await askOver(url, '{ __typename }', { token: secrets.viewer });
    assert.equal(limited.status, 429);
  });

  it('is given to pages of listed origins, and to no others', async () => {
    const origin = 'https://app.example';
    const url = await start({ origins: [origin] });
    const ask = (from: string) =>
      sendTo(url, '/graphql', {
        method: 'OPTIONS',
        headers: {
          origin: from,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = await ask(origin);
    assert.equal(allowed.headers['access-control-allow-origin'], origin);
    assert.match(String(allowed.headers['access-control-allow-headers']), /Authorization/);
    assert.equal(allowed.headers.vary, 'Origin');
    for (const from of ['https://evil.example', 'https://app.example.evil', 'null']) {
      const { headers } = await ask(from);
      assert.equal(headers['access-control-allow-origin'], undefined, from);
      assert.equal(headers['access-control-allow-headers'], undefined, from);
    }
  });

  it('hides GraphiQL and the schema in production', async () => {
    const url = await start({ explorer: false });
    assert.equal((await sendTo(url, '/')).status, 404);
    assert.equal((await sendTo(url, '/graphiql/page.js')).status, 404);
    assert.equal((await askOver(url, '{ __schema { types { name } } }')).status, 400);
    assert.equal((await askOver(url, '{ __typename }')).status, 200);
  });
});
