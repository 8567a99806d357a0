import assert from 'node:assert/strict';
import { FabulaError } from '../../schema/errors.js';
import { type GraphqlApi, openGraphql } from '../../src/app/graphql.js';
import { localCaller } from '../../src/app/open.js';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const title = '{ episode(id: "harbour") { title scenes { nodes { ordinal } } } }';

onEachStore('A query that comes again', (openApi) => {
  let api: TestApi;
  let graphql: GraphqlApi;
  let failure: unknown;
  beforeEach(async () => {
    failure = undefined;
    api = await openApi(harbour());
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

  describe('over HTTP', () => {
    const known = (query: string, more: object = {}) =>
      graphql.known.answer({ query, ...more }, graphql.newContext(localCaller));

    it('is answered without Apollo, in the same words', async () => {
      assert.equal(await known(title), undefined);
      const first = await ask(title);
      assert.deepEqual(JSON.parse((await known(title)) ?? ''), first);
      const named = `query A { a: __typename } query B { b: __typename }`;
      assert.equal((await graphql.execute({ query: named, operationName: 'A' })).errors, undefined);
      assert.equal(await known(named, { operationName: 'B' }), '{"data":{"b":"Query"}}\n');
    });

    it('is Apollo’s where anything is wrong with it', async () => {
      const query =
        'query A ($n: Int! = 1) { episodes(first: $n) { nodes { shots(first: $n) { nodes { cues { id } } } } } }';
      await ask(query);
      assert.notEqual(
        await known(query, { variables: null, operationName: null, extensions: { client: 'x' } }),
        undefined,
      );
      for (const more of [
        { variables: { n: 'many' } },
        { variables: { n: 100 } },
        { variables: [1] },
        { variables: '{}' },
        { operationName: 'B' },
        { operationName: 1 },
        { extensions: [] },
        { extensions: { persistedQuery: { version: 1, sha256Hash: 'x' } } },
      ])
        assert.equal(await known(query, more), undefined, JSON.stringify(more));
      for (const body of [undefined, null, 'x', [], [{ query }], {}, { query: 1 }])
        assert.equal(await graphql.known.answer(body, graphql.newContext(localCaller)), undefined);
    });

    it('is Apollo’s where it is no query, or could not be answered', async () => {
      failure = new TypeError('secret');
      await ask(title);
      failure = undefined;
      assert.equal(await known(title), undefined);
      const mutation = 'mutation { undo(editId: "nobody") { id } }';
      await ask(mutation);
      assert.equal(await known(mutation), undefined);
      await ask(title);
      failure = new TypeError('secret');
      assert.equal(await known(title), undefined);
    });

    it('is asked of the store once where that fails, and once more by graphql-js', async () => {
      await ask(title);
      let asked = 0;
      const reads = new Proxy(api.store, {
        get: (target, name) =>
          name === 'episode' ? () => Promise.reject(new Error(`${++asked}`)) : Reflect.get(target, name, target),
      });
      const context = { ...graphql.newContext(localCaller), store: reads };
      assert.equal(await graphql.known.answer({ query: title }, context), undefined);
      await graphql.server.executeOperation({ query: title }, { contextValue: context });
      assert.equal(asked, 2);
    });

    it('is forgotten when many others have come since, or when it is long', async () => {
      await ask(title);
      const long = `{ __typename } # ${'x'.repeat(30_000)}`;
      await ask(long);
      assert.equal(await known(long), undefined);
      for (let n = 0; n < 6; n++) await ask(`{ __typename } # ${n}${'x'.repeat(19_000)}`);
      assert.equal(await known(title), undefined);
      await ask(title);
      assert.notEqual(await known(title), undefined);
    });
  });
});
