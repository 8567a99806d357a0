import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { type Door, guardedGet, type ResolvedAddress } from '../../../workers/media/remote/guarded-get.js';
import { parseMediaHosts } from '../../../workers/media/remote/media-hosts.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';
import { type FilmServer, filmsFrom, openFilmServer } from './film-server.fixture.js';

const analyze = 'mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) { id } }';

const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof FabulaError ? error.code : String(error)),
  );

/** Ways to write 127.0.0.1 and ::1 that a browser would follow. */
const loopbacks = [
  ...[
    '127.0.0.1',
    '127.1',
    '127.0.1',
    '2130706433',
    '0x7f000001',
    '0x7F.1',
    '017700000001',
    '0177.0.0.1',
    '127.0.0.1.',
  ],
  ...['①②⑦.⓪.⓪.①', '127。0。0。1', '0', '0.0.0.0', '[::]', '[::1]', '[0:0:0:0:0:0:0:1]', '[::ffff:127.0.0.1]'],
  ...['[::ffff:7f00:1]', '[::127.0.0.1]', '[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[::ffff:0:127.0.0.1]'],
];

/** Others that are not on the Internet: networks, link-local (where clouds keep their secrets), shared, multicast. */
const inside = [
  ...['10.0.0.1', '192.168.0.1', '172.16.0.1', '169.254.169.254', '2852039166', '0xa9fea9fe', '100.100.100.200'],
  ...['224.0.0.1', '255.255.255.255', '198.18.0.1', '[fe80::1]', '[fd00:ec2::254]', '[ff02::1]', '[64:ff9b:1::a00:1]'],
];

describe('The address of a film that leads inside', () => {
  let canary: FilmServer;
  let server: Attacked;
  before(async () => {
    canary = await openFilmServer();
    server = await openAttacked();
  });
  after(async () => {
    await server.close();
    await canary.close();
  });

  const ask = (url: string, more = {}) => server.ask(analyze, { input: { url, ...more } }, tokens.editor);

  it('is refused by the API, however it is written', async () => {
    const { port } = canary;
    const written = [
      ...[...loopbacks, ...inside, 'localhost', 'LOCALHOST', 'localhost.localdomain'].flatMap((host) => [
        `http://${host}:${port}/film.mp4`,
        `https://${host}/film.mp4`,
      ]),
      `http://films.example@127.0.0.1:${port}/film.mp4`,
      `http://films.example:secret@films.example/film.mp4`,
      `http://127.0.0.1:${port}\\@films.example/film.mp4`,
      `http://films.example\\@127.0.0.1:${port}/film.mp4`,
      `http:\\\\127.0.0.1:${port}\\film.mp4`,
      `http:127.0.0.1:${port}/film.mp4`,
      `//127.0.0.1:${port}/film.mp4`,
      `http://films.example.127.0.0.1.nip.example/film.mp4`,
      `http://films.example#@127.0.0.1:${port}/`,
      `http://films.example?@127.0.0.1:${port}/`,
      ' http://127.0.0.1/film.mp4',
      'http://127.0.0.1/\r\nHost: films.example\r\n',
      'http://films.example/\r\nX: y',
      'http://films.example/a\0b',
      ...[
        'file:///etc/passwd',
        'ftp://films.example/film.mp4',
        'data:video/mp4;base64,AAAA',
        'gopher://films.example/',
      ],
      ...['javascript:alert(1)', 'blob:http://films.example/1', 'concat:http://films.example/', 'subfile:film.mp4', ''],
      ...[
        'http://',
        'https://',
        'http:///film.mp4',
        'http://films.example',
        'http://[',
        'http://films.example:99999/a',
      ],
      `http://films.example/${'x'.repeat(5000)}`,
      'http://films.example:22/film.mp4',
      `http://films.example:${port}/film.mp4`,
    ];
    for (const url of written) {
      const { code, body } = await ask(url);
      assert.match(code ?? 'no code', /^(INVALID_INPUT|MEDIA_HOST_REFUSED)$/, `${JSON.stringify(url)}: ${body}`);
    }
    assert.deepEqual(canary.asked, []);
  });

  it('is refused when it is the name that leads there', async () => {
    const { code } = await ask('http://films.example/film.mp4?signature=secret');
    assert.equal(code, 'MEDIA_ADDRESS_REFUSED');
  });

  it('is no way around the roots, nor beside them', async () => {
    for (const more of [{ path: 'harbour.mp4' }, { root: 'films' }, { path: '/etc/passwd', root: 'films' }])
      assert.equal((await ask('http://films.example/film.mp4', more)).code, 'INVALID_INPUT');
    for (const path of ['http://films.example/film.mp4', 'https://films.example/film.mp4'])
      for (const root of [undefined, 'http://films.example', 'https://films.example']) {
        const { code } = await server.ask(analyze, { input: { path, root } }, tokens.editor);
        assert.match(code ?? '', /^MEDIA_(OUTSIDE_ROOTS|NOT_FOUND)$/);
      }
    assert.equal((await server.ask(analyze, { input: {} }, tokens.editor)).code, 'INVALID_INPUT');
  });

  it('is said by nobody who may not analyse, and leaves the server as it was', async () => {
    const { code } = await server.ask(analyze, { input: { url: 'http://films.example/a.mp4' } }, tokens.viewer);
    assert.equal(code, 'FORBIDDEN');
    await server.assertForgets(() => Promise.all(loopbacks.map((host) => ask(`http://${host}/film.mp4`))), {
      rounds: 4,
    });
    await server.assertUnharmed();
  });
});

