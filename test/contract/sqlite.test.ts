import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Store } from '../../graph/store.js';
import { storeContract } from './store.contract.js';

storeContract('SQLite', async (derive) => {
  const folder = await mkdtemp(join(tmpdir(), 'fabula-store-'));
  const opened: Store[] = [];
  const openAnother = async () => {
    const store = await openSqliteStore({ file: join(folder, 'graph.db'), derive });
    opened.push(store);
    return store;
  };
  return {
    store: await openAnother(),
    openAnother,
    async dispose() {
      await Promise.all(opened.map((store) => store.close()));
      await rm(folder, { recursive: true });
    },
  };
});
