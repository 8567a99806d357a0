import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { openRates } from '../../../src/app/rates.js';
import { filmEndings } from '../../../workers/media/uploads/film-containers.js';
import { openUploads } from '../../../workers/media/uploads/uploads.js';
import { probeFilm } from '../../../workers/stages/probe.js';
import { openTestApi } from '../api.fixture.js';
import { harbour } from '../harbour.fixture.js';
import { madeByFfmpeg, type SendOptions, sendFilm, smallFilm, uploadedTo } from '../upload.fixture.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';

const token = tokens.editor;
const mostBytes = 2_000_000;
const nothing = { films: [], parts: [] };

/** A server with small limits; `folder` is where it keeps what is sent. */
async function openSmall(limits: { folder?: string; heldBytes?: number; silentMs?: number; longestMs?: number } = {}) {
  const { heldBytes = 10 * mostBytes, silentMs = 20_000, longestMs = 60_000 } = limits;
  const api = await openTestApi(harbour());
  const folder = limits.folder ?? join(api.home, 'uploads');
  const uploads = openUploads({ folder, mostBytes, heldBytes, types: filmEndings, probe: probeFilm });
  const times = { uploadTimes: { silentMs, longestMs }, bodyTimes: { bodyMs: 500, lingerMs: 500 } };
  return openAttacked({ uploads, ...times }, api);
}

/** An mp4 box. */
function box(name: string, ...content: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32BE(8 + content.reduce((sum, { length }) => sum + length, 0));
  header.write(name, 4, 'latin1');
  return Buffer.concat([header, ...content]);
}

const word = (value: number) => {
  const four = Buffer.alloc(4);
  four.writeUInt32BE(value);
  return four;
};