describe('A server of films that is allowed', () => {
  let server: FilmServer;
  let inner: FilmServer;
  let folder: string;
  before(async () => {
    [server, inner] = [await openFilmServer(), await openFilmServer()];
    folder = await mkdtemp(join(tmpdir(), 'fabula-ssrf-'));
  });
  after(async () => {
    await server.close();
    await inner.close();
    await rm(folder, { recursive: true });
  });

  /** Where names lead; the first address is the one that tests let pass for an address of the Internet. */
  const names: Record<string, readonly ResolvedAddress[]> = {};
  const address = (text: string): ResolvedAddress => ({ address: text, family: text.includes(':') ? 6 : 4 });
  let resolved: string[] = [];
  const door = (): Door => ({
    hosts: parseMediaHosts(`films.example:${server.port} *.inner.example inner.example:${inner.port}`),
    resolve: async (name) => {
      resolved.push(name);
      return names[name] ?? [];
    },
    isAllowedAddress: (text) => text === '127.0.0.1',
  });
  const get = (path = 'film.mp4') => guardedGet(door(), new URL(`http://films.example:${server.port}/${path}`));
  const redirect = (location: string, status = 302) =>
    server.answers((_request, response) => response.writeHead(status, { location }).end());
  beforeEach(() => {
    resolved = [];
    names['films.example'] = [address('127.0.0.1')];
    names['inner.example'] = [address('127.0.0.2')];
    inner.answers((_request, response) => response.end('SECRET'));
  });

  it('sends nobody inside by a redirect, whichever', async () => {
    // A header holds no other letters.
    for (const host of [...loopbacks, ...inside].filter((each) => /^[\x21-\x7e]+$/.test(each)))
      for (const status of [301, 302, 303, 307, 308]) {
        redirect(`http://${host}:${inner.port}/`, status);
        assert.equal(await codeOf(get()), 'MEDIA_HOST_REFUSED', `${status} ${host}`);
      }
    for (const location of [
      'file:///etc/passwd',
      'ftp://films.example/',
      'data:,x',
      `http://u:p@films.example:${server.port}/`,
    ]) {
      redirect(location);
      assert.equal(await codeOf(get()), 'MEDIA_HOST_REFUSED', location);
    }
    redirect(`//inner.example:${inner.port}/`);
    assert.equal(await codeOf(get()), 'MEDIA_ADDRESS_REFUSED');
    assert.deepEqual(inner.asked, []);
  });

  it('sends nobody round in circles, nor on and on', async () => {
    redirect('/again');
    assert.match(await codeOf(get()), /without end/);
    assert.equal(server.asked.length, 6);
  });

  it('is not asked when its name leads inside, even if only among others', async () => {
    for (const addresses of [['127.0.0.2'], ['127.0.0.1', '10.0.0.1'], ['::1'], ['127.0.0.1', 'fe80::1']]) {
      names['films.example'] = addresses.map(address);
      server.answers((_request, response) => response.end());
      assert.equal(await codeOf(get()), 'MEDIA_ADDRESS_REFUSED', String(addresses));
      assert.equal(server.asked.length, 0);
    }
  });

  it('is asked at the very address that was looked at, though its name leads elsewhere a moment later', async () => {
    server.answers((_request, response) => response.end('film'));
    let looks = 0;
    // Whoever looks again finds another machine.
    const rebinding = { ...door(), resolve: async () => [address(looks++ === 0 ? '127.0.0.1' : '127.0.0.2')] };
    const response = await guardedGet(rebinding, new URL(`http://films.example:${server.port}/film.mp4`));
    response.resume();
    assert.deepEqual([looks, server.asked.length], [1, 1]);
    assert.equal(server.asked[0]?.headers.host, `films.example:${server.port}`);
    // It is looked at again at each step of the way.
    redirect('/again');
    looks = 0;
    assert.equal(
      await codeOf(guardedGet(rebinding, new URL(`http://films.example:${server.port}/film.mp4`))),
      'MEDIA_ADDRESS_REFUSED',
    );
  });

  it('is not on this machine, by the rule and the resolver that users have, even where somebody has listed it', async () => {
    for (const host of ['localhost', ...loopbacks, ...inside]) {
      const url = new URL(`http://${host}:${inner.port}/film.mp4`);
      const listed = { hosts: parseMediaHosts(url.host) };
      assert.equal(await codeOf(guardedGet(listed, url)), 'MEDIA_ADDRESS_REFUSED', host);
    }
    assert.deepEqual(inner.asked, []);
  });

  it('gets neither cookies nor passwords, and cannot make an answer of gigabytes out of a small one', async () => {
    server.answers(({ headers }, response) => {
      assert.deepEqual(
        [headers.cookie, headers.authorization, headers['accept-encoding']],
        [undefined, undefined, 'identity'],
      );
      response.writeHead(200, { 'content-encoding': 'gzip', 'set-cookie': 'a=b' }).end('not unpacked');
    });
    const films = filmsFrom(server, folder);
    const at = films.read(`http://films.example:${server.port}/packed.mp4`);
    const held = await films.hold(at, { signal: new AbortController().signal });
    assert.equal(await readFile(held.file, 'utf8'), 'not unpacked');
    await held.release();
  });
});
