import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { setTimeout as passed } from 'node:timers/promises';
import neo4jDriver from 'neo4j-driver';
import { Connection } from '../../graph/neo4j/connection.js';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import type { Store } from '../../graph/store.js';
import { deriveNarrative as derive } from '../../src/narrative/derive.js';
import { startBoltProxy } from '../servers/bolt-proxy.js';
import type { Neo4jServer } from '../servers/neo4j.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { allOf, film } from './fixture.js';
import { version } from './two-versions.fixture.js';

const kills = process.env.FABULA_SOAK ? 20 : 2;

/** What concerns the server alone: who answers there, what it holds, and that it may die. */
describe('a Neo4j server', () => {
  const neo4j = withNeo4j();
  const onServer = async (cypher: string, parameters = {}) => {
    const { url, user, password } = neo4j.server;
    const driver = neo4jDriver.driver(url, neo4jDriver.auth.basic(user, password), { disableLosslessIntegers: true });
    try {
      return (await driver.executeQuery(cypher, parameters)).records.map((record) => record.toObject());
    } finally {
      await driver.close();
    }
  };

  it('that is not there, is a web server, or does not know the password is named so, with what to do', async () => {
    const open = (url: string, password = 'x') => openNeo4jStore({ url, user: 'neo4j', password, derive });
    await assert.rejects(open('bolt://127.0.0.1:9'), { code: 'STORE_UNAVAILABLE', hint: /7687/ });
    await assert.rejects(open('neo4j://127.0.0.1:9'), { code: 'STORE_UNAVAILABLE' });
    await assert.rejects(open(neo4j.server.url, 'wrong'), { code: 'STORE_LOGIN_FAILED', hint: /NEO4J_PASSWORD/ });
    await assert.rejects(open(neo4j.server.url, ''), { code: 'STORE_LOGIN_FAILED' });
    await assert.rejects(open(neo4j.server.url.replace('bolt:', 'bolt+s:'), neo4j.server.password), {
      code: 'STORE_UNAVAILABLE',
    });
    const web = createServer((_, response) => response.end('Hello')).listen(0, '127.0.0.1');
    await new Promise((resolve) => web.once('listening', resolve));
    const { port } = web.address() as { port: number };
    await assert.rejects(open(`bolt://127.0.0.1:${port}`), { code: 'STORE_UNAVAILABLE' });
    web.close();
  });

  it('is spoken to over TLS where the address says so, and not where nobody vouches for it', async () => {
    await neo4j.clear();
    const proxy = await startBoltProxy(new URL(neo4j.server.url));
    const at = (scheme: string) => ({ ...neo4j.server, url: `${scheme}://127.0.0.1:${proxy.port}`, derive });
    const store = await openNeo4jStore(at('bolt+ssc'));
    assert.deepEqual((await store.episodes({ first: 1 })).edges, []);
    await store.close();
    await assert.rejects(openNeo4jStore(at('bolt+s')), { code: 'STORE_UNAVAILABLE' });
    await proxy.close();
  });

  it('that is too old is named so', async () => {
    const older = (said: Buffer) => Buffer.from(said.toString('latin1').replaceAll(/5\.26\./g, '4.26.'), 'latin1');
    const proxy = await startBoltProxy(new URL(neo4j.server.url), older);
    const url = `bolt+ssc://127.0.0.1:${proxy.port}`;
    await assert.rejects(openNeo4jStore({ ...neo4j.server, url, derive }), { code: 'STORE_TOO_OLD', message: /4\.26/ });
    await proxy.close();
  });

  it('with the graph of a newer Fabula is left alone', async () => {
    await neo4j.clear();
    await onServer('CREATE (:Migration {version: 99})');
    try {
      await assert.rejects(openNeo4jStore({ ...neo4j.server, derive }), { code: 'STORE_TOO_NEW' });
    } finally {
      await onServer('MATCH (m:Migration {version: 99}) DELETE m');
    }
  });

  it('shows whoever opens its browser the story', async () => {
    await neo4j.clear();
    const store = await openNeo4jStore({ ...neo4j.server, derive });
    const { id: seriesId } = await store.ensureSeries('The café');
    const plain = film({
      seriesId,
      people: [{ name: 'Mara' }],
      cues: [{ startMs: 100, endMs: 900, text: 'Hello', speakerTag: 'Mara' }],
    });
    const [person, shot] = [plain.persons[0]!, plain.shots[1]!];
    const { startMs, endMs } = shot;
    const { episodeId, provenance } = person;
    await store.replaceEpisode({
      ...plain,
      appearances: [
        {
          id: 'a',
          kind: 'Appearance',
          episodeId,
          provenance,
          personId: person.id,
          shotId: shot.id,
          startMs,
          endMs,
          atMs: startMs,
          emotion: 'JOY',
        },
      ],
    });
    await store.close();
    const [path] = await onServer(
      `MATCH (s:Series)-[:HAS_EPISODE]->(e:Episode)-[:HAS_SCENE]->(:Scene)-[:HAS_SHOT]->(first:Shot)-[:NEXT]->(second:Shot)
       MATCH (second)<-[a:APPEARS_IN]-(p:Person)-[:IS]->(c:Character), (p)-[:ACTS_IN]->(line:Event)-[:IN_SCENE]->(:Scene)
       RETURN s.title AS series, e.title AS episode, first.ordinal AS shot, a.emotion AS emotion, c.name AS name,
         line.dialogue AS line, labels(second)[0] AS label`,
    );
    assert.deepEqual(path, {
      ...{ series: 'The café', episode: 'A film', shot: 1, emotion: 'JOY', name: 'Mara', line: 'Hello', label: 'Shot' },
    });
  });

  it('holds nothing of an episode that is replaced by an empty one, or deleted', async () => {
    await neo4j.clear();
    const store = await openNeo4jStore({ ...neo4j.server, derive });
    const counts =
      'MATCH (n) WHERE NOT n:Migration OPTIONAL MATCH (n)-[r]->() RETURN count(DISTINCT n) AS nodes, count(r) AS relationships';
    await store.replaceEpisode(version('old'));
    await store.replaceEpisode(version('new'));
    const [reloaded] = await onServer(counts);
    await store.deleteEpisode('episode:film');
    await store.forgetReleasedFiles(await store.releasedFiles());
    assert.deepEqual(await onServer(counts), [{ nodes: 0, relationships: 0 }]);
    await store.replaceEpisode(version('new'));
    assert.deepEqual((await onServer(counts))[0], reloaded, 'a reload leaves no orphan');
    await store.close();
  });

  it('reads what an older Fabula wrote, whose nodes do not say that nothing long goes on', async () => {
    await neo4j.clear();
    const store = await openNeo4jStore({ ...neo4j.server, derive });
    const cuts = [0, 600_000];
    const write = async (wishEndsMs: number) => {
      const cues = [
        { startMs: 5_000, endMs: wishEndsMs, text: 'a wish' },
        { startMs: 58_000, endMs: 61_000, text: 'a word' },
      ];
      await store.replaceEpisode(film({ cuts, more: { cues: film({ cuts, cues }).cues } }));
    };
    const saidAt = async (startMs: number) => {
      const { edges } = await store.cues('episode:film', { first: 9 }, { startMs, endMs: startMs + 1 });
      return edges.map(({ node }) => node.text);
    };
    for (const [wishEndsMs, said] of [
      [65_000, ['a wish', 'a word']],
      [6_000, ['a word']],
      [65_000, ['a wish', 'a word']],
    ] as const) {
      await write(wishEndsMs);
      assert.deepEqual(await saidAt(60_000), said, 'written over it by this one');
      await onServer('MATCH (n) REMOVE n.unspanned');
      assert.deepEqual(await saidAt(60_000), said);
    }
    await store.close();
  });

  describe('asked to read', () => {
    const slow = 'UNWIND range(1, 2000000000) AS n WITH n WHERE n < 0 RETURN n';
    let connection: Connection;
    let looking: Connection;
    beforeEach(async () => {
      await neo4j.clear();
      [connection, looking] = [await Connection.open(neo4j.server), await Connection.open(neo4j.server)];
    });
    afterEach(async () => {
      await connection.close();
      await looking.close();
    });
    /** Transactions that reads have open, with the statement that each is at. */
    const openReads = () =>
      looking.readOnce<{ id: string; query: string | null }>(
        `SHOW TRANSACTIONS YIELD transactionId AS id, metaData, currentQuery AS query
         WHERE metaData.fabula = 'reads' RETURN id, query`,
      );
    const until = async (isWanted: (open: readonly { query: string | null }[]) => boolean) => {
      for (const last = Date.now() + 20_000; ; await passed(20)) {
        const open = await openReads();
        if (isWanted(open)) return;
        assert.ok(Date.now() < last, `still open: ${JSON.stringify(open)}`);
      }
    };
    const isSlow = ({ query }: { query: string | null }) => query?.startsWith('UNWIND') ?? false;
    const readOne = async () => (await connection.read<{ one: number }>('RETURN 1 AS one'))[0]?.one;

    it('does so in transactions that stay open for a moment, as many as are asked at once', async () => {
      const own = `SHOW TRANSACTIONS YIELD transactionId AS id, currentQuery AS query
        WHERE query CONTAINS 'this very statement' RETURN id`;
      const seen = new Set<string>();
      for (let n = 0; n < 120; n++) {
        const [found] = await connection.read<{ id: string }>(own);
        seen.add(found?.id ?? 'none');
      }
      assert.ok(seen.size > 1 && seen.size < 60, `${seen.size} for 120 reads`);
      const all = await Promise.all(Array.from({ length: 150 }, readOne));
      assert.deepEqual(new Set(all), new Set([1]));
      await until((open) => open.length === 0);
      assert.equal(connection.sessions.calls, 0);
    });

    it('sees in them what others have written since, by label, index and words', async () => {
      const versions = [[], [{ startMs: 0, endMs: 900, text: 'It is gone.' }]].map((cues) => film({ cues }));
      const [store, other] = [
        await openNeo4jStore({ ...neo4j.server, derive }),
        await openNeo4jStore({ ...neo4j.server, derive }),
      ];
      for (let n = 0; n < 10; n++)
        for (const version of versions) {
          await other.replaceEpisode(version);
          const { cues, episode } = version;
          assert.equal((await store.cues(episode.id, { first: 9 })).edges.length, cues.length);
          assert.equal((await store.search({ text: 'gone', kinds: ['Cue'] }, { first: 9 })).edges.length, cues.length);
          assert.equal((await store.episode(episode.id))?.id, episode.id);
        }
      await store.close();
      await other.close();
    });

    it('ends a statement that nobody waits for any more, and answers the next', async () => {
      await readOne();
      const gone = new AbortController();
      const reading = connection.within(gone.signal).read(slow);
      await until((open) => open.some(isSlow));
      gone.abort(new Error('gone'));
      await assert.rejects(reading, /gone/);
      assert.equal(await readOne(), 1);
      await until((open) => open.length === 0);
    });

    it('never sees what was given up before it could go out', async () => {
      const gone = new AbortController();
      const reading = Array.from({ length: 30 }, () => connection.within(gone.signal).read(slow));
      gone.abort(new Error('gone'));
      for (const { status } of await Promise.allSettled(reading)) assert.equal(status, 'rejected');
      assert.equal(await readOne(), 1);
      await until((open) => open.length === 0);
      assert.equal(connection.sessions.calls, 0);
    });

    it('answers although a transaction was ended by somebody else, and after a statement that failed', async () => {
      for (let n = 0; n < 3; n++) {
        await readOne();
        for (const { id } of await openReads()) await looking.readOnce('TERMINATE TRANSACTIONS $id', { id });
        assert.equal(await readOne(), 1);
        await assert.rejects(connection.read('RETURN 1 / 0 AS none'), /by zero/);
        assert.equal(await readOne(), 1);
      }
    });
  });

  it(`that is killed during a load has the old or the new episode afterwards, whole (${kills} kills)`, async function () {
    this.timeout(kills * 300_000);
    const { server } = neo4j;
    await neo4j.clear();
    try {
      for (let kill = 0; kill < kills; kill++) {
        const store = await openNeo4jStore({ ...server, derive });
        await store.replaceEpisode(version('old'));
        let isEnough = false;
        const refused = new Set<string>();
        const loads = (async () => {
          for (let n = 0; !isEnough; n++)
            try {
              await store.replaceEpisode(version(n % 2 ? 'old' : 'new'));
            } catch (error) {
              refused.add((error as { code: string }).code);
              await passed(200);
            }
        })();
        await passed(Math.random() * 2_000);
        await server.kill();
        // Every other time the loader dies too, so that what the server itself has kept can be looked at.
        isEnough = kill % 2 === 0;
        if (isEnough) {
          await store.close();
          await loads;
        }
        await server.start();
        if (!isEnough) {
          await store.replaceEpisode(version('old'));
          isEnough = true;
          await loads;
        }
        await wholeVersionIn(server);
        assert.deepEqual(
          [...refused, 'STORE_UNAVAILABLE'].filter((code) => code !== 'STORE_UNAVAILABLE'),
          [],
        );
        await store.close();
      }
    } finally {
      // The other tests want it, too.
      await server.start();
    }
  });
});

/** Which version the server holds; fails where anything of the other one, or less than all of this one, is there. */
async function wholeVersionIn(server: Neo4jServer): Promise<'old' | 'new'> {
  const store: Store = await openNeo4jStore({ ...server, derive });
  const { title: name } = (await store.episode('episode:film')) as { title: 'old' | 'new' };
  const expected = version(name);
  assert.deepEqual(await store.readNarrative('episode:film', 'effective'), expected);
  assert.deepEqual(await allOf((page) => store.shots('episode:film', page)), expected.shots);
  const hits = await allOf((page) => store.search({ text: `the ${name} line` }, page));
  assert.equal(hits.length, expected.cues.length);
  const other = name === 'old' ? 'new' : 'old';
  assert.deepEqual((await store.search({ text: other }, { first: 1 })).edges, []);
  const characters = await allOf((page) => store.characters(page, {}));
  assert.deepEqual(
    characters.map((character) => character.name),
    [name],
  );
  await store.close();
  return name;
}
