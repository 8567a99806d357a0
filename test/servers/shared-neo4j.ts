/** One Neo4j server for all tests of a run, started by the first that needs it. */
import neo4j, { type Driver } from 'neo4j-driver';
import { type Neo4jServer, neo4jJars, startNeo4j } from './neo4j.js';

const whyNot = 'Neo4j is not here: run ./install-neo4j.sh. What needs it is skipped.';

let starting: Promise<Neo4jServer> | undefined;
let driver: Driver | undefined;

export interface SharedNeo4j {
  readonly server: Neo4jServer;
  /** Empties the graph; constraints and indexes stay. */
  readonly clear: () => Promise<void>;
  /** Nodes and relationships that name an episode. */
  readonly count: (episodeId: string) => Promise<{ readonly nodes: number; readonly relationships: number }>;
}

/** To be called in a block of tests that need the server: skips them where it cannot be had. */
export function withNeo4j(): SharedNeo4j {
  let server: Neo4jServer;
  const connected = (): Driver => {
    driver ??= neo4j.driver(server.url, neo4j.auth.basic(server.user, server.password));
    return driver;
  };
  before(async function () {
    // On a busy machine the server takes most of a minute.
    this.timeout(300_000);
    if (!neo4jJars()) {
      console.error(whyNot);
      this.skip();
    }
    starting ??= startNeo4j();
    server = await starting;
  });
  return {
    get server() {
      return server;
    },
    async count(episodeId) {
      const { records } = await connected().executeQuery(
        `OPTIONAL MATCH (n {episodeId: $episodeId}) WITH count(n) AS nodes
         OPTIONAL MATCH ()-[r {episodeId: $episodeId}]->() RETURN nodes, count(r) AS relationships`,
        { episodeId },
      );
      return { nodes: Number(records[0]?.get('nodes')), relationships: Number(records[0]?.get('relationships')) };
    },
    async clear() {
      await connected().executeQuery('MATCH (n) WHERE NOT n:Migration DETACH DELETE n');
    },
  };
}

after(async function () {
  this.timeout(60_000);
  await driver?.close();
  await (await starting)?.dispose();
});