describe('What is sent as a film', () => {
  let server: Attacked;
  let film: Buffer;
  before(async () => {
    film = smallFilm();
    server = await openSmall();
  });
  after(() => server.close());
  const send = (body: Buffer | AsyncIterable<Buffer>, options: SendOptions = {}) =>
    sendFilm(server.url, body, { token, ...options });
  const assertNothingHere = async () => {
    assert.deepEqual(await uploadedTo(server.api.home), nothing);
  };

  it('is refused from strangers and viewers', async () => {
    for (const [who, status, code] of [
      [undefined, 401, 'UNAUTHENTICATED'],
      ['forged'.repeat(5), 401, 'UNAUTHENTICATED'],
      [tokens.viewer, 403, 'FORBIDDEN'],
    ] as const) {
      const reply = await sendFilm(server.url, film, who === undefined ? {} : { token: who });
      assert.deepEqual([reply.status, reply.code], [status, code]);
    }
    await assertNothingHere();
  });

  it('is refused where it is none, and leaves neither a file nor a row', async () => {
    const rows = server.api.calls.length;
    const secret = join(server.api.home, 'secret.txt');
    const isNone: Record<string, readonly [Buffer, string]> = {
      'a playlist (HLS)': [
        Buffer.from(`#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://${secret}\n#EXT-X-ENDLIST\n`),
        'MEDIA_NOT_VIDEO',
      ],
      'a concat file': [Buffer.from(`ffconcat version 1.0\nfile '${secret}'\nfile '/etc/passwd'\n`), 'MEDIA_NOT_VIDEO'],
      'a DASH manifest': [
        Buffer.from(
          `<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static"><Period><AdaptationSet mimeType="video/mp4"><Representation id="1" bandwidth="1"><BaseURL>file://${secret}</BaseURL></Representation></AdaptationSet></Period></MPD>`,
        ),
        'MEDIA_NOT_VIDEO',
      ],
      'a program': [await readFile('/bin/true'), 'MEDIA_NOT_VIDEO'],
      text: [Buffer.from('not a film '.repeat(1000)), 'MEDIA_NOT_VIDEO'],
      'one byte': [Buffer.from('x'), 'MEDIA_NOT_VIDEO'],
      'no byte': [Buffer.alloc(0), 'MEDIA_EMPTY'],
      'a torn film': [film.subarray(0, film.length / 2), 'MEDIA_TRUNCATED'],
      'sound alone': [madeByFfmpeg('sound.mp4', '-f', 'lavfi', '-i', 'sine=d=1'), 'MEDIA_NO_PICTURE'],
      'a picture': [
        madeByFfmpeg('picture.jpg', '-f', 'lavfi', '-i', 'testsrc=s=64x48', '-frames:v', '1'),
        'MEDIA_NOT_VIDEO',
      ],
      'a picture that moves': [smallGif(), 'MEDIA_TYPE_REFUSED'],
      'a packed film': [gzipSync(film), 'MEDIA_NOT_VIDEO'],
      // QuickTime can deflate its index: this one says that it is 2 GB, and is not.
      'an index that would unpack to gigabytes': [
        Buffer.concat([
          box('ftyp', Buffer.from('qt  '), word(0), Buffer.from('qt  ')),
          box(
            'moov',
            box(
              'cmov',
              box('dcom', Buffer.from('zlib')),
              box('cmvd', word(0x7fffffff), deflateSync(Buffer.alloc(1e6))),
            ),
          ),
        ]),
        'MEDIA_NOT_VIDEO',
      ],
      'a box that says it is larger than all disks': [
        Buffer.concat([film.subarray(0, 32), Buffer.from([0, 0, 0, 1]), Buffer.from('moov'), Buffer.alloc(8, 0x7f)]),
        'MEDIA_NOT_VIDEO',
      ],
    };
    for (const [name, [body, expected]] of Object.entries(isNone)) {
      const { status, code, body: answer } = await send(body, { path: '/upload?filename=film.mp4' });
      assert.deepEqual([status >= 400 && status < 500, code], [true, expected], `${name}: ${answer}`);
      assert.ok(!/root:|secret|fabula-/.test(answer), `${name}: ${answer}`);
    }
    await assertNothingHere();
    assert.equal(server.api.calls.length, rows);
  });

  it('cannot choose where it lies by what it is called', async () => {
    const names = [
      '../../../../etc/cron.d/evil',
      '..\\..\\evil.mp4',
      '/etc/passwd',
      'a\0b.mp4',
      '.',
      '..',
      '',
      '.htaccess',
      'CON',
      '$(id).mp4',
      '`id`.mp4',
      'x'.repeat(5000),
      '\u202egpm.4pm',
      'line\r\nbreak.mp4',
      '\u001b[2Jfilm.mp4',
      '<img src=x onerror=alert(1)>.mp4',
    ];
    const before = await readdir(server.api.home);
    const sha256 = createHash('sha256').update(film).digest('hex');
    for (const name of names) {
      const headers = { 'content-disposition': `attachment; filename="../${encodeURIComponent(name)}"` };
      const { status, body } = await send(film, { path: `/upload?filename=${encodeURIComponent(name)}`, headers });
      assert.ok([200, 201].includes(status), `${JSON.stringify(name)}: ${body}`);
      const { path, title = '' } = JSON.parse(body);
      assert.equal(path, `${sha256}.mp4`);
      assert.ok(!/[/\\\p{C}]/u.test(title) && title.length <= 200, JSON.stringify(title));
    }
    for (const query of [
      '?filename=a&filename=../b',
      '?filename[]=../a',
      '?filename[path]=/etc/x',
      '?path=../x&root=y',
    ]) {
      const { status, body } = await send(film, { path: `/upload${query}` });
      assert.deepEqual([status, JSON.parse(body).path], [200, `${sha256}.mp4`]);
    }
    assert.deepEqual(await uploadedTo(server.api.home), { films: [`${sha256}.mp4`], parts: [] });
    assert.deepEqual(await readdir(server.api.home), [...before]);
    for (const way of ['/upload/../graphql', '/upload/%2e%2e/x', '/upload/film.mp4', '/uploads']) {
      const { status } = await send(film, { path: way });
      assert.ok(status >= 400, way);
    }
    await server.api.uploads.delete(sha256);
  });

  it('is refused from pages elsewhere, as a form or otherwise, with access control or without', async () => {
    const open = await openAttacked({ access: undefined });
    for (const { url } of [server, open])
      for (const [headers, status, code] of [
        [{ 'content-type': 'multipart/form-data; boundary=x' }, 415, 'MEDIA_TYPE_REFUSED'],
        [{ 'content-type': 'application/x-www-form-urlencoded' }, 415, 'MEDIA_TYPE_REFUSED'],
        [{ 'content-type': 'text/plain' }, 415, 'MEDIA_TYPE_REFUSED'],
        [{ 'content-type': 'text/plain; video/mp4' }, 415, 'MEDIA_TYPE_REFUSED'],
        [{ 'content-type': '' }, 415, 'MEDIA_TYPE_REFUSED'],
        [{ origin: 'https://evil.example' }, 403, 'FORBIDDEN'],
        [{ origin: 'null' }, 403, 'FORBIDDEN'],
        [{ origin: 'https://evil.example', 'content-type': 'text/plain' }, 403, 'FORBIDDEN'],
      ] as const) {
        const reply = await sendFilm(url, film, { token, headers });
        assert.deepEqual([reply.status, reply.code], [status, code], JSON.stringify(headers));
      }
    const asked = await open.send('/upload', {
      method: 'OPTIONS',
      headers: { origin: 'https://evil.example', 'access-control-request-method': 'POST' },
    });
    assert.equal(asked.headers['access-control-allow-origin'], undefined);
    // Its own pages may.
    assert.equal((await sendFilm(open.url, film, { headers: { origin: open.url } })).status, 201);
    for (const method of ['GET', 'PUT', 'DELETE', 'PATCH'])
      assert.equal((await sendFilm(open.url, Buffer.alloc(0), { method })).status, 404, method);
    await open.close();
    await assertNothingHere();
  });

  it('is refused when it comes packed', async () => {
    for (const headers of [
      { 'content-encoding': 'gzip' },
      { 'content-encoding': 'br' },
      { 'content-encoding': 'identity, deflate' },
    ]) {
      const { status, code } = await send(gzipSync(film), { headers });
      assert.deepEqual([status, code], [415, 'MEDIA_TYPE_REFUSED']);
    }
    const packed = await raw(server.url, [
      `POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: video/mp4\r\nTransfer-Encoding: gzip, chunked\r\n\r\n`,
      '0\r\n\r\n',
    ]);
    assert.match(packed, /^HTTP\/1\.1 4\d\d /);
    await assertNothingHere();
  });

  it('is refused when it is too large, be it said or found out, and who sends it is told so', async () => {
    let sent = 0;
    async function* endless() {
      for (;;) {
        sent += 65_536;
        yield Buffer.alloc(65_536);
      }
    }
    const declared = await send(endless(), { headers: { 'content-length': String(mostBytes + 1) } });
    assert.deepEqual([declared.status, declared.code], [413, 'MEDIA_TOO_LARGE']);
    const found = await send(endless());
    assert.deepEqual([found.status, found.code], [413, 'MEDIA_TOO_LARGE']);
    assert.ok(sent < 50 * mostBytes, `${sent} bytes were taken`);
    await assertNothingHere();
  });

  it('that lies about its length is a torn film, another request, or waited for in vain', async () => {
    const impatient = await openSmall({ silentMs: 300 });
    const post = (length: number | string, more = '') =>
      `POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: video/mp4\r\nContent-Length: ${length}\r\n${more}\r\n`;
    // Less than it is: what is left over is no request.
    const short = await raw(impatient.url, [post(film.length - 100), film]);
    assert.match(short, /^HTTP\/1\.1 422 [\s\S]*"MEDIA_TRUNCATED"|^HTTP\/1\.1 400 /);
    // More than it is.
    const silent = await raw(impatient.url, [post(film.length + 100), film]);
    assert.match(silent, /^HTTP\/1\.1 503 [\s\S]*"TIMED_OUT"/);
    // Two lengths, or none that is one.
    for (const head of [
      post(film.length, 'Content-Length: 5\r\n'),
      post(film.length, 'Transfer-Encoding: chunked\r\n'),
      post(-1),
      post('1e9'),
      post('99999999999999999999'),
    ])
      assert.match(await raw(impatient.url, [head, film]), /^HTTP\/1\.1 4\d\d /, head);
    assert.deepEqual(await uploadedTo(impatient.api.home), nothing);
    await impatient.close();
  });

  it('leaves nothing here when its sender goes away, or takes for ever', async () => {
    const gone = connect(Number(new URL(server.url).port), '127.0.0.1');
    gone.on('error', () => {});
    gone.write(
      `POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: video/mp4\r\nContent-Length: ${film.length}\r\n\r\n`,
    );
    gone.write(film.subarray(0, film.length - 1));
    await until(async () => (await uploadedTo(server.api.home)).parts.length === 1);
    gone.destroy();
    await until(async () => (await uploadedTo(server.api.home)).parts.length === 0);
    await assertNothingHere();
    const impatient = await openSmall({ longestMs: 700 });
    async function* slow() {
      for (const byte of film) {
        yield Buffer.from([byte]);
        await pause(50);
      }
    }
    const { status, code } = await sendFilm(impatient.url, slow(), { token });
    assert.deepEqual([status, code], [503, 'TIMED_OUT']);
    assert.deepEqual(await uploadedTo(impatient.api.home), nothing);
    await impatient.close();
  });

  it('may come byte by byte', async () => {
    async function* bytes() {
      for (const byte of film) yield Buffer.from([byte]);
    }
    const { status, body } = await send(bytes());
    assert.equal(status, 201, body);
    const sha256 = createHash('sha256').update(film).digest('hex');
    assert.equal(JSON.parse(body).sha256, sha256);
    await server.api.uploads.delete(sha256);
    await assertNothingHere();
  });

  it('is not written through a link that somebody has laid under its name', async () => {
    const films = join(server.api.home, 'uploads/films');
    const target = join(server.api.home, 'secret.txt');
    const sha256 = createHash('sha256').update(film).digest('hex');
    const path = `${sha256}.mp4`;
    await symlink(target, join(films, path));
    await symlink('/etc', join(films, 'etc'));
    const analyze = 'mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) { id } }';
    for (const asked of [path, 'etc/passwd', '../../secret.txt', '../parts/x'])
      assert.match(
        (await server.ask(analyze, { input: { path: asked, root: 'uploaded' } }, token)).code ?? '',
        /^MEDIA_(OUTSIDE_ROOTS|NOT_FOUND)$/,
        asked,
      );
    assert.equal((await send(film)).status, 201);
    assert.equal(await readFile(target, 'utf8'), 'secret');
    assert.deepEqual(await readFile(join(films, path)), film);
    assert.equal((await server.ask(analyze, { input: { path, root: 'uploaded' } }, token)).code, undefined);
    await rm(films, { recursive: true });
  });

  it('leaves nothing on a disk that is full, and says so', async function () {
    const disk = join(server.api.home, 'disk');
    await mkdir(disk);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', disk]).status !== 0) this.skip();
    const small = await openSmall({ folder: join(disk, 'uploads') });
    async function* large() {
      for (let n = 0; n < 24; n++) yield Buffer.alloc(65_536);
    }
    try {
      for (const body of [large(), Buffer.alloc(1_500_000)]) {
        const { status, code } = await sendFilm(small.url, body, { token });
        assert.deepEqual([status, code], [507, 'DISK_FULL']);
      }
      assert.deepEqual(await uploadedTo(disk), nothing);
      assert.equal((await sendFilm(small.url, film, { token })).status, 201);
    } finally {
      await small.close();
      execFileSync('umount', [disk]);
    }
  });

  it('cannot fill more than all films may', async () => {
    const full = await openSmall({ heldBytes: film.length + 10 });
    assert.equal((await sendFilm(full.url, film, { token })).status, 201);
    async function* another() {
      yield film;
      yield box('free', Buffer.alloc(100));
    }
    for (const body of [another(), Buffer.alloc(100)]) {
      const { status, code } = await sendFilm(full.url, body, { token });
      assert.deepEqual([status, code], [507, 'DISK_FULL']);
    }
    assert.equal((await uploadedTo(full.api.home)).parts.length, 0);
    await full.close();
  });

  it('is limited in how often it comes, and in how many come at once', async () => {
    const limited = await openAttacked({ rates: openRates(6) });
    assert.equal((await sendFilm(limited.url, Buffer.from('x'), { token })).status, 422);
    const often = await sendFilm(limited.url, film, { token });
    assert.deepEqual([often.status, often.code], [429, 'RATE_LIMITED']);
    await limited.close();
    const held = Array.from({ length: 4 }, () => {
      const socket = connect(Number(new URL(server.url).port), '127.0.0.1');
      socket.on('error', () => {});
      socket.write(
        `POST /upload HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${token}\r\nContent-Type: video/mp4\r\nContent-Length: 1000\r\n\r\nx`,
      );
      return socket;
    });
    await until(async () => (await uploadedTo(server.api.home)).parts.length === 4);
    const fifth = await send(film);
    assert.deepEqual([fifth.status, fifth.code], [429, 'RATE_LIMITED']);
    for (const socket of held) socket.destroy();
    await until(async () => (await uploadedTo(server.api.home)).parts.length === 0);
    assert.equal((await send(Buffer.from('x'))).code, 'MEDIA_NOT_VIDEO');
  });

  it('of a server that was killed over it is cleared away by the next', async () => {
    const { pid } = spawnSync('true');
    const parts = join(server.api.home, 'uploads/parts');
    const left = `upload.${hostname()}~${pid}~0~00000000-0000-4000-8000-000000000000.part`;
    await writeFile(join(parts, left), 'half a film');
    await send(Buffer.from('x'));
    await assertNothingHere();
  });

  it('is forgotten once it was refused', async () => {
    const large = Buffer.alloc(mostBytes + 1);
    async function* unsaid() {
      yield large;
    }
    await server.assertForgets(() => Promise.all([send(large), send(unsaid()), send(Buffer.from('no film'))]), {
      rounds: 5,
    });
    await assertNothingHere();
    await server.assertUnharmed();
  });
});

