import { derivedWrites } from '../derived-writes.js';
import type { ScopedStore, Scopes } from '../scopes.js';
import type { DeriveNarrative } from '../store.js';
import { Connection, type Neo4jAddress } from './connection.js';
import { editReads } from './edits.js';
import { episodeVerbs } from './episode-reads.js';
import { fileVerbs } from './files.js';
import { groundsReads } from './grounds.js';
import { highlightReads } from './highlights.js';
import { jobReads } from './job-reads.js';
import { jobWrites } from './job-writes.js';
import { listReads } from './lists.js';
import { migrate } from './migrations.js';
import { neighbourReads } from './neighbours.js';
import { scopeWrites } from './scope-writes.js';
import { searchReads } from './search.js';

export interface Neo4jSettings extends Neo4jAddress {
  readonly derive: DeriveNarrative;
  readonly log?: { info(fields: object, message: string): void };
}

/**
 * Opens the store on a Neo4j server (5.23 or newer, community will do) and brings its constraints and indexes up to
 * date. Any number of processes may work on one server. Errors: STORE_UNAVAILABLE (not there, or no Neo4j),
 * STORE_LOGIN_FAILED, STORE_TOO_OLD (the server), STORE_TOO_NEW (the graph).
 */
export async function openNeo4jStore({ derive, log, ...address }: Neo4jSettings): Promise<ScopedStore> {
  const connection = await Connection.open(address);
  try {
    await migrate(connection);
  } catch (error) {
    await connection.close();
    throw error;
  }
  return storeOver(connection, derive, log);
}

function storeOver(connection: Connection, derive: DeriveNarrative, log: Neo4jSettings['log']): ScopedStore {
  const scopes: Scopes = { ...groundsReads(connection), ...scopeWrites(connection) };
  return {
    scopes,
    ...derivedWrites(scopes, derive, log),
    ...episodeVerbs(connection),
    ...listReads(connection),
    ...highlightReads(connection),
    ...neighbourReads(connection),
    ...searchReads(connection),
    ...editReads(connection),
    ...fileVerbs(connection),
    ...jobReads(connection),
    ...jobWrites(connection),
    lanes: () => [{ lane: 'sessions', ...connection.sessions }],
    ping: async () => void (await connection.readOnce('RETURN 1')),
    within: (signal) => storeOver(connection.within(signal), derive, log),
    close: () => connection.close(),
  };
}
