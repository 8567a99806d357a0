import assert from 'node:assert/strict';
import { rm, utimes, writeFile } from 'node:fs/promises';
import { type IncomingHttpHeaders, request } from 'node:http';
import { connect } from 'node:net';
import { join } from 'node:path';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { filmBytes, jpeg, openTestApi, type TestApi } from './api.fixture.js';
import { harbour, keyframeImage, missingImage } from './harbour.fixture.js';

const film = '/media/films/harbour';
const picture = `/media/pictures/${keyframeImage}.jpg`;

describe('The server', () => {
  let api: TestApi;
  let server: RunningServer;
  const start = () => startServer({ ...api, port: 0 });
  before(async () => {
    const strange = { root: 'films', path: '.hidden/100% "odd" #?\n.mp4', sha256: 'ee'.repeat(32) };
    api = await openTestApi(harbour(), harbour('odd/../é?', strange));
    await writeFile(join(api.home, 'films', strange.path), 'odd');
    server = await start();
  });
  after(async () => {
    await server.close();
    await api.close();
  });

  interface Reply {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: Buffer;
  }

  /** Sends exactly this path: fetch would tidy it up. */
  function send(path: string, headers: Record<string, string> = {}, method = 'GET', body?: string): Promise<Reply> {
    const { hostname, port } = new URL(server.url);
    return new Promise((resolve, reject) => {
      const sent = request({ hostname, port, path, method, headers, agent: false }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) }),
        );
      });
      sent.on('error', reject);
      sent.end(body);
    });
  }

  const ask = (query: string, headers: Record<string, string> = { 'content-type': 'application/json' }) =>
    send('/graphql', headers, 'POST', JSON.stringify({ query }));
  const codeOf = ({ body }: Reply) => JSON.parse(body.toString()).errors[0].extensions.code;

  describe('answers GraphQL', () => {
    it('over POST, and over GET with a header that a foreign page cannot send', async () => {
      const posted = await ask('{ episode(id: "harbour") { title } }');
      assert.equal(posted.status, 200);
      assert.deepEqual(JSON.parse(posted.body.toString()), { data: { episode: { title: 'The harbour' } } });
      const got = await send('/graphql?query=%7B__typename%7D', { 'apollo-require-preflight': 'yes' });
      assert.deepEqual(JSON.parse(got.body.toString()), { data: { __typename: 'Query' } });
      const again = { 'apollo-require-preflight': 'yes', 'if-none-match': got.headers.etag ?? '' };
      assert.equal((await send('/graphql?query=%7B__typename%7D', again)).status, 304);
    });

    it('to no page elsewhere', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
        assert.equal((await ask('{ __typename }', { 'content-type': type })).status, 400, type);
      assert.equal((await send('/graphql?query=%7B__typename%7D')).status, 400);
      const { headers } = await ask('{ __typename }', { 'content-type': 'application/json', origin: 'http://evil' });
      assert.equal(headers['access-control-allow-origin'], undefined);
    });

    it('under loopback’s own names only', async () => {
      for (const host of ['evil.example', 'evil.example:4000', '127.0.0.1.evil.example', '10.0.0.1'])
        assert.equal((await send('/healthz', { host })).status, 403, host);
      for (const host of ['localhost', 'localhost:4000', '127.0.0.1:1', '[::1]:4000'])
        assert.equal((await send('/healthz', { host })).status, 200, host);
    });

    it('not by GET where it changes something, nor in batches', async () => {
      const mutation = encodeURIComponent('mutation { deleteEpisode(id: "harbour") }');
      const got = await send(`/graphql?query=${mutation}`, { 'apollo-require-preflight': 'yes' });
      assert.equal(got.status, 405);
      const batch = JSON.stringify([{ query: '{ __typename }' }, { query: '{ __typename }' }]);
      assert.equal((await send('/graphql', { 'content-type': 'application/json' }, 'POST', batch)).status, 400);
    });

    it('with a code where the body is no JSON, too large, or asks for too much', async () => {
      const json = { 'content-type': 'application/json' };
      const broken = await send('/graphql', json, 'POST', '{"query":');
      assert.equal(broken.status, 400);
      assert.equal(codeOf(broken), 'BAD_REQUEST');
      const large = await send('/graphql', json, 'POST', JSON.stringify({ query: `#${'x'.repeat(5_000_000)}` }));
      assert.equal(large.status, 413);
      assert.equal(codeOf(large), 'PAYLOAD_TOO_LARGE');
      const dear = await ask(`{ ${Array.from({ length: 60 }, (_, i) => `a${i}: __typename`).join(' ')} }`);
      assert.equal(dear.status, 400);
      assert.equal(codeOf(dear), 'QUERY_TOO_MANY_ALIASES');
    });
  });

  describe('plays films', () => {
    it('whole, with size, type and tag', async () => {
      const { status, headers, body } = await send(film);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'video/mp4');
      assert.equal(headers['content-length'], '100000');
      assert.equal(headers['accept-ranges'], 'bytes');
      assert.match(headers.etag ?? '', /^"[^"]+"$/);
      assert.equal(headers['x-content-type-options'], 'nosniff');
      assert.ok(body.equals(filmBytes));
    });

    it('in parts', async () => {
      const parts: [string, number, number][] = [
        ['bytes=0-0', 0, 0],
        ['bytes=500-999', 500, 999],
        ['bytes=99990-', 99_990, 99_999],
        ['bytes=-10', 99_990, 99_999],
        ['bytes=99990-200000', 99_990, 99_999],
      ];
      for (const [range, from, to] of parts) {
        const { status, headers, body } = await send(film, { range });
        assert.equal(status, 206, range);
        assert.equal(headers['content-range'], `bytes ${from}-${to}/100000`);
        assert.equal(headers['content-length'], String(to - from + 1));
        assert.ok(body.equals(filmBytes.subarray(from, to + 1)), range);
      }
    });

    it('not in parts that it does not have', async () => {
      const reply = await send(film, { range: 'bytes=100000-' });
      assert.equal(reply.status, 416);
      assert.equal(reply.headers['content-range'], 'bytes */100000');
      assert.equal(codeOf(reply), 'RANGE_NOT_SATISFIABLE');
      for (const range of ['bytes=oops', 'lines=1-2', 'bytes=5-2'])
        assert.ok([200, 416].includes((await send(film, { range })).status), range);
    });

    it('by HEAD, without a body', async () => {
      const { status, headers, body } = await send(film, {}, 'HEAD');
      assert.equal(status, 200);
      assert.equal(headers['content-length'], '100000');
      assert.equal(body.length, 0);
    });

    it('on from where it broke off, unless the film is another one by then', async () => {
      const { headers } = await send(film, {}, 'HEAD');
      const part = { range: 'bytes=10-19', 'if-range': headers.etag ?? '' };
      assert.equal((await send(film, part)).status, 206);
      assert.equal((await send(film, { 'if-none-match': headers.etag ?? '' })).status, 304);
      await utimes(join(api.home, 'films/harbour.mp4'), 1000, 1000);
      const changed = await send(film, part);
      assert.equal(changed.status, 200);
      assert.equal(changed.body.length, 100_000);
      assert.equal((await send(film, { 'if-match': headers.etag ?? '' })).status, 412);
    });

    it('whatever their names and the episodes’ ids are', async () => {
      const { episodes } = await api.data('{ episodes { nodes { id mediaUrl } } }');
      const odd = episodes.nodes.find(({ id }: { id: string }) => id.startsWith('odd'));
      const { status, headers, body } = await send(odd.mediaUrl);
      assert.equal(status, 200);
      assert.equal(body.toString(), 'odd');
      assert.equal(headers['content-type'], 'video/mp4');
    });

    it('not when they are gone, without a word on where they were', async () => {
      await rm(join(api.home, 'films/.hidden'), { recursive: true });
      const { episodes } = await api.data('{ episodes { nodes { id mediaUrl } } }');
      const odd = episodes.nodes.find(({ id }: { id: string }) => id.startsWith('odd'));
      for (const path of [
        odd.mediaUrl,
        '/media/films/nobody',
        '/media/films/',
        '/media/films/%00',
        '/media/films/%ff',
      ]) {
        const reply = await send(path);
        assert.ok([400, 404].includes(reply.status), path);
        assert.ok(!reply.body.includes(api.home), path);
      }
    });
  });

  describe('shows pictures', () => {
    it('by content hash, for a browser to keep', async () => {
      const { status, headers, body } = await send(picture);
      assert.equal(status, 200);
      assert.equal(headers['content-type'], 'image/jpeg');
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers.etag, `"${keyframeImage}"`);
      assert.ok(body.equals(jpeg));
      assert.equal((await send(picture, { 'if-none-match': `"${keyframeImage}"` })).status, 304);
    });

    it('not those that are not there, and the answer is not kept', async () => {
      const reply = await send(`/media/pictures/${missingImage}.jpg`);
      assert.equal(reply.status, 404);
      assert.equal(codeOf(reply), 'NOT_FOUND');
      assert.equal(reply.headers['cache-control'], undefined);
    });
  });

  it('lets nobody out of its folders', async () => {
    const escapes = [
      '../secret.txt',
      '..%2fsecret.txt',
      '..%2f..%2fsecret.txt',
      '%2e%2e/secret.txt',
      '....//secret.txt',
    ];
    const doors = ['/media/films/', '/media/pictures/', '/media/', '/graphiql/', '/', '/graphiql/..%5c'];
    for (const door of doors)
      for (const way of [...escapes, `${'../'.repeat(12)}etc/passwd`, `${'..%2f'.repeat(12)}etc/passwd`]) {
        const { status, body } = await send(door + way);
        assert.ok([400, 403, 404].includes(status), `${door}${way}: ${status}`);
        assert.ok(!/secret|root:/.test(body.toString().replaceAll(way, '')), door + way);
        assert.ok(!body.includes(api.home));
      }
  });

  it('says whether it lives and is ready', async () => {
    assert.equal((await send('/healthz')).status, 200);
    assert.equal((await send('/readyz')).status, 200);
    const other = await openTestApi();
    const lonely = await startServer({ ...other, port: 0 });
    await other.store.close();
    assert.equal((await fetch(`${lonely.url}/healthz`)).status, 200);
    assert.equal((await fetch(`${lonely.url}/readyz`)).status, 503);
    await lonely.close();
    await other.close();
  });

  it('serves this machine only, and says so', async () => {
    const options = { ...api, port: 0 };
    await assert.rejects(startServer({ ...options, host: '0.0.0.0' }), { code: 'BAD_CONFIG' });
    const port = Number(new URL(server.url).port);
    await assert.rejects(startServer({ ...options, port }), { code: 'BAD_CONFIG' });
  });

  it('lets a running answer end when it is closed, and takes no more', async () => {
    const closing = await start();
    const { hostname, port } = new URL(closing.url);
    // A player that reads slowly, and a connection that says nothing.
    const idle = connect({ host: hostname, port: Number(port) });
    await new Promise((resolve) => idle.once('connect', resolve));
    const slow = await fetch(`${closing.url}${film}`);
    const closed = closing.close();
    assert.equal((await slow.arrayBuffer()).byteLength, 100_000);
    await closed;
    idle.destroy();
    await assert.rejects(fetch(`${closing.url}/healthz`));
  });
});
