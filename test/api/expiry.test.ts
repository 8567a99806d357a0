import assert from 'node:assert/strict';
import { WebSocket } from 'ws';
import { openAccess } from '../../src/app/access.js';
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
  before(async () => {
    api = await openTestApi(harbour());
    issuer = await openIssuer();
    const access = openAccess({ by: 'oidc', issuer: issuer.url, audience, rolesClaim: 'roles' });
    server = await startServer({ ...api, port: 0, access });
    id = (await api.store.askJob({ job: 'ANALYZE', key: 'film', input: {} })).id;
  });
  after(async () => {
    await server.close();
    await issuer.close();
    await api.close();
  });

  /** Tokens count in whole seconds. */
  const soon = () => Math.floor(Date.now() / 1000) + 2;

  it('is closed when the token is over: a WebSocket, with 4403', async () => {
    const exp = soon();
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    const authorization = `Bearer ${await issuer.token({ exp })}`;
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
    assert.equal(steps, 1);
    const lateMs = Date.now() - exp * 1000;
    assert.ok(lateMs >= 0 && lateMs < 2000, `${lateMs} ms after its end`);
  });

  it('is closed when the token is over: an event stream, with a last event that says why', async () => {
    const exp = soon();
    const response = await fetch(`${server.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        accept: 'text/event-stream',
        'content-type': 'application/json',
        authorization: `Bearer ${await issuer.token({ exp })}`,
      },
      body: JSON.stringify({ query, variables: { id } }),
    });
    const events = (await response.text()).split('\n\n').filter((event) => event.startsWith('event'));
    const lateMs = Date.now() - exp * 1000;
    assert.ok(lateMs >= 0 && lateMs < 2000, `${lateMs} ms after its end`);
    assert.match(events[0] ?? '', /"state":"QUEUED"/);
    assert.match(events.at(-2) ?? '', /^event: next\ndata: .*"code":"UNAUTHENTICATED"/);
    assert.equal(events.at(-1)?.trim(), 'event: complete\ndata:');
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
