import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { copyGraph } from '../../../graph/copy.js';
import { openNeo4jStore } from '../../../graph/neo4j/neo4j-store.js';
import type { ScopedStore } from '../../../graph/scopes.js';
import { openSqliteStore } from '../../../graph/sqlite/sqlite-store.js';
import { FabulaError } from '../../../schema/errors.js';
import { deriveNarrative } from '../../narrative/derive.js';
import { isNeo4jUrl, neo4jLogin } from '../config.js';

/** Copies all episodes, edits and characters from one store to another; prints how many. */
export async function copyStore({ from, to, json }: { from: string; to: string; json?: boolean }): Promise<void> {
  const opened: ScopedStore[] = [];
  const open = async (url: string, isThere: boolean): Promise<ScopedStore> => {
    const store = await openUrl(url, isThere);
    opened.push(store);
    return store;
  };
  try {
    const copied = await copyGraph(await open(from, true), await open(to, false));
    const { episodes, series, edits } = copied;
    process.stdout.write(
      json ? `${JSON.stringify(copied)}\n` : `Copied ${episodes} episodes, ${series} series and ${edits} edits.\n`,
    );
  } finally {
    await Promise.all(opened.map((store) => store.close()));
  }
}

/** A Neo4j address (user and password in it, or of the environment), or the file of an embedded store. */
async function openUrl(url: string, isThere: boolean): Promise<ScopedStore> {
  const derive = deriveNarrative;
  if (isNeo4jUrl(url)) {
    const address = new URL(url);
    const known = neo4jLogin();
    const user = decodeURIComponent(address.username) || known.user;
    const password = decodeURIComponent(address.password) || known.password;
    address.username = '';
    address.password = '';
    return openNeo4jStore({ url: address.href, user, password, derive });
  }
  if (/^[a-z][a-z0-9+]+:\/\//i.test(url) && !url.startsWith('file://'))
    throw new FabulaError(
      'BAD_USAGE',
      `No store has such an address: ${new URL(url).protocol}//…`,
      'Use a Neo4j address or a file.',
    );
  const file = url.startsWith('file://') ? fileURLToPath(url) : resolve(url);
  if (isThere && !existsSync(file)) throw new FabulaError('NOT_FOUND', `There is no store at ${file}.`);
  return openSqliteStore({ file, derive });
}
