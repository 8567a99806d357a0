import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { openRates } from '../../src/app/rates.js';
import { openTestApi } from './api.fixture.js';
import { type Attacked, openAttacked, tokens } from './attacks/attacked.fixture.js';
import { harbour } from './harbour.fixture.js';
import { sendTo } from './http.fixture.js';

/** What differs from one answer to the next. */
const passing = new Set(['date', 'x-request-id', 'etag']);

/** Two addresses of one thing: the first is answered on the short way, the second, with its slash, behind Express. */
const ways = ['/graphql', '/graphql/'] as const;

describe('POST /graphql', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked({ origins: ['https://friend.example'], trustedProxies: 1, rates: openRates(60) });
  });
  after(() => server.close());

  let visitors = 0;
  const both = (headers: Record<string, string>, body?: string | Buffer, token: string = tokens.viewer) =>
    Promise.all(
      ways.map(async (path) => {
        const given = {
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
          'x-forwarded-for': `10.0.0.${++visitors % 250}`,
          ...headers,
        };
        const sent = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== ''));
        const reply = await sendTo(server.url, path, { method: 'POST', headers: sent, ...(body && { body }) });
        const head = Object.entries(reply.headers).filter(([name]) => !passing.has(name));
        return { status: reply.status, head: Object.fromEntries(head), body: reply.body };
      }),
    );

  const query = (text: string, more: object = {}) => JSON.stringify({ query: text, ...more });
  const typename = query('{ __typename }');
  const episode = 'query ($id: ID!) { episode(id: $id) { title } }';
  const cases: Record<
    string,
    readonly [status: number, body?: string | Buffer, headers?: Record<string, string>, token?: string]
  > = {
    'a query': [200, query('{ episodes { nodes { title } } }')],
    variables: [200, query(episode, { variables: { id: 'harbour' } })],
    'variables that do not fit': [400, query(episode, { variables: { id: [] } })],
    'variables that are left out': [400, query(episode)],
    'variables that are text': [400, query(episode, { variables: '{"id": "harbour"}' })],
    'variables that are too deep': [400, query(episode, { variables: { id: [[[[[[[[[[]]]]]]]]]] } })],
    'the name of an operation': [
      200,
      query('query A { __typename } query B { a: __typename }', { operationName: 'B' }),
    ],
    'the name of no operation': [400, query('query A { __typename }', { operationName: 'B' })],
    'a name that is a number': [400, query('query A { __typename }', { operationName: 1 })],
    extensions: [200, query('{ __typename }', { extensions: { client: 'x' } })],
    'a persisted query': [200, JSON.stringify({ extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } })],
    'no query': [400, '{}'],
    'a query that is a number': [400, '{"query": 1}'],
    'a query that cannot be read': [400, query('{')],
    'a field that is not there': [400, query('{ nothing }')],
    'too much': [400, query(`{ ${Array.from({ length: 60 }, (_, n) => `a${n}: __typename`).join(' ')} }`)],
    'what it may not': [200, query('mutation { deleteEpisode(id: "harbour") }')],
    'a subscription': [400, query('subscription { jobProgress(id: "x") { id } }')],
    'a batch': [400, `[${typename}, ${typename}]`],
    'an empty list': [400, '[]'],
    null: [400, 'null'],
    text: [400, '"{}"'],
    'white space': [400, '  '],
    'broken JSON': [400, '{"query": '],
    'a byte order mark': [200, `\uFEFF${typename}`],
    'what is not UTF-8': [200, Buffer.from('{"query": "{ a: __typename } # \xff\xfe"}', 'latin1')],
    'a body of no bytes': [400, '', { 'content-length': '0' }],
    'a body in chunks': [200, typename, { 'transfer-encoding': 'chunked' }],
    'a packed body': [200, gzipSync(typename), { 'content-encoding': 'gzip' }],
    'a body that is not packed as it says': [400, typename, { 'content-encoding': 'gzip' }],
    'a packing that nobody knows': [415, typename, { 'content-encoding': 'x' }],
    'a charset': [200, typename, { 'content-type': 'application/json; charset=UTF-8' }],
    'another charset': [415, typename, { 'content-type': 'application/json; charset=latin1' }],
    'a charset in UTF-16': [
      200,
      Buffer.from(typename, 'utf16le'),
      { 'content-type': 'application/json; charset=utf-16le' },
    ],
    'text by name': [400, typename, { 'content-type': 'text/plain' }],
    'a form': [400, 'query=%7B__typename%7D', { 'content-type': 'application/x-www-form-urlencoded' }],
    'no content type': [400, typename, { 'content-type': '' }],
    'too much text': [413, query(`# ${'x'.repeat(4.2 * 1024 ** 2)}`)],
    'a wish for GraphQL’s own type': [200, typename, { accept: 'application/graphql-response+json' }],
    'a wish for anything': [200, typename, { accept: '*/*' }],
    'a wish for HTML': [406, typename, { accept: 'text/html' }],
    'a page that may ask': [200, typename, { origin: 'https://friend.example' }],
    'a page that may not': [200, typename, { origin: 'https://evil.example' }],
    'no token': [401, typename, { authorization: '' }],
    'a wrong token': [401, typename, {}, 'x'.repeat(30)],
  };

  for (const [what, [status, body, headers = {}, token]] of Object.entries(cases))
    it(`is answered alike with and without Express: ${what}`, async () => {
      // Once more: what was asked before is answered from what is known of it.
      const answers = [...(await both(headers, body, token)), ...(await both(headers, body, token))];
      assert.equal(answers[0]?.status, status, answers[0]?.body);
      for (const answer of answers) assert.deepEqual(answer, answers[0]);
    });

  it('counts on both ways what a client asks, by the address that the proxy names', async () => {
    const from = (path: string, address: string) =>
      sendTo(server.url, path, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${tokens.viewer}`,
          'x-forwarded-for': `10.9.9.9, ${address}`,
        },
        body: typename,
      });
    const statuses: number[] = [];
    for (let n = 0; n < 15; n++) statuses.push((await from(ways[n % 2] as string, '10.1.1.1')).status);
    assert.equal(statuses[0], 200);
    const refused = await from(ways[0], '10.1.1.1');
    assert.deepEqual([refused.status, refused.code], [429, 'RATE_LIMITED']);
    assert.equal((await from(ways[1], '10.1.1.1')).body, refused.body);
    assert.equal((await from(ways[0], '10.1.1.2')).status, 200);
  });

  it('is no more than a line in the log where the body breaks off', async () => {
    const api = await openTestApi(harbour());
    const other = await openAttacked({}, api);
    const { hostname, port } = new URL(other.url);
    for (const [n, path] of ways.entries()) {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.write(
        `POST ${path} HTTP/1.1\r\nhost: localhost\r\nx-request-id: broken.${n}\r\nauthorization: Bearer ${tokens.viewer}\r\n` +
          `content-type: application/json\r\ncontent-length: ${typename.length}\r\n\r\n{"query"`,
      );
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
    }
    const linesOf = () => api.logged.filter(({ request }) => String(request).startsWith('broken.'));
    while (linesOf().length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.deepEqual(
      linesOf().map(({ msg }) => msg),
      Array(2).fill('A request was answered.'),
    );
    assert.ok(linesOf().some(({ request, lost }) => request === 'broken.0' && lost === true));
    await other.close();
  });
});
