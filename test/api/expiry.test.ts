import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { type Access, openAccess } from '../../src/app/access.js';
import { whenOver } from '../../src/app/expiry.js';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';
import { audience, type Issuer, openIssuer } from './issuer.fixture.js';

const query = 'subscription ($id: ID!) { jobProgress(id: $id) { state } }';

describe('What a token has opened', () => {
  let api: TestApi;
  let issuer: Issuer;
  let server: RunningServer;
  let id: string;
  /** What is left of a token's life when it is shown, in milliseconds, and when it was over. */
  let life = { leftMs: 0, untilMs: 0 };
  before(async () => {
    api = await openTestApi(harbour());
    issuer = await openIssuer();
    const access = openAccess({ by: 'oidc', issuer: issuer.url, audience, rolesClaim: 'roles' });
    // Tokens count in whole seconds from when they are made; on a busy machine they would be over before they are shown.
    const authenticate: Access['authenticate'] = async (authorization) => {
      const caller = await access.authenticate(authorization);
      life = { ...life, untilMs: Date.now() + life.leftMs };
      return { ...caller, untilMs: life.untilMs };
    };
    server = await startServer({ ...api, port: 0, access: { ...access, authenticate } });
    id = (await api.store.askJob({ job: 'ANALYZE', key: 'film', input: {} })).id;
  });
  after(async () => {
    await server.close();
    await issuer.close();
    await api.close();
  });

  /** With more and more time, until there was enough of it to open something. */
  async function inTime(attempt: () => Promise<boolean>) {
    for (const leftMs of [500, 2_000, 8_000]) {
      life = { leftMs, untilMs: 0 };
      const isOpened = await attempt();
      const lateMs = Date.now() - life.untilMs;
      assert.ok(lateMs >= 0 && lateMs < 5_000, `${lateMs} ms after its end`);
      if (isOpened) return;
    }
    assert.fail('nothing was opened');
  }

  it('is closed when the token is over: a WebSocket, with 4403', () =>
    inTime(async () => {
      const authorization = `Bearer ${await issuer.token()}`;
      const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
      let steps = 0;
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization } })));
      socket.on('message', (data) => {
        const { type } = JSON.parse(String(data));
        if (type === 'connection_ack')
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query, variables: { id } } }));
        if (type === 'next') steps++;
      });
      const closed = await new Promise<[number, string]>((resolve) =>
        socket.on('close', (code, reason) => resolve([code, String(reason)])),
      );
      assert.deepEqual(closed, [4403, 'UNAUTHENTICATED']);
      return steps === 1;
    }));

  it('is closed when the token is over: an event stream, with a last event that says why', () =>
    inTime(async () => {
      const response = await fetch(`${server.url}/graphql/stream`, {
        method: 'POST',
        headers: {
          accept: 'text/event-stream',
          'content-type': 'application/json',
          authorization: `Bearer ${await issuer.token()}`,
        },
        body: JSON.stringify({ query, variables: { id } }),
      });
      const text = await response.text();
      assert.match(text, /"code":"UNAUTHENTICATED"/);
      const events = text.split('\n\n').filter((event) => event.startsWith('event'));
      if (!/"state":"QUEUED"/.test(events[0] ?? '')) return false;
      assert.match(events.at(-2) ?? '', /^event: next\ndata: .*"code":"UNAUTHENTICATED"/);
      assert.equal(events.at(-1)?.trim(), 'event: complete\ndata:');
      return true;
    }));

  it('knows its end from the token', async () => {
    const access = openAccess({ by: 'oidc', issuer: issuer.url, audience, rolesClaim: 'roles' });
    const exp = Math.floor(Date.now() / 1000) + 3600;
    assert.equal((await access.authenticate(`Bearer ${await issuer.token({ exp })}`)).untilMs, exp * 1000);
  });

  it('stays for as long as the token holds, be it for months', async () => {
    const caller = { subject: 'ada', role: 'viewer' } as const;
    const ends: string[] = [];
    const forget = whenOver({ ...caller, untilMs: Date.now() + 90 * 86_400_000 }, () => ends.push('months'));
    whenOver(caller, () => ends.push('never'));
    whenOver({ ...caller, untilMs: Date.now() - 1 }, () => ends.push('over'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    forget();
    assert.deepEqual(ends, ['over']);
  });
});
