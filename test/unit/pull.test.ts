import { deepEqual, equal, match, ok, rejects, throws } from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { foreseenError } from '../../schema/errors.js';
import { type ModelManifest, manifestSchema, readSoundManifest } from '../../workers/models/manifest.js';
import { type PullOptions, type PullProgress, pullable, pullModel } from '../../workers/models/pull.js';
import { pullableModels } from '../../workers/models/pullable-models.js';
import { type FileServer, type Mischief, serveFile } from './file-server.fixture.js';

describe('pulling a model', () => {
  const content = randomBytes(200_000);
  const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
  let modelsFolder: string;
  let files: FileServer;

  beforeEach(async () => {
    modelsFolder = await mkdtemp(join(tmpdir(), 'fabula-pull-'));
    files = await serveFile(content);
  });
  afterEach(async () => {
    await files.close();
    await rm(modelsFolder, { recursive: true });
  });

  const model = (change: Partial<ModelManifest['files'][number]> = {}): ModelManifest => ({
    name: 'faces',
    task: 'FIND_FACES',
    purpose: 'faces',
    licence: 'MIT',
    source: 'https://example.org/',
    files: [
      { path: 'sub/faces.onnx', url: `${files.url}/a`, sha256: sha256(content), bytes: content.length, ...change },
    ],
  });
  const progress: PullProgress[] = [];
  const pull = (wanted = model(), options: Partial<PullOptions> = {}) => {
    progress.length = 0;
    return pullModel(wanted, { modelsFolder, backOffMs: 1, onProgress: (each) => progress.push(each), ...options });
  };
  const partial = () => join(modelsFolder, `faces/sub/faces.onnx.${sha256(content).slice(0, 8)}.part`);
  const leavePartial = async (bytes: Buffer) => {
    await mkdir(join(modelsFolder, 'faces/sub'), { recursive: true });
    await writeFile(partial(), bytes);
  };
  const isWhole = async () => {
    await readSoundManifest(join(modelsFolder, 'faces'));
    deepEqual(await readdir(join(modelsFolder, 'faces/sub')), ['faces.onnx']);
    deepEqual((await readdir(join(modelsFolder, 'faces'))).sort(), ['manifest.json', 'sub']);
    deepEqual(await readdir(modelsFolder), ['faces']);
  };

  /** Breaks off after so many bytes, once they have arrived: what is on its way is lost with the connection. */
  const cutAfter =
    (bytes: number): Mischief =>
    (_, response, body) => {
      files.sent += bytes;
      response.writeHead(body.length === content.length ? 200 : 206, {
        'content-length': body.length,
        'content-range': `bytes ${content.length - body.length}-${content.length - 1}/${content.length}`,
      });
      const arrived = content.length - body.length + bytes;
      const cut = async () => {
        while ((await stat(partial()).catch(() => ({ size: 0 }))).size < arrived) await passed(5);
        response.destroy();
      };
      response.write(body.subarray(0, bytes), () => void cut());
      return true;
    };
  const answer =
    (status: number, body: Buffer = Buffer.alloc(0), headers: Record<string, string> = {}): Mischief =>
    (_, response) => {
      response.writeHead(status, headers).end(body);
      return true;
    };

  it('makes it whole and tells how far it is; the second time nothing is fetched', async () => {
    equal(await pull(), 'pulled');
    await isWhole();
    deepEqual(progress.at(-1), { model: 'faces', state: 'pulling', bytes: 200_000, totalBytes: 200_000 });
    equal(await pull(), 'kept');
    deepEqual(files.asked, ['GET /a']);
  });

  it('goes on where a connection broke, so that each byte is sent once', async () => {
    files.mischief.push(cutAfter(50_000), cutAfter(70_000));
    await pull();
    await isWhole();
    deepEqual(files.asked, ['GET /a', 'GET /a bytes=50000-', 'GET /a bytes=120000-']);
    equal(files.sent, content.length);
  });

  it('goes on from what an earlier process left', async () => {
    await leavePartial(content.subarray(0, 150_000));
    await pull();
    await isWhole();
    deepEqual(files.asked, ['GET /a bytes=150000-']);
  });

  it('fetches nothing when all was there but for the renaming', async () => {
    await leavePartial(content);
    await pull();
    await isWhole();
    deepEqual(files.asked, []);
  });

  it('starts over at a server that knows no ranges', async () => {
    await leavePartial(content.subarray(0, 150_000));
    files.mischief.push(answer(200, content));
    await pull();
    await isWhole();
  });

  it('starts over when what an earlier process left is wrong', async () => {
    await leavePartial(Buffer.alloc(150_000));
    await pull();
    await isWhole();
    deepEqual(files.asked, ['GET /a bytes=150000-', 'GET /a']);
  });

  it('refuses other bytes, by their checksum or at once by their number, and leaves nothing of them', async () => {
    files.mischief.push(answer(200, randomBytes(200_000)));
    await rejects(pull(), { code: 'MODEL_DAMAGED', message: /checksum/ });
    deepEqual(await readdir(join(modelsFolder, 'faces/sub')), []);
    files.mischief.push(answer(200, Buffer.from('<html>Sign in</html>'), { 'content-length': '20' }));
    await rejects(pull(), { code: 'MODEL_DAMAGED', message: /20 bytes instead of 200000/ });
    files.mischief.push(answer(200, Buffer.concat([content, content]), { 'transfer-encoding': 'chunked' }));
    await rejects(pull(), { code: 'MODEL_DAMAGED', message: /goes on after/ });
    await rejects(readSoundManifest(join(modelsFolder, 'faces')), { code: 'MODEL_MISSING' });
  });

  it('mends what was changed or deleted since', async () => {
    await pull();
    await writeFile(join(modelsFolder, 'faces/sub/faces.onnx'), randomBytes(200_000));
    equal(await pull(), 'pulled');
    await rm(join(modelsFolder, 'faces/sub'), { recursive: true });
    equal(await pull(), 'pulled');
    await isWhole();
  });

  it('takes another address when one does not have the file, and says so when none has', async () => {
    files.mischief.push(answer(404));
    await pull(model({ mirrors: [`${files.url}/b`] }));
    deepEqual(files.asked, ['GET /a', 'GET /b']);
    await rm(join(modelsFolder, 'faces'), { recursive: true });
    files.mischief.push(answer(404), answer(410));
    await rejects(pull(model({ mirrors: [`${files.url}/b`] })), { code: 'DOWNLOAD_NOT_FOUND', message: /\/a is not/ });
    files.mischief.push(answer(403));
    await rejects(pull(), { code: 'DOWNLOAD_FAILED', message: /403/ });
  });

  it('tries again where a server is out of order, and gives up with its name', async () => {
    files.mischief.push(answer(503), answer(429));
    await pull();
    await isWhole();
    await rm(join(modelsFolder, 'faces'), { recursive: true });
    files.mischief.push(...Array.from({ length: 9 }, () => answer(500)));
    await rejects(pull(), { code: 'DOWNLOAD_FAILED', message: /127\.0\.0\.1:\d+ cannot be reached: it answers 500/ });
    await files.close();
    await rejects(pull(), { code: 'DOWNLOAD_FAILED', message: /ECONNREFUSED/, hint: /FABULA_MODELS_MIRROR/ });
  });

  it('gives up a connection that has gone silent, and takes a new one', async () => {
    files.mischief.push((_, response, body) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, 1000));
      return true;
    });
    await pull(model(), { silentMs: 100 });
    await isWhole();
    deepEqual(files.asked, ['GET /a', 'GET /a bytes=1000-']);
  });

  it('says that the disk is full before it asks for what cannot fit, and when it fills up under it', async () => {
    await rejects(pull(model({ bytes: 1e15 })), { code: 'DISK_FULL', message: /1000000000\.0 MB are needed/ });
    deepEqual(files.asked, []);
    if (!existsSync('/dev/full')) return;
    await mkdir(join(modelsFolder, 'faces/sub'), { recursive: true });
    await symlink('/dev/full', partial());
    await rejects(pull(), (error) => foreseenError(error)?.code === 'DISK_FULL');
    equal(files.asked.length, 1);
  });

  it('takes turns with another that pulls the same model', async () => {
    const both = await Promise.all([pull(), pull()]);
    deepEqual(both.sort(), ['kept', 'pulled']);
    deepEqual(files.asked, ['GET /a']);
    ok(progress.some(({ state }) => state === 'waiting'));
    await isWhole();
  });

  it('does not wait for one that is gone', async () => {
    const lock = join(modelsFolder, '.faces.lock');
    await writeFile(lock, '');
    await utimes(lock, new Date(), new Date(Date.now() - 60_000));
    await pull();
    await isWhole();
  });

  it('stops when it is cancelled, and keeps what is here', async () => {
    const stop = new AbortController();
    files.mischief.push((_, response, body) => {
      response.writeHead(200, { 'content-length': body.length });
      response.write(body.subarray(0, 1000), () => setTimeout(() => stop.abort(), 50));
      return true;
    });
    await rejects(pull(model(), { signal: stop.signal }), { code: 'CANCELLED' });
    equal((await readFile(partial())).length, 1000);
    deepEqual((await readdir(modelsFolder)).sort(), ['faces']);
    await pull();
    deepEqual(files.asked, ['GET /a', 'GET /a bytes=1000-']);
  });

  it('comes from the mirror alone when one is set', async () => {
    await pull(model({ url: 'http://127.0.0.1:9/a' }), { mirror: `${files.url}/models` });
    deepEqual(files.asked, ['GET /models/faces/sub/faces.onnx']);
  });

  it('follows redirects, with the place to go on from', async () => {
    await leavePartial(content.subarray(0, 1000));
    files.mischief.push(answer(302, undefined, { location: '/elsewhere' }));
    await pull();
    deepEqual(files.asked, ['GET /a bytes=1000-', 'GET /elsewhere bytes=1000-']);
  });

  it('goes through a proxy, but for the hosts that are excepted', async () => {
    const through: (string | undefined)[] = [];
    const proxy = createServer().on('connect', (request, socket) => {
      through.push(`${request.url} ${request.headers['proxy-authorization']}`);
      const [host, port] = (request.url ?? '').split(':');
      const on = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        on.pipe(socket).pipe(on);
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const url = `http://me:s%40fe@127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    try {
      await pull(model(), { proxy: { url, except: ['example.org'] } });
      await isWhole();
      deepEqual(through, [`${new URL(files.url).host} Basic ${Buffer.from('me:s@fe').toString('base64')}`]);
      await rm(join(modelsFolder, 'faces'), { recursive: true });
      await pull(model(), { proxy: { url, except: ['127.0.0.1'] } });
      equal(through.length, 1);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

describe('the models that can be pulled', () => {
  it('are named, licensed and hashed', () => {
    for (const model of pullableModels) manifestSchema.parse(model);
    equal(new Set(pullableModels.map(({ name }) => name)).size, pullableModels.length);
    for (const { name, files } of pullableModels)
      for (const { url } of files) match(url, /[\da-f]{40}|releases\/download/, `${name} is not pinned`);
  });
  it('are asked for by name, or the best for each task', () => {
    deepEqual(
      pullable([]).map(({ name }) => name),
      ['whisper-small', 'yunet-2023mar', 'sface-2021dec', 'yolox-s'],
    );
    equal(pullable(['yolox-tiny', 'yolox-tiny']).length, 1);
    throws(() => pullable(['yolo']), { code: 'NOT_FOUND', hint: /yolox-tiny/ });
  });
});
