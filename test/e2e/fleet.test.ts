import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type RedisServer, startRedis, whyNoRedis } from '../servers/redis.js';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

describe('a server and two workers over Redis', function () {
  this.timeout(120_000);
  let redis: RedisServer;
  let folder: string;
  const started: ChildProcess[] = [];

  before(async function () {
    const reason = whyNoRedis();
    if (reason) {
      console.log(`      skipped: ${reason}`);
      return this.skip();
    }
    redis = await startRedis();
    folder = mkdtempSync(join(tmpdir(), 'fabula-fleet-'));
    for (const size of ['160x120', '176x144']) {
      const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=10:d=2`, '-c:v', 'libx264', '-preset', 'ultrafast'];
      execFileSync('ffmpeg', [
        '-v',
        'error',
        '-nostdin',
        ...source,
        '-pix_fmt',
        'yuv420p',
        join(folder, `${size}.mp4`),
      ]);
    }
  });
  after(async () => {
    for (const child of started) child.kill('SIGKILL');
    await redis?.kill();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** Starts a command, and waits until it says this. */
  async function start(args: readonly string[], says: RegExp): Promise<{ child: ChildProcess; said: () => string }> {
    const environment = {
      ...{ FABULA_HOME: join(folder, 'home'), FABULA_MEDIA_ROOTS: `films=${folder}` },
      ...{ REDIS_URL: redis.url, FABULA_DEVICE: 'cpu' },
    };
    const child = spawn(process.execPath, [cli, ...args], {
      env: { ...process.env, ...environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    started.push(child);
    let said = '';
    await new Promise<void>((resolve, reject) => {
      child.stdout?.on('data', (chunk) => {
        said += chunk;
        if (says.test(said)) resolve();
      });
      child.on('exit', () => reject(new Error(`the command ended: ${said}`)));
    });
    return { child, said: () => said };
  }

  it('take films, say how they fare, and answer with their stories', async () => {
    const server = await start(['serve', '--port', '0'], /fabula worker/);
    const url = /answers at (\S+)/.exec(server.said())![1]!;
    const workers = await Promise.all([
      start(['worker'], /takes jobs from redis:.*films/),
      start(['worker'], /takes jobs/),
    ]);
    // biome-ignore lint/suspicious/noExplicitAny: what comes back is looked at, not computed with
    const ask = async (query: string, variables: object): Promise<any> => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query, variables }),
      });
      return ((await response.json()) as { data: unknown }).data;
    };
    const client = createClient({ url: `${url.replace('http', 'ws')}/graphql`, webSocketImpl: WebSocket });
    const watched = ['160x120', '176x144'].map(async (size) => {
      const { analyzeVideo } = await ask('mutation ($path: String!) { analyzeVideo(input: { path: $path }) { id } }', {
        path: `${size}.mp4`,
      });
      const states = new Set<string>();
      const query = `subscription ($id: ID!) { jobProgress(id: $id) { state error { message } episode { id title shots { nodes { id } } } } }`;
      let episode: { id: string; title: string; shots: { nodes: object[] } } | undefined;
      for await (const { data } of client.iterate({ query, variables: { id: analyzeVideo.id } })) {
        const job = (data as { jobProgress: { state: string; episode: typeof episode } }).jobProgress;
        states.add(job.state);
        episode = job.episode;
      }
      assert.equal([...states].at(-1), 'DONE');
      assert.ok(states.has('RUNNING'), 'its way was told, through Redis');
      assert.equal(episode?.title, size);
      assert.ok(episode?.shots.nodes.length);
      const found = await ask('query ($id: ID!) { episode(id: $id) { title } }', { id: episode?.id });
      assert.equal(found.episode.title, size);
    });
    await Promise.all(watched);
    await client.dispose();
    for (const { said } of workers) assert.match(said(), /ANALYZE: taken\n.*ANALYZE: done/s, 'each had a film');
    for (const { child } of [...workers, server]) {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      assert.deepEqual(await ended, [0, null]);
    }
  });

  it('say in one line what is wrong where Redis is not there', () => {
    const env = { ...process.env, FABULA_HOME: join(folder, 'home'), REDIS_URL: 'redis://127.0.0.1:1' };
    assert.throws(
      () => execFileSync(process.execPath, [cli, 'worker'], { env, stdio: 'pipe' }),
      (error: Error & { status: number; stderr: Buffer }) =>
        error.status === 1 && /^fabula: QUEUE_UNAVAILABLE: .*REDIS_URL.*\n$/.test(error.stderr.toString()),
    );
  });
});
