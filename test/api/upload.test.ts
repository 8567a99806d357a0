import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type Attacked, openAttacked, tokens } from './attacks/attacked.fixture.js';
import { sendFilm, smallFilm, uploadedTo } from './upload.fixture.js';

const token = tokens.editor;
const analyze = 'mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) { id input } }';

describe('POST /upload', () => {
  let server: Attacked;
  let film: Buffer;
  let sha256: string;
  before(async () => {
    film = smallFilm();
    sha256 = createHash('sha256').update(film).digest('hex');
    server = await openAttacked();
  });
  after(() => server.close());

  it('takes a film, says what it is, and analyzeVideo takes it at once', async () => {
    const reply = await sendFilm(server.url, film, { token, path: '/upload?filename=The%20Harbour_1.final.MP4' });
    const sent = JSON.parse(reply.body);
    const path = `${sha256}.mp4`;
    assert.equal(reply.status, 201, reply.body);
    assert.deepEqual(sent, {
      ...{ root: 'uploaded', path, sha256, bytes: film.length },
      ...{ durationMs: 1000, width: 64, height: 48, title: 'The Harbour 1.final' },
    });
    const { root, title } = sent;
    const asked = await server.ask(analyze, { input: { root, path, title } }, token);
    assert.deepEqual(JSON.parse(asked.body).data.analyzeVideo.input, { media: { root, path }, title });
  });

  it('keeps the same film once, whatever it is called and however it comes, and a job about it stays the same', async () => {
    const file = join(server.api.home, 'uploads/films', `${sha256}.mp4`);
    const before = await stat(file);
    const ask = async () => {
      const { body } = await server.ask(analyze, { input: { root: 'uploaded', path: `${sha256}.mp4` } }, token);
      return JSON.parse(body).data.analyzeVideo.id;
    };
    const job = await ask();
    async function* inChunks() {
      for (let at = 0; at < film.length; at += 1000) yield film.subarray(at, at + 1000);
    }
    for (const body of [film, inChunks()]) {
      const headers = { 'content-type': 'application/octet-stream' };
      const { status } = await sendFilm(server.url, body, { token, path: '/upload?filename=other.avi', headers });
      assert.equal(status, 200);
    }
    const twice = await Promise.all([1, 2, 3].map(() => sendFilm(server.url, film, { token })));
    assert.deepEqual(
      twice.map(({ status }) => status),
      [200, 200, 200],
    );
    const { ino, mtimeMs } = await stat(file);
    assert.deepEqual([ino, mtimeMs], [before.ino, before.mtimeMs]);
    assert.deepEqual(await readFile(file), film);
    assert.deepEqual(await uploadedTo(server.api.home), { films: [`${sha256}.mp4`], parts: [] });
    assert.equal(await ask(), job);
  });

  it('tells containers by what they hold', async () => {
    for (const [name, ending] of [
      ['film.mkv', 'mkv'],
      ['film.mov', 'mp4'],
      ['film.avi', 'avi'],
      ['film.ts', 'ts'],
    ] as const) {
      const { status, body } = await sendFilm(server.url, smallFilm(name), { token });
      assert.equal(status, 201, `${name}: ${body}`);
      assert.match(JSON.parse(body).path, new RegExp(`^[0-9a-f]{64}\\.${ending}$`));
    }
  });

  it('takes a film of hundreds of megabytes in little memory, and none of it is to be had before it is whole', async () => {
    const zeros = Buffer.alloc(2 ** 20);
    const padding = 200;
    const header = Buffer.alloc(8);
    header.writeUInt32BE(8 + padding * zeros.length);
    header.write('free', 4);
    const base = inUseMB();
    let most = 0;
    async function* large() {
      yield film;
      yield header;
      for (let n = 0; n < padding; n++) {
        most = Math.max(most, inUseMB());
        if (n === padding / 2) {
          const { films, parts } = await uploadedTo(server.api.home);
          assert.deepEqual([films.filter((name) => !name.endsWith('.mp4')).length > 0, parts.length], [true, 1]);
          for (const path of [parts[0], `../parts/${parts[0]}`])
            assert.match(
              (await server.ask(analyze, { input: { path, root: 'uploaded' } }, token)).code ?? '',
              /^MEDIA_/,
            );
        }
        yield zeros;
      }
    }
    const { status, body } = await sendFilm(server.url, large(), { token });
    assert.equal(status, 201, body);
    assert.equal(JSON.parse(body).bytes, film.length + 8 + padding * zeros.length);
    assert.ok(most - base < 48, `${(most - base).toFixed(1)} MB`);
  });

  it('is not there where no films are taken', async () => {
    const { limits } = server.api.uploads;
    const closed = await openAttacked({
      uploads: { ...server.api.uploads, limits: { ...limits, heldBytes: 0 } },
    });
    const { status, code } = await sendFilm(closed.url, film, { token });
    assert.deepEqual([status, code], [404, 'NOT_FOUND']);
    await closed.close();
  });
});

const inUseMB = () => {
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};
