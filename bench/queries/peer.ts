/**
 * The peer: Apollo over @neo4j/graphql, on the same server and the same nodes and relationships, with indexes that suit
 * its statements and type definitions of its own that name only what the questions need.
 */
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import { Neo4jGraphQL } from '@neo4j/graphql';
import neo4j, { type Driver } from 'neo4j-driver';
import type { Neo4jServer } from '../../test/servers/neo4j.js';
import { episodeCount, film } from '../big-graph.js';

const typeDefs = `#graphql
  extend schema @mutation(operations: []) @subscription(events: [])

  type Scene @node { id: ID! location: String }

  type Shot @node {
    id: ID!
    episodeId: ID!
    ordinal: Int!
    startMs: Int!
    endMs: Int!
    transition: String!
    scene: [Scene!]! @relationship(type: "HAS_SHOT", direction: IN)
    persons: [Person!]! @relationship(type: "APPEARS_IN", direction: IN, properties: "Appearance")
  }
  type Appearance @relationshipProperties { valence: Float arousal: Float dominance: Float }

  type Person @node {
    episodeId: ID!
    startMs: Int!
    character: [Character!]! @relationship(type: "IS", direction: OUT)
    relatesTo: [Person!]! @relationship(type: "RELATES_TO", direction: OUT, properties: "Relation")
  }
  type Relation @relationshipProperties {
    startMs: Int!
    endMs: Int!
    relation: String!
    polarity: Float!
    strength: Float!
    explicit: Boolean!
  }
  type Character @node { id: ID! name: String! }

  type Highlight @node { id: ID! episodeId: ID! startMs: Int! endMs: Int! type: String! score: Float! }

  type Cue @node @fulltext(indexes: [{ indexName: "words", queryName: "cuesByWords", fields: ["saidWords"] }]) {
    id: ID!
    episodeId: ID!
    startMs: Int!
    endMs: Int!
    text: String!
    saidWords: String
  }
`;

export interface Peer {
  readonly server: ApolloServer;
  close(): Promise<void>;
}

export type PeerAddress = Pick<Neo4jServer, 'url' | 'user' | 'password'>;

export async function openPeer({ url, user, password }: PeerAddress): Promise<Peer> {
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password));
  // Fabula's own are no help to it: they hold ids too, of which its statements say nothing.
  for (const label of ['Shot', 'Person'])
    await driver.executeQuery(`CREATE INDEX peers_${label} IF NOT EXISTS FOR (n:${label}) ON (n.episodeId, n.startMs)`);
  await driver.executeQuery('CALL db.awaitIndexes(600)');
  const schema = await new Neo4jGraphQL({ typeDefs, driver }).getSchema();
  const server = new ApolloServer({
    schema,
    plugins: [ApolloServerPluginCacheControlDisabled(), ApolloServerPluginLandingPageDisabled()],
    stopOnTerminationSignals: false,
  });
  await server.start();
  return {
    server,
    async close() {
      await server.stop();
      await driver.close();
    },
  };
}

/**
 * Fabula keeps what is no plain value in the node's JSON, which the peer cannot read: gives it the feelings of
 * appearances as properties.
 */
export async function spreadFeelings({ url, user, password }: Neo4jServer): Promise<void> {
  const driver = neo4j.driver(url, neo4j.auth.basic(user, password));
  try {
    for (let n = 0; n < episodeCount; n++) await spread(driver, n);
  } finally {
    await driver.close();
  }
}

async function spread(driver: Driver, n: number): Promise<void> {
  const rows = film(n).appearances.map(({ id, vad }) => ({ id, vad: { ...vad } }));
  await driver.executeQuery(
    `UNWIND $rows AS row MATCH ()-[a:APPEARS_IN {id: row.id}]->() USING INDEX SEEK a:APPEARS_IN(id) SET a += row.vad`,
    { rows },
  );
}
