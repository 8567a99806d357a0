import assert from 'node:assert/strict';
import { getIntrospectionQuery } from 'graphql';
import { queryLimits } from '../../src/app/query-limits.js';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

/** `{ shots { nodes { scene { shots { scene { … id } } } } } }`, `depth` fields deep. */
function nested(depth: number): string {
  const steps = Array.from({ length: depth - 3 }, (_, index) => (index % 2 === 0 ? 'scene {' : 'shots(first: 1) {'));
  return `{ shots(episodeId: "harbour", first: 1) { nodes { ${steps.join(' ')} id ${'}'.repeat(steps.length)} } } }`;
}

onEachStore('Limits of a query', (openApi) => {
  let api: TestApi;
  before(async () => {
    api = await openApi(harbour());
  });
  after(() => api.close());

  /** Refused with this code, without a single read. */
  async function assertRefused(query: string, code: string, variables?: Record<string, unknown>): Promise<void> {
    api.calls.length = 0;
    assert.equal(await api.code(query, variables), code);
    assert.deepEqual(api.calls, []);
  }

  it('let through all that fits', async () => {
    await api.data(nested(queryLimits.depth));
    await api.data(
      `{ ${Array.from({ length: queryLimits.aliases }, (_, i) => `a${i}: job(id: "x") { id }`).join(' ')} }`,
    );
    await api.data(`{ episodes(first: 10) { nodes { title characters(first: 10) { nodes { name persons { name } } }
      scenes(first: 10) { nodes { location shots { ordinal keyframes { imageUrl } } } } } } }`);
  });

  it('refuse depth, also through fragments', async () => {
    await assertRefused(nested(queryLimits.depth + 1), 'QUERY_TOO_DEEP');
    await assertRefused(nested(800), 'QUERY_TOO_DEEP');
    const deepest = Math.floor(queryLimits.tokens / 4) - 10;
    await assertRefused(`${'{ id '.repeat(deepest)}${'}'.repeat(deepest)}`, 'GRAPHQL_VALIDATION_FAILED');
    await api.data(`{ ${'... { '.repeat(deepest)} __typename ${'}'.repeat(deepest)} }`);
    const fragments = Array.from(
      { length: queryLimits.depth },
      (_, i) => `fragment f${i} on Shot { scene { shots { ...f${i + 1} } } }`,
    );
    await assertRefused(
      `{ shots(episodeId: "harbour") { nodes { ...f0 } } } ${fragments.join(' ')}
       fragment f${queryLimits.depth} on Shot { id }`,
      'QUERY_TOO_DEEP',
    );
    await assertRefused(
      '{ shots(episodeId: "x") { nodes { ...f } } } fragment f on Shot { scene { shots { ...f } } }',
      'GRAPHQL_VALIDATION_FAILED',
    );
  });

  it('refuse breadth: lists of lists of lists', async () => {
    await assertRefused(
      `{ episodes(first: 100) { nodes { shots(first: 100) { nodes { cues { text } } } } } }`,
      'QUERY_TOO_COMPLEX',
    );
    await assertRefused(
      `{ shots(episodeId: "harbour", first: 100) { nodes { scene { shots { cues { shots { cues { text } } } } } } } }`,
      'QUERY_TOO_COMPLEX',
    );
    await assertRefused(
      `query ($first: Int!) { episodes(first: $first) { nodes { shots(first: $first) { nodes { scene { id } cues { id } } } } } }`,
      'QUERY_TOO_COMPLEX',
      { first: 2_000_000_000 },
    );
  });

  it('refuse the same field under many names', async () => {
    const many = Array.from({ length: queryLimits.aliases + 1 }, (_, i) => `a${i}: __typename`).join(' ');
    await assertRefused(`{ ${many} }`, 'QUERY_TOO_MANY_ALIASES');
    const exports = Array.from({ length: 10 }, (_, i) => `a${i}: export(episodeId: "harbour")`).join(' ');
    await assertRefused(`{ ${exports} }`, 'QUERY_TOO_COMPLEX');
  });

  it('refuse fragments that double with each step', async () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `fragment f${i} on Query { ...f${i + 1} ...f${i + 1} }`);
    const started = performance.now();
    await assertRefused(`{ ...f0 } ${doubling.join(' ')} fragment f30 on Query { __typename }`, 'QUERY_TOO_COMPLEX');
    assert.ok(performance.now() - started < 1000);
  });

  it('refuse documents that are too long or repeat a field without end', async () => {
    await assertRefused(`{ ${'__typename '.repeat(queryLimits.tokens)} }`, 'GRAPHQL_PARSE_FAILED');
    const started = performance.now();
    await api.ask(`{ ${'__typename '.repeat(queryLimits.tokens - 100)} }`);
    assert.ok(performance.now() - started < 1000);
  });

  it('word mistakes with graphql’s own codes', async () => {
    await assertRefused('{ shots(', 'GRAPHQL_PARSE_FAILED');
    await assertRefused('{ nothing }', 'GRAPHQL_VALIDATION_FAILED');
    await assertRefused('{ __proto__ { constructor } }', 'GRAPHQL_VALIDATION_FAILED');
    await assertRefused('query ($id: ID!) { job(id: $id) { id } }', 'BAD_USER_INPUT');
    await assertRefused('query ($n: Int!) { jobs(first: $n) { nodes { id } } }', 'BAD_USER_INPUT', { n: 'many' });
    await assertRefused(
      'query ($f: ShotFilter) { shots(episodeId: "x", filter: $f) { nodes { id } } }',
      'BAD_USER_INPUT',
      { f: JSON.parse('{"__proto__": {"location": "x"}, "location": "y"}') },
    );
    await assertRefused('query A { __typename } query B { __typename }', 'OPERATION_RESOLUTION_FAILURE');
  });

  it('refuse a text to search for without end', async () => {
    const text = 'x'.repeat(501);
    assert.equal(
      await api.code('query ($text: String!) { search(text: $text) { nodes { score } } }', { text }),
      'INVALID_INPUT',
    );
  });

  it('leave introspection whole', async () => {
    const { __schema } = await api.data(getIntrospectionQuery());
    assert.ok(__schema.types.length > 50);
  });
});
