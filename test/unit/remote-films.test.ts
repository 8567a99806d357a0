import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { FabulaError } from '../../schema/errors.js';
import { isAllowedHost, parseMediaHosts } from '../../workers/media/remote/media-hosts.js';
import { isPublicAddress, isSameAddress } from '../../workers/media/remote/public-address.js';
import { parseRemoteAddress, shownAddress, urlOf } from '../../workers/media/remote/remote-address.js';
import type { RemoteFilms } from '../../workers/media/remote/remote-films.js';
import { type FilmServer, filmsFrom, openFilmServer } from '../api/attacks/film-server.fixture.js';

describe('films on other servers', () => {
  let server: FilmServer;
  let folder: string;
  let films: RemoteFilms;
  beforeEach(async () => {
    server = await openFilmServer();
    folder = await mkdtemp(join(tmpdir(), 'fabula-remote-'));
    films = filmsFrom(server, folder);
  });
  afterEach(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });

  const film = randomBytes(300_000);
  const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  const signal = () => new AbortController().signal;
  const addressOf = (path = 'a%20film.mp4?signature=secret') =>
    films.read(`http://films.example:${server.port}/${path}`);
  const hold = (path?: string) => films.hold(addressOf(path), { signal: signal() });
  const isHere = async (bytes: Buffer) => (await films.find(hashOf(bytes))) !== undefined;
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'no error',
      (error: unknown) => (error instanceof FabulaError ? error.code : String(error)),
    );
  const filesHere = async () =>
    (await readdir(folder, { recursive: true, withFileTypes: true })).filter((each) => each.isFile());

  it('are named by their server and path; what may be a signature is kept apart', () => {
    const address = parseRemoteAddress('https://CDN.example.org/a%20b/../film.mp4?sig=1#t=3');
    assert.deepEqual(address, { root: 'https://cdn.example.org', path: 'film.mp4', query: 'sig=1' });
    assert.equal(urlOf(address).href, 'https://cdn.example.org/film.mp4?sig=1');
    assert.equal(shownAddress('https://h/film.mp4?sig=1'), 'https://h/film.mp4');
  });

  it('come whole, once, and stay for the next job', async () => {
    server.serves(film);
    const shares: number[] = [];
    const held = await films.hold(addressOf(), { signal: signal(), onProgress: (share) => shares.push(share) });
    assert.equal(held.sha256, hashOf(film));
    assert.deepEqual(await readFile(held.file), film);
    assert.equal(shares.at(-1), 1);
    await held.release();
    const again = await hold();
    assert.deepEqual(await readFile(again.file), film);
    assert.deepEqual(
      server.asked.map(({ path, headers }) => [path, headers['if-none-match']]),
      [
        ['/a%20film.mp4?signature=secret', undefined],
        ['/a%20film.mp4?signature=secret', '"one"'],
      ],
    );
    await again.release();
    await films.delete(again.sha256);
    assert.equal(await isHere(film), false);
  });

  it('come anew when they have changed, or are gone from here', async () => {
    server.serves(film);
    await (await hold()).release();
    const other = randomBytes(1000);
    server.serves(other, '"two"');
    assert.equal((await hold()).sha256, hashOf(other));
    server.serves(film);
    await films.delete(hashOf(film));
    assert.equal((await hold()).sha256, hashOf(film));
  });

  it('go on where the connection broke', async () => {
    server.serves(film, '"one"', { breakAt: 200_000 });
    assert.equal((await hold()).sha256, hashOf(film));
    assert.equal(server.asked.length, 2);
    const [, second] = server.asked;
    assert.match(second?.headers.range ?? '', /^bytes=\d{5,6}-$/);
    assert.equal(second?.headers['if-range'], '"one"');
  });

  it('go on in another process, even where a server sends all again or another version', async () => {
    const stopped = new AbortController();
    server.serves(film, '"one"', { breakAt: 100_000 });
    const holding = films.hold(addressOf(), {
      signal: stopped.signal,
      onProgress: () => stopped.abort(),
    });
    assert.equal(await codeOf(holding), 'CANCELLED');
    films = filmsFrom(server, folder);
    const other = randomBytes(250_000);
    server.serves(other, '"two"');
    assert.equal((await hold()).sha256, hashOf(other));
    assert.ok(server.asked[0]?.headers.range !== undefined);
  });

  it('start over when what is here of them is longer than they are', async () => {
    const stopped = new AbortController();
    server.serves(film, '"one"', { breakAt: 100_000 });
    await codeOf(films.hold(addressOf(), { signal: stopped.signal, onProgress: () => stopped.abort() }));
    const part = (await filesHere()).find(({ name }) => /^[0-9a-f]+$/.test(name));
    await truncate(join(folder, 'parts', part?.name ?? ''), 400_000);
    server.answers(({ headers }, response) => {
      if (headers.range) response.writeHead(416, { 'content-range': 'bytes */300000' }).end();
      else response.writeHead(200, { etag: '"one"', 'content-length': film.length }).end(film);
    });
    assert.equal((await hold()).sha256, hashOf(film));
  });

  it('are refused when they are too large, be it said or found out, and leave nothing here', async () => {
    films = filmsFrom(server, folder, { mostBytes: 200_000 });
    server.serves(film);
    assert.equal(await codeOf(hold()), 'MEDIA_TOO_LARGE');
    server.answers((_request, response) => {
      // Without an end, and without saying so.
      const timer = setInterval(() => response.write(film), 1);
      response.on('close', () => clearInterval(timer));
    });
    assert.equal(await codeOf(hold()), 'MEDIA_TOO_LARGE');
    assert.deepEqual(await filesHere(), []);
  });

  it('are refused when they are no films, whatever their server says, and leave nothing here', async () => {
    const sniff = async () => {
      throw new FabulaError('MEDIA_NOT_VIDEO', 'The file is not a video.');
    };
    films = filmsFrom(server, folder, { sniff });
    server.answers((_request, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end('<html>'));
    assert.equal(await codeOf(hold()), 'MEDIA_NOT_VIDEO');
    server.answers((_request, response) => response.writeHead(200, { 'content-type': 'video/mp4' }).end());
    assert.equal(await codeOf(hold()), 'MEDIA_EMPTY');
    assert.deepEqual(await filesHere(), []);
  });

  it('say what went wrong without saying what is secret', async () => {
    const codes: string[] = [];
    for (const status of [404, 403, 500, 301, 206]) {
      server.answers((_request, response) => response.writeHead(status, { location: 'http://[' }).end());
      const error = await hold().catch((thrown: FabulaError) => thrown);
      assert.ok(error instanceof FabulaError);
      assert.ok(!`${error.message} ${error.hint} ${(error.cause as Error)?.message}`.includes('secret'), error.message);
      codes.push(error.code);
    }
    assert.deepEqual(codes, ['DOWNLOAD_NOT_FOUND', 'MEDIA_FORBIDDEN', ...Array(3).fill('DOWNLOAD_FAILED')]);
  });

  it('are given up when their server is silent, slow without end, or gone', async () => {
    films = filmsFrom(server, folder, { silentMs: 50 });
    server.answers(() => {});
    assert.equal(await codeOf(hold()), 'DOWNLOAD_FAILED');
    films = filmsFrom(server, folder, { longestMs: 200 });
    server.answers((_request, response) => {
      const timer = setInterval(() => response.write('x'), 20);
      response.on('close', () => clearInterval(timer));
    });
    assert.equal(await codeOf(hold()), 'DOWNLOAD_FAILED');
    const stop = new AbortController();
    films = filmsFrom(server, folder);
    const held = films.hold(addressOf(), { signal: stop.signal });
    setTimeout(() => stop.abort(), 30);
    assert.equal(await codeOf(held), 'CANCELLED');
  });

  it('asked for twice at once come once', async () => {
    server.serves(film);
    const [one, other] = await Promise.all([hold(), hold()]);
    assert.equal(one.sha256, other.sha256);
    assert.deepEqual(
      server.asked.map(({ headers }) => headers['if-none-match']),
      [undefined, '"one"'],
    );
  });

  it('are as many as there is room for: the least recently used goes, but never from who holds it', async () => {
    films = filmsFrom(server, folder, { keptBytes: 1_000_000 });
    const several = [film, randomBytes(300_000), randomBytes(300_000), randomBytes(300_000)];
    const held = [];
    for (const [n, bytes] of several.entries()) {
      // The first is used again, so that the second is the one that goes.
      if (n === 3) await films.find(hashOf(film));
      server.serves(bytes, `"${n}"`);
      held.push(await hold(`film-${n}.mp4`));
      await passed(15);
    }
    assert.deepEqual(await Promise.all(several.map(isHere)), [true, false, true, true]);
    for (const [n, { file }] of held.entries()) assert.equal((await stat(file)).size, several[n]?.length);
    for (const { release } of held) await release();
    assert.deepEqual(await readdir(join(folder, 'held')), []);
  });

  it('say when they have changed, before they are fetched', async () => {
    server.serves(film);
    const one = await films.versionOf(addressOf());
    assert.equal(await films.versionOf(addressOf()), one);
    server.serves(film, '"two"');
    assert.notEqual(await films.versionOf(addressOf()), one);
    server.answers((_request, response) => response.writeHead(500).end());
    assert.equal(await films.versionOf(addressOf()), undefined);
  });
});

