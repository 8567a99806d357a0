import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { withRedis } from '../servers/with-redis.js';
import { type Fleet, openFleet } from './fleet.fixture.js';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

describe('a server and two workers over Redis and Neo4j', function () {
  this.timeout(300_000);
  let fleet: Fleet;
  // Ahead of what it speaks to.
  after(() => fleet?.close());
  const neo4j = withNeo4j();
  const redis = withRedis();

  before(async () => {
    await neo4j.clear();
    const { url, user, password } = neo4j.server;
    fleet = openFleet({ REDIS_URL: redis.server.url, NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password });
  });

  it('take films, say how they fare, and answer with their stories', async () => {
    const films = [fleet.film('160x120'), fleet.film('176x144')];
    const server = await fleet.start(['serve', '--port', '0'], /fabula worker/);
    const url = /answers at (\S+)/.exec(server.said())![1]!;
    const workers = await Promise.all([
      fleet.start(['worker'], /takes jobs from redis:.*films/),
      fleet.start(['worker'], /takes jobs/),
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
    const watched = films.map(async (path) => {
      const title = path.replace('.mp4', '');
      const { analyzeVideo } = await ask('mutation ($path: String!) { analyzeVideo(input: { path: $path }) { id } }', {
        path,
      });
      const states = new Set<string>();
      const query = `subscription ($id: ID!) { jobProgress(id: $id) { state askedBy error { message } episode { id title shots { nodes { id } } } log { message } } }`;
      let job: Told | undefined;
      for await (const { data } of client.iterate({ query, variables: { id: analyzeVideo.id } })) {
        job = (data as { jobProgress: Told }).jobProgress;
        states.add(job.state);
      }
      assert.equal([...states].at(-1), 'DONE');
      assert.ok(states.has('RUNNING'), 'its way was told, through Redis');
      assert.equal(job?.askedBy, 'local');
      assert.equal(job?.episode?.title, title);
      assert.ok(job?.episode?.shots.nodes.length);
      const lines = job?.log.map(({ message }) => message).join('\n') ?? '';
      assert.match(lines, /^Asked for by local\.\nTaken by .*?\nprobe: begun\.\n.*people: done in .*\n.*Done\.$/s);
      const found = await ask('query ($id: ID!) { episode(id: $id) { title } }', { id: job?.episode?.id });
      assert.equal(found.episode.title, title);
    });
    await Promise.all(watched);
    await client.dispose();
    for (const { said } of workers) assert.match(said(), /ANALYZE: taken\n.*ANALYZE: done/s, 'each had a film');
    for (const each of [...workers, server]) assert.deepEqual(await each.stop('SIGTERM'), [0, null]);
    assert.deepEqual(fleet.processes(), []);
    assert.deepEqual(fleet.temporaryFiles(), []);
  });

  it('say in one line what is wrong where Redis is not there', () => {
    const env = { ...process.env, ...fleet.settings, REDIS_URL: 'redis://127.0.0.1:1' };
    assert.throws(
      () => execFileSync(process.execPath, [cli, 'worker'], { env, stdio: 'pipe' }),
      (error: Error & { status: number; stderr: Buffer }) =>
        error.status === 1 && /^fabula: QUEUE_UNAVAILABLE: .*REDIS_URL.*\n$/.test(error.stderr.toString()),
    );
  });
});

/** A job as the subscription shows it. */
interface Told {
  readonly state: string;
  readonly askedBy?: string;
  readonly episode?: { readonly id: string; readonly title: string; readonly shots: { readonly nodes: object[] } };
  readonly log: readonly { readonly message: string }[];
}
