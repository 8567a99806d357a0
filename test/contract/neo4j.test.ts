import { openNeo4jStore } from '../../graph/neo4j/neo4j-store.js';
import type { Store } from '../../graph/store.js';
import { withNeo4j } from '../servers/shared-neo4j.js';
import { storeContract } from './store.contract.js';

/** A property of forty runs takes a minute over the network; `make soak` has the time. */
const runs = (whole: number) => (process.env.FABULA_SOAK ? whole : Math.ceil(whole / 6));

describe('on a real server', () => {
  const neo4j = withNeo4j();

  storeContract(
    'Neo4j',
    async (derive) => {
      await neo4j.clear();
      const opened: Store[] = [];
      const openAnother = async () => {
        const { url, user, password } = neo4j.server;
        const store = await openNeo4jStore({ url, user, password, derive });
        opened.push(store);
        return store;
      };
      return {
        store: await openAnother(),
        openAnother,
        async dispose() {
          await Promise.all(opened.map((store) => store.close()));
        },
      };
    },
    runs,
  );
});