describe('hosts of films', () => {
  it('are named one by one, with their ports, or with all below them', () => {
    const hosts = parseMediaHosts('cdn.example.org, *.media.example other.example:8443 MÜNCHEN.example');
    const isAllowed = (url: string) => isAllowedHost(hosts, new URL(url));
    for (const url of [
      'https://cdn.example.org/a',
      'http://CDN.example.org./a',
      'https://a.media.example/a',
      'https://a.b.media.example/a',
      'https://other.example:8443/a',
      'https://xn--mnchen-3ya.example/a',
    ])
      assert.ok(isAllowed(url), url);
    for (const url of [
      'https://example.org/a',
      'https://evilcdn.example.org/a',
      'https://cdn.example.org.evil.example/a',
      'https://cdn.example.org:8443/a',
      'https://media.example/a',
      'https://evilmedia.example/a',
      'https://other.example/a',
      'http://cdn.example.org:443/a',
    ])
      assert.ok(!isAllowed(url), url);
  });

  it('are refused where they could be taken for more than a host', () => {
    for (const wrong of [
      '*',
      '*.',
      'https://a.example',
      'a.example/films',
      'u:p@a.example',
      'a b:c',
      '*.org',
      '*.1.2.3.4',
    ])
      assert.throws(() => parseMediaHosts(wrong), { code: 'BAD_CONFIG', message: /FABULA_MEDIA_HOSTS/ }, wrong);
    assert.deepEqual(parseMediaHosts(' , '), []);
  });
});

