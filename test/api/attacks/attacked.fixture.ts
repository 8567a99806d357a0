/** The real server under attack: it must refuse with a code, stay up, and forget what was thrown at it. */
import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { openAccess } from '../../../src/app/access.js';
import { type ServerOptions, startServer } from '../../../src/app/server.js';
import { openTestApi, type TestApi } from '../api.fixture.js';
import { harbour } from '../harbour.fixture.js';
import { askOver, sendTo } from '../http.fixture.js';

export type Attacked = Awaited<ReturnType<typeof openAttacked>>;

export const tokens = { viewer: 'viewer'.repeat(4), editor: 'editor'.repeat(4), admin: 'admin'.repeat(4) };

/** Over the embedded store, unless another API is given. */
export async function openAttacked(options: Partial<ServerOptions> = {}, given?: TestApi) {
  const api = given ?? (await openTestApi(harbour()));
  const access = openAccess({
    by: 'token',
    tokens: new Map([
      [tokens.viewer, 'viewer'],
      [tokens.editor, 'editor'],
      [tokens.admin, 'admin'],
    ]),
  });
  const server = await startServer({ ...api, port: 0, access, ...options });
  return {
    api,
    url: server.url,
    ask: (query: string, variables?: unknown, token: string = tokens.admin) =>
      askOver(server.url, query, { token, variables }),
    send: (path: string, request?: Parameters<typeof sendTo>[2]) => sendTo(server.url, path, request),
    /** Fails unless the server still answers, from a graph that is as it was. */
    async assertUnharmed() {
      const { body } = await askOver(
        server.url,
        '{ episode(id: "harbour") { title } episodes { nodes { id } } search(text: "ship") { nodes { snippet } } }',
        { token: tokens.viewer },
      );
      const { data } = JSON.parse(body);
      assert.equal(data.episode.title, 'The harbour');
      assert.deepEqual(data.episodes.nodes, [{ id: 'harbour' }]);
      assert.equal(data.search.nodes.length > 0, true);
    },
    /** Does it again and again, and fails if memory in use does not come back to within `MB` of where it was. */
    async assertForgets(attack: () => Promise<unknown>, { rounds = 10, MB = 24 } = {}) {
      // What is made once (caches, compiled code) is made before.
      for (let i = 0; i < 3; i++) await attack();
      const before = await usedMB();
      for (let i = 0; i < rounds; i++) await attack();
      const grown = (await usedMB()) - before;
      assert.ok(grown < MB, `${grown.toFixed(1)} MB were kept`);
    },
    /** Ends the server, not the API beneath it. */
    stop: () => server.close(),
    async close() {
      await server.close();
      await api.close();
    },
  };
}

/** Memory that is in use once what can be freed is freed, in MB; buffers and all threads' pages included. */
async function usedMB(): Promise<number> {
  const { setFlagsFromString } = await import('node:v8');
  const { runInNewContext } = await import('node:vm');
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let i = 0; i < 3; i++) {
    collect();
    await pause(20);
  }
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
}
