/** One side of the comparison, in this process: Fabula's API over a store, or the peer's, through `executeOperation`. */
import type { GraphQLRequest } from '@apollo/server';
import { pino } from 'pino';
import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Store } from '../../graph/store.js';
import { openGraphql } from '../../src/app/graphql.js';
import { localCaller } from '../../src/app/open.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { readingServices } from '../reading-services.js';
import { openPeer, type PeerAddress } from './peer.js';
import type { Request } from './questions.js';

/** Which side, and where its graph is. */
export type SideAddress =
  | { readonly kind: 'sqlite'; readonly file: string }
  | ({ readonly kind: 'neo4j' | 'peer' } & PeerAddress);

/** Asks, and gives the data; throws where there is an error. */
export type Ask = (request: Request) => Promise<unknown>;

export async function openSide(address: SideAddress): Promise<Ask> {
  if (address.kind === 'peer') {
    const { server } = await openPeer(address);
    return async (request) => dataOf(await server.executeOperation(request as GraphQLRequest, { contextValue: {} }));
  }
  const { server, newContext } = await openGraphql(readingServices(await openStore(address)), pino({ level: 'error' }));
  return async (request) =>
    dataOf(await server.executeOperation(request as GraphQLRequest, { contextValue: newContext(localCaller) }));
}

const openStore = (address: Exclude<SideAddress, { readonly kind: 'peer' }>): Promise<Store> =>
  address.kind === 'sqlite'
    ? openSqliteStore({ file: address.file, derive: deriveNarrative })
    : openNeo4jStore({ ...address, derive: deriveNarrative });

function dataOf({
  body,
}: Awaited<ReturnType<Awaited<ReturnType<typeof openPeer>>['server']['executeOperation']>>): unknown {
  if (body.kind !== 'single') throw new Error('An answer in parts.');
  const { data, errors } = body.singleResult;
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}