describe('addresses of the Internet', () => {
  it('are told from those of this machine, of its network, and of nobody', () => {
    for (const address of ['93.184.216.34', '8.8.8.8', '2606:2800:220:1:248:1893:25c8:1946'])
      assert.ok(isPublicAddress(address), address);
    for (const address of [
      ...['127.0.0.1', '127.8.9.1', '0.0.0.0', '10.1.2.3', '172.16.0.1', '172.31.255.255', '192.168.1.1'],
      ...['169.254.169.254', '100.64.0.1', '224.0.0.1', '239.255.255.250', '255.255.255.255', '240.0.0.1'],
      ...['192.0.0.1', '192.0.2.1', '198.18.0.1', '198.51.100.1', '203.0.113.1'],
      ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1', 'fec0::1', '2001:db8::1'],
      ...['::ffff:127.0.0.1', '::ffff:8.8.8.8', '::127.0.0.1', '::ffff:0:127.0.0.1', '2002:7f00:1::', '2001::1'],
      ...['64:ff9b::7f00:1', '64:ff9b::808:808', '64:ff9b:1::1', '4000::1', '3fff::1', '100::1', '5f00::1'],
      ...['', 'localhost', '2130706433.example', '999.1.1.1'],
    ])
      assert.ok(!isPublicAddress(address), address);
  });

  it('are the same in all their spellings', () => {
    assert.ok(isSameAddress('::ffff:1.2.3.4', '1.2.3.4'));
    assert.ok(isSameAddress('2001:0:0::1', '2001::1'));
    assert.ok(!isSameAddress('1.2.3.4', '1.2.3.5'));
    assert.ok(!isSameAddress('', ''));
  });
});
