import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { readConfig } from '../../src/app/config.js';
import { openGraphql } from '../../src/app/graphql.js';
import { benchOver, openWorkshop } from '../../src/app/open.js';
import { startServer } from '../../src/app/server.js';
import { servicesOver } from '../../src/app/services.js';
import { workerId } from '../../workers/bench.js';
import { openLocalCarrier } from '../../workers/queue/local.js';
import { runJob } from '../../workers/run-job.js';
import { probeFilm } from '../../workers/stages/probe.js';
import { type FilmServer, filmsFrom, openFilmServer } from '../api/attacks/film-server.fixture.js';
import { runCli } from './run-cli.js';

const secret = 'X-Signature=do-not-show-this';

describe('a film on another server', function () {
  this.timeout(180_000);
  let folder: string;
  let film: Buffer;
  let elsewhere: FilmServer;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'fabula-remote-film-'));
    const path = join(folder, 'film.mp4');
    const source = ['-f', 'lavfi', '-i', 'testsrc2=s=160x90:r=10:d=2', '-c:v', 'libx264', '-preset', 'ultrafast'];
    execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...source, path]);
    film = readFileSync(path);
    elsewhere = await openFilmServer();
  });
  after(async () => {
    await elsewhere.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is fetched, analysed, played from here, and goes with its episode; nobody sees what signs its address', async () => {
    const home = join(folder, 'home');
    const config = readConfig({ FABULA_HOME: home, FABULA_DEVICE: 'cpu' });
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
    // Only here may films come from loopback, and only from this server.
    const remote = filmsFrom(elsewhere, join(home, 'remote'), { sniff: probeFilm });
    const workshop = { ...(await openWorkshop(config, log)), remote };
    const carrier = openLocalCarrier();
    const graphql = await openGraphql(servicesOver(workshop, config, carrier), log);
    const ask = async (query: string, variables = {}) =>
      JSON.parse(JSON.stringify(await graphql.execute({ query, variables })));
    const url = `http://films.example:${elsewhere.port}/seasons/one/the%20harbour.mp4?${secret}`;
    const analyze = 'mutation ($url: String!) { analyzeVideo(input: {url: $url}) { id input state } }';
    elsewhere.serves(film);

    const asked = await ask(analyze, { url });
    const { id, input } = asked.data.analyzeVideo;
    const media = { root: `http://films.example:${elsewhere.port}`, path: 'seasons/one/the%20harbour.mp4' };
    assert.deepEqual(input, { media });
    const bench = benchOver(workshop, carrier);
    const claimed = await workshop.store.claimJob({ workerId, leaseMs: 60_000, jobId: id });
    assert.ok(claimed);
    const stages = new Set<string>();
    const ended = await runJob(bench, claimed, new AbortController().signal, ({ stage }) => stages.add(stage));
    assert.deepEqual([ended.state, ended.error], ['DONE', undefined]);
    assert.ok(stages.has('fetch'));

    const { data } = await ask(
      'query ($id: ID!) { job(id: $id) { input result error { message } log { message } episode { id title media { root path sha256 } } } }',
      { id },
    );
    const { id: episodeId, title, media: stored } = data.job.episode;
    assert.equal(title, 'the harbour');
    assert.deepEqual({ root: stored.root, path: stored.path }, media);
    assert.ok(!JSON.stringify([asked, data, await ask('{ jobs { nodes { input result } } }')]).includes('Signature'));
    assert.ok(!lines.join('').includes('Signature'), lines.join(''));
    assert.equal((await ask(analyze, { url })).data.analyzeVideo.id, id, 'asking twice gives one job');

    const server = await startServer({ ...workshop, services: servicesOver(workshop, config, carrier), port: 0, log });
    const part = await fetch(`${server.url}/media/films/${episodeId}`, { headers: { range: 'bytes=100-199' } });
    assert.equal(part.status, 206);
    assert.deepEqual(Buffer.from(await part.arrayBuffer()), film.subarray(100, 200));

    assert.equal(
      (await ask('mutation ($id: ID!) { deleteEpisode(id: $id) }', { id: episodeId })).data.deleteEpisode,
      true,
    );
    assert.deepEqual(await readdir(join(home, 'remote/films')), []);
    assert.deepEqual(await readdir(join(home, 'remote/held')), []);
    await server.close();
    await graphql.close();
    await workshop.close();
  });

  it('is refused by the command line where its host is not listed, or on this machine; nothing is fetched, no secret printed', async () => {
    elsewhere.serves(film);
    const url = `http://127.0.0.1:${elsewhere.port}/film.mp4?${secret}`;
    const refusal = async (hosts?: string) => {
      const environment = hosts === undefined ? undefined : { FABULA_MEDIA_HOSTS: hosts };
      const { status, stdout, stderr } = await runCli(['analyze', url], { home: join(folder, 'cli'), environment });
      assert.ok(!`${stdout}${stderr}`.includes('Signature'), stderr);
      return [status, /fabula: http\S+: (\w+):|fabula: (\w+):/.exec(stderr)?.[2]];
    };
    assert.deepEqual(await refusal(), [1, 'MEDIA_HOST_REFUSED']);
    assert.deepEqual(await refusal(`127.0.0.1:${elsewhere.port}`), [1, 'MEDIA_ADDRESS_REFUSED']);
    assert.deepEqual(await refusal('https://127.0.0.1'), [2, 'BAD_CONFIG']);
    assert.deepEqual(elsewhere.asked, []);
  });
});
