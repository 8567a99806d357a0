import assert from 'node:assert/strict';
import { FabulaError } from '../../schema/errors.js';
import { type GraphqlApi, openGraphql } from '../../src/app/graphql.js';
import { localCaller } from '../../src/app/open.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const title = '{ episode(id: "harbour") { title scenes { nodes { ordinal } } } }';

describe('A query that comes again', () => {
  let api: TestApi;
  let graphql: GraphqlApi;
  let failure: unknown;
  beforeEach(async () => {
    failure = undefined;
    api = await openTestApi(harbour());
    const store = new Proxy(api.store, {
      get: (target, name) =>
        name === 'episode' && failure ? () => Promise.reject(failure) : Reflect.get(target, name, target),
    });
    graphql = await openGraphql({ ...api.services, store }, api.log);
  });
  afterEach(async () => {
    await graphql.close();
    await api.close();
  });
  const ask = async (query: string, variables?: Record<string, unknown>) =>
    JSON.parse(JSON.stringify(await graphql.execute({ query, variables })));

  it('is answered from what the store says each time, and its errors are masked like the first', async () => {
    const first = await ask(title);
    assert.equal(first.errors, undefined);
    assert.deepEqual(await ask(title), first);
    failure = new TypeError('secret');
    for (let n = 0; n < 2; n++) {
      const { data, errors } = await ask(title);
      assert.deepEqual([data.episode, errors[0].extensions.code], [null, 'INTERNAL_SERVER_ERROR']);
      assert.doesNotMatch(JSON.stringify(errors), /secret/);
    }
    failure = new FabulaError('STORE_UNAVAILABLE', 'The graph is closed.');
    assert.equal((await ask(title)).errors[0].extensions.code, 'STORE_UNAVAILABLE');
    failure = undefined;
    assert.deepEqual(await ask(title), first);
  });

  it('is counted anew for other variables, and for those left out', async () => {
    const query = `query ($n: Int! = 100) { episodes(first: $n) { nodes {
      shots(first: $n) { nodes { scene { id } cues(first: $n) { id } } } } } }`;
    const codeFor = async (variables: Record<string, unknown>) =>
      (await ask(query, variables)).errors?.[0].extensions.code;
    assert.equal(await codeFor({ n: 1 }), undefined);
    assert.equal(await codeFor({ n: null }), 'BAD_USER_INPUT');
    assert.equal(await codeFor({}), 'QUERY_TOO_COMPLEX');
    assert.equal(await codeFor({ n: 90 }), 'QUERY_TOO_COMPLEX');
    assert.equal(await codeFor({ n: 1 }), undefined);
  });

  it('ends with its request', async () => {
    assert.equal((await ask(title)).errors, undefined);
    const contextValue = graphql.newContext(
      localCaller,
      AbortSignal.abort(new FabulaError('TIMED_OUT', 'This took longer than 0 s.')),
    );
    const { body } = await graphql.server.executeOperation({ query: title }, { contextValue });
    assert.ok(body.kind === 'single');
    assert.equal(body.singleResult.errors?.[0]?.extensions?.code, 'TIMED_OUT');
  });
});