describe('A request whose body comes too slowly', () => {
  it('is cut off, even when it has been answered', async () => {
    const server = await openSmall();
    for (const [path, head] of [
      ['/graphql', `Content-Type: application/json\r\nAuthorization: Bearer ${tokens.viewer}\r\n`],
      ['/reward', `Content-Type: application/json\r\nAuthorization: Bearer ${tokens.viewer}\r\n`],
      ['/graphql', ''],
      ['/healthz', ''],
      ['/nothing', ''],
      ['/upload', ''],
    ] as const) {
      const began = performance.now();
      await raw(server.url, [`POST ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${head}Content-Length: 1000\r\n\r\n{`]);
      assert.ok(performance.now() - began < 5000, path);
    }
    await server.assertUnharmed();
    await server.close();
  });
});

const smallGif = () => madeByFfmpeg('moving.gif', '-f', 'lavfi', '-i', 'testsrc=s=64x48:r=5:d=1');

/** Sends bytes as they are, and gives all that comes back until the other side hangs up. */
function raw(base: string, parts: readonly (string | Buffer)[]): Promise<string> {
  const { hostname: host, port } = new URL(base);
  return new Promise((resolve) => {
    const socket = connect(Number(port), host);
    let answer = '';
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      answer += text;
      // One answer is enough.
      if (/\r\n\r\n\{[\s\S]*\}$/.test(answer) && parts.length > 1) socket.end();
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
    for (const part of parts) socket.write(part);
  });
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let n = 0; n < 200; n++) {
    if (await holds()) return;
    await pause(25);
  }
  assert.fail('it did not come to that');
}
