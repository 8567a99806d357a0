/** Fabula's API over a store, and the peer's, both through Apollo's `executeOperation`. */
import type { GraphQLRequest } from '@apollo/server';
import { pino } from 'pino';
import type { Store } from '../../graph/store.js';
import { openGraphql } from '../../src/app/graphql.js';
import { localCaller } from '../../src/app/open.js';
import type { Neo4jServer } from '../../test/servers/neo4j.js';
import { readingServices } from '../reading-services.js';
import { openPeer } from './peer.js';
import type { Request } from './questions.js';

export interface Side {
  /** Asks, and gives the data; throws where there is an error. */
  ask(request: Request): Promise<never>;
  close(): Promise<void>;
}

export async function openOurs(store: Store): Promise<Side> {
  const { server, newContext, close } = await openGraphql(readingServices(store), pino({ level: 'error' }));
  return {
    ask: async (request) =>
      dataOf(await server.executeOperation(request as GraphQLRequest, { contextValue: newContext(localCaller) })),
    close,
  };
}

export async function openPeers(server: Neo4jServer): Promise<Side> {
  const peer = await openPeer(server);
  return {
    ask: async (request) => dataOf(await peer.server.executeOperation(request as GraphQLRequest, { contextValue: {} })),
    close: peer.close,
  };
}

function dataOf({
  body,
}: Awaited<ReturnType<Awaited<ReturnType<typeof openPeer>>['server']['executeOperation']>>): never {
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  const { data, errors } = body.singleResult;
  if (errors) throw new Error(JSON.stringify(errors));
  return data as never;
}
