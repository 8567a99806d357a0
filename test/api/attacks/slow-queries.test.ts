import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import Sqlite from 'better-sqlite3';
import neo4j from 'neo4j-driver';
import { openNeo4jStore } from '../../../graph/neo4j/neo4j-store.js';
import { deriveNarrative } from '../../../src/narrative/derive.js';
import { withNeo4j } from '../../servers/shared-neo4j.js';
import { openApiOver, openTestApi, type TestApi } from '../api.fixture.js';
import { harbour } from '../harbour.fixture.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';

/** So much longer than a clock's tick, a collection of garbage or a compilation that these do not count. */
const slowMs = 800;

/** Reads every node of the graph, three times. */
const slow = '{ facets(text: "") { field values { value count } } }';

interface SlowStore {
  readonly open: () => Promise<TestApi>;
  /** Adds cues to the graph, numbered after those that a round before has added. */
  readonly fill: (api: TestApi, round: number) => Promise<void>;
  /** CPU seconds that the database has taken, with whatever else is in its process. */
  readonly cpuS: () => number;
}

function slowQueriesOn(store: SlowStore): void {
  let api: TestApi;
  let server: Attacked;
  /** The same graph, for those who may take their time. */
  let patient: Attacked;
  /** What the query takes when nothing ends it, in milliseconds and in CPU seconds. */
  let aloneMs: number;
  let aloneS: number;

  before(async function () {
    this.timeout(300_000);
    api = await store.open();
    aloneMs = 0;
    // What is slow depends on the machine: the graph grows until it is.
    for (let round = 0; aloneMs < slowMs; round++) {
      await store.fill(api, round);
      await measureAlone();
    }
    server = await openAttacked({ requestMs: aloneMs / 10 }, api);
    patient = await openAttacked({}, api);
  });

  async function measureAlone(): Promise<void> {
    // The first answers of a server that has just started are slower than those to come.
    for (let round = 0; round < 2; round++) await api.data(slow);
    const began = [performance.now(), store.cpuS()] as const;
    await api.data(slow);
    [aloneMs, aloneS] = [performance.now() - began[0], store.cpuS() - began[1]];
  }
  after(async () => {
    await patient?.stop();
    await server?.close();
  });

  /** CPU seconds that the database takes for this, and for as long after it as the query would take if nothing ended it. */
  async function workFor(asking: () => Promise<unknown>): Promise<number> {
    const before = store.cpuS();
    await asking();
    await passed(aloneMs);
    return store.cpuS() - before;
  }

  /** The least of a few: a server that compiles or collects garbage meanwhile takes more, and never less. */
  async function leastWorkFor(asking: () => Promise<unknown>): Promise<number> {
    let least = Number.POSITIVE_INFINITY;
    for (let attempt = 0; attempt < 3 && least > 0.6 * aloneS; attempt++)
      least = Math.min(least, await workFor(asking));
    return least;
  }

  it('is ended with a code, and the database stops working on it', async () => {
    const workedS = await leastWorkFor(async () => assert.equal((await server.ask(slow)).code, 'TIMED_OUT'));
    assert.ok(workedS > 0.01 * aloneS, 'it had begun');
    assert.ok(workedS < 0.6 * aloneS, `${workedS} of ${aloneS} s`);
    assert.equal((await patient.ask('{ episode(id: "harbour") { title } }')).code, undefined);
  });

  it('is ended when the client goes away', async () => {
    const workedS = await leastWorkFor(async () => {
      const gone = new AbortController();
      const asked = fetch(`${patient.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.viewer}` },
        body: JSON.stringify({ query: slow }),
        signal: gone.signal,
      });
      await Promise.all([assert.rejects(asked), passed(aloneMs / 10).then(() => gone.abort())]);
    });
    assert.ok(workedS < 0.6 * aloneS, `${workedS} of ${aloneS} s`);
  });

  it('does not hold up what was asked with it, and took no time', async () => {
    let isOver = false;
    const quick = api.store.episode('harbour');
    const asked = api.store.facets({ text: '' }).finally(() => {
      isOver = true;
    });
    assert.equal((await quick)?.id, 'harbour');
    await new Promise(setImmediate);
    assert.equal(isOver, false);
    await asked;
  });

  it('does not hold up others who ask for a long time, in great number', async () => {
    const workedS = await workFor(async () => {
      const codes = await Promise.all(Array.from({ length: 20 }, async () => (await server.ask(slow)).code));
      assert.deepEqual(new Set(codes), new Set(['TIMED_OUT']));
    });
    assert.ok(workedS < 3 * aloneS, `${workedS} s for twenty that take ${aloneS} s each`);
    await patient.assertUnharmed();
  });
}

describe('A query that takes too long', () => {
  describe('with SQLite', () =>
    slowQueriesOn({
      open: () => openTestApi(harbour()),
      fill: async ({ home }, round) => {
        const db = new Sqlite(join(home, 'graph.db'));
        db.exec(
          `INSERT INTO node (id, episode, kind, start_ms, end_ms, position, echo, body)
           WITH RECURSIVE counter(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counter LIMIT 400000)
           SELECT 'bulk${round}-' || n, episode, kind, n, n + 1, n, 0, body
           FROM counter, (SELECT * FROM node WHERE kind = 'Cue' LIMIT 1)`,
        );
        db.close();
      },
      cpuS: () => {
        const { user, system } = process.cpuUsage();
        return (user + system) / 1e6;
      },
    }));

  describe('with Neo4j', () => {
    const running = withNeo4j();
    const inBatches = async (cypher: string) => {
      const { url, user, password } = running.server;
      const driver = neo4j.driver(url, neo4j.auth.basic(user, password));
      await driver.session().run(cypher);
      await driver.close();
    };
    slowQueriesOn({
      open: async () => {
        await running.clear();
        return openApiOver(() => openNeo4jStore({ ...running.server, derive: deriveNarrative }), [harbour()]);
      },
      fill: (_api, round) =>
        inBatches(
          `MATCH (cue:Cue) WITH cue LIMIT 1 UNWIND range(1, 150000) AS n
           CALL (cue, n) {
             CREATE (:Node:Cue {id: 'bulk${round}-' + n, episodeId: cue.episodeId, startMs: n, endMs: n + 1, body: cue.body, speakerTag: 'S' + n % 1000})
           } IN TRANSACTIONS OF 10000 ROWS`,
        ),
      cpuS: () => {
        // Clock ticks in user and in kernel mode, a hundredth of a second each (proc(5)).
        const fields = readFileSync(`/proc/${running.server.pid}/stat`, 'utf8')
          .replace(/^.*\) /, '')
          .split(' ');
        return (Number(fields[11]) + Number(fields[12])) / 100;
      },
    });
    after(() =>
      inBatches(
        "MATCH (n:Cue) WHERE n.id STARTS WITH 'bulk' CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS",
      ),
    );
  });
});
