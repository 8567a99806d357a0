import assert from 'node:assert/strict';
import { FabulaError } from '../../schema/errors.js';
import { openGraphql } from '../../src/app/graphql.js';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

onEachStore('GraphQL errors', (openApi) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi(harbour());
  });
  afterEach(() => api.close());

  /** Asks while reading an episode fails in this way. */
  async function askWhile(failure: unknown, query = '{ episode(id: "harbour") { title } }') {
    const store = new Proxy(api.store, {
      get: (target, name) => (name === 'episode' ? () => Promise.reject(failure) : Reflect.get(target, name, target)),
    });
    const graphql = await openGraphql({ ...api.services, store }, api.log);
    const answer = await graphql.execute({ query });
    await graphql.close();
    return JSON.parse(JSON.stringify(answer));
  }

  it('carry a known error’s code, sentence and hint', async () => {
    const { data, errors } = await askWhile(new FabulaError('DISK_FULL', 'The disk is full.', 'Free some space.'));
    assert.deepEqual(data, { episode: null });
    assert.deepEqual(errors, [
      {
        message: 'The disk is full.',
        locations: [{ line: 1, column: 3 }],
        path: ['episode'],
        extensions: { code: 'DISK_FULL', hint: 'Free some space.' },
      },
    ]);
  });

  it('mask an unknown error, and log it whole', async () => {
    const { errors } = await askWhile(new TypeError('secret at /home/somebody/graph.db'));
    assert.equal(errors[0].extensions.code, 'INTERNAL_SERVER_ERROR');
    assert.ok(!JSON.stringify(errors).includes('secret'));
    assert.deepEqual(Object.keys(errors[0].extensions), ['code']);
    const line = JSON.stringify(api.logged);
    assert.match(line, /secret at/);
    assert.match(line, /errors\.test\.js/, 'the stack is missing');
  });

  it('mask what is thrown but no error', async () => {
    const { errors } = await askWhile('secret');
    assert.equal(errors[0].extensions.code, 'INTERNAL_SERVER_ERROR');
    assert.ok(!JSON.stringify(errors).includes('secret'));
  });

  it('leave what is known of the rest', async () => {
    const { data, errors } = await askWhile(
      new Error('secret'),
      '{ episode(id: "harbour") { title } scenes(episodeId: "harbour") { nodes { ordinal } } }',
    );
    assert.equal(data.episode, null);
    assert.equal(data.scenes.nodes.length, 2);
    assert.equal(errors.length, 1);
  });

  it('say when the store cannot answer', async () => {
    await api.store.close();
    assert.equal(await api.code('{ episode(id: "harbour") { title } }'), 'STORE_UNAVAILABLE');
  });
});
