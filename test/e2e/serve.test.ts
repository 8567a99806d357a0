import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

interface SeenJob {
  readonly id: string;
  readonly state: string;
  readonly progress: number;
  readonly episodeId: string;
  readonly error: { readonly code: string } | null;
}

describe('fabula serve', function () {
  this.timeout(120_000);
  let folder: string;
  let server: ChildProcess;
  let url: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-serve-'));
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=320x240:r=25:d=4', '-f', 'lavfi', '-i', 'sine=d=4'];
    const encoding = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...source, ...encoding, join(folder, 'film.mp4')]);
    const minutes = ['-stream_loop', '60', '-i', join(folder, 'film.mp4'), '-c', 'copy', join(folder, 'long.mp4')];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...minutes]);
    writeFileSync(
      join(folder, 'film.srt'),
      '1\n00:00:01,000 --> 00:00:02,500\nMARA: The lighthouse is dark tonight.\n',
    );
    writeFileSync(join(folder, 'text.mp4'), 'no film');
    server = spawn(process.execPath, [cli, 'serve', '--port', '0'], {
      env: { ...process.env, FABULA_HOME: join(folder, 'home'), FABULA_MEDIA_ROOTS: `films=${folder}` },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    url = await new Promise<string>((resolve, reject) => {
      let said = '';
      server.stdout?.on('data', (chunk) => {
        said += chunk;
        const found = /answers at (\S+)/.exec(said)?.[1];
        if (found) resolve(found);
      });
      server.on('close', () => reject(new Error(`the server ended: ${said}`)));
    });
  });
  after(async () => {
    server.kill('SIGKILL');
    rmSync(folder, { recursive: true, force: true });
  });

  async function ask<Data>(query: string, variables: object = {}): Promise<Data> {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { data: Data; errors?: unknown };
    assert.equal(errors, undefined, JSON.stringify(errors));
    return data;
  }

  const analyzeVideo = async (input: object) =>
    (
      await ask<{ analyzeVideo: SeenJob }>(
        'mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) { id state } }',
        { input },
      )
    ).analyzeVideo;

  const seen = async (id: string) =>
    (
      await ask<{ job: SeenJob }>('query ($id: ID!) { job(id: $id) { id state progress episodeId error { code } } }', {
        id,
      })
    ).job;

  async function ended(id: string): Promise<SeenJob> {
    for (;;) {
      const job = await seen(id);
      if (job.state !== 'QUEUED' && job.state !== 'RUNNING') return job;
      await wait(200);
    }
  }

  it('analyses a film on request, gives one job to the same request, and answers with the story', async () => {
    const asked = await analyzeVideo({ path: 'film.mp4', subtitles: 'film.srt', title: 'Harbour' });
    assert.equal((await analyzeVideo({ path: 'film.mp4', subtitles: 'film.srt', title: 'Harbour' })).id, asked.id);
    const job = await ended(asked.id);
    assert.equal(job.state, 'DONE', JSON.stringify(job));
    assert.equal(job.progress, 1);
    const { episode, search } = await ask<{
      episode: {
        title: string;
        mediaUrl: string;
        shots: { nodes: { keyframes: { imageUrl: string }[] }[] };
      };
      search: { nodes: { startMs: number; node: { speakerTag: string } }[] };
    }>(
      `query ($id: ID!) {
        episode(id: $id) { title mediaUrl shots(first: 5) { nodes { keyframes { imageUrl } } } }
        search(text: "lighthouse", first: 5) { nodes { startMs node { ... on Cue { speakerTag } } } }
      }`,
      { id: job.episodeId },
    );
    assert.equal(episode.title, 'Harbour');
    assert.equal(search.nodes.length, 1);
    assert.equal(search.nodes[0]?.startMs, 1000);
    const picture = await fetch(url + episode.shots.nodes[0]?.keyframes[0]?.imageUrl);
    assert.equal(picture.headers.get('content-type'), 'image/jpeg');
    const film = await fetch(url + episode.mediaUrl, { headers: { range: 'bytes=0-99' } });
    assert.equal(film.status, 206);
    const bytes = Buffer.from(await film.arrayBuffer());
    assert.ok(bytes.equals(readFileSync(join(folder, 'film.mp4')).subarray(0, 100)));
  });

  it('takes a film that is sent, analyses and plays it, and forgets it with its episode', async () => {
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=1', '-c:v', 'libx264', '-preset', 'ultrafast'];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...source, join(folder, 'sent.mp4')]);
    const film = readFileSync(join(folder, 'sent.mp4'));
    const reply = await fetch(`${url}/upload?filename=My%20film.mp4`, {
      method: 'POST',
      headers: { 'content-type': 'video/mp4' },
      body: film,
    });
    assert.equal(reply.status, 201);
    const { root, path, title } = (await reply.json()) as { root: string; path: string; title: string };
    const job = await ended((await analyzeVideo({ root, path, title })).id);
    assert.equal(job.state, 'DONE', JSON.stringify(job));
    const { episode } = await ask<{ episode: { title: string; mediaUrl: string } }>(
      'query ($id: ID!) { episode(id: $id) { title mediaUrl } }',
      { id: job.episodeId },
    );
    assert.equal(episode.title, 'My film');
    const played = await fetch(new URL(episode.mediaUrl, url));
    assert.equal(played.headers.get('content-type'), 'video/mp4');
    assert.deepEqual(Buffer.from(await played.arrayBuffer()), film);
    await ask('mutation ($id: ID!) { deleteEpisode(id: $id) }', { id: job.episodeId });
    assert.deepEqual(readdirSync(join(folder, 'home/uploads/films')), []);
  });

  it('tells why a film could not be analysed', async () => {
    const job = await ended((await analyzeVideo({ path: 'text.mp4' })).id);
    assert.deepEqual([job.state, job.error?.code], ['FAILED', 'MEDIA_NOT_VIDEO']);
  });

  it('stops a running job when it is cancelled', async () => {
    const { id } = await analyzeVideo({ path: 'long.mp4' });
    while ((await seen(id)).state === 'QUEUED') await wait(50);
    await ask('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id });
    assert.equal((await ended(id)).state, 'CANCELLED');
  });

  it('hands its job back and ends when it is asked to stop', async () => {
    const { id } = await analyzeVideo({ path: 'long.mp4', title: 'Again' });
    while ((await seen(id)).state === 'QUEUED') await wait(50);
    server.kill('SIGTERM');
    const status = await new Promise((resolve) => server.on('close', resolve));
    assert.equal(status, 0);
    const jobs = execFileSync(process.execPath, [cli, 'query', '{ jobs(first: 1, state: QUEUED) { nodes { id } } }'], {
      env: { ...process.env, FABULA_HOME: join(folder, 'home'), FABULA_MEDIA_ROOTS: `films=${folder}` },
      encoding: 'utf8',
    });
    assert.ok(jobs.includes(id), jobs);
  });
});
