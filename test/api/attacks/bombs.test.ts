import assert from 'node:assert/strict';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';

/** As deep as asked for: from an episode to its scenes to their shots and back. */
const deep = (depth: number) => {
  const steps = ['shots', 'scene'];
  const open = Array.from({ length: depth - 3 }, (_, index) => `${steps[index % 2]} {`).join(' ');
  return `{ episode(id: "harbour") { scenes { nodes { ${open} id ${'} '.repeat(depth - 3)} } } } }`;
};

describe('A GraphQL bomb', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked();
  });
  after(() => server.close());

  const bombs: Record<string, { query: string; variables?: unknown; code: string; status: number }> = {
    'of depth 50': { query: deep(50), code: 'QUERY_TOO_DEEP', status: 400 },
    'of 10,000 aliases': {
      query: `{ ${Array.from({ length: 10_000 }, (_, i) => `a${i}: __typename`).join(' ')} }`,
      code: 'GRAPHQL_PARSE_FAILED',
      status: 400,
    },
    'of a few hundred aliases': {
      query: `{ ${Array.from({ length: 300 }, (_, i) => `a${i}: episode(id: "harbour") { id }`).join(' ')} }`,
      code: 'QUERY_TOO_MANY_ALIASES',
      status: 400,
    },
    'of fragments that contain each other': {
      query:
        '{ episodes { nodes { ...A } } } fragment A on Episode { series { ...B } } fragment B on Series { episodes { nodes { ...A } } }',
      code: 'GRAPHQL_VALIDATION_FAILED',
      status: 400,
    },
    'of a fragment that contains itself': {
      query: '{ ...A } fragment A on Query { ...A }',
      code: 'GRAPHQL_VALIDATION_FAILED',
      status: 400,
    },
    'of 5 MB': { query: `{ __typename } #${'x'.repeat(5_000_000)}`, code: 'PAYLOAD_TOO_LARGE', status: 413 },
    'of huge variables': {
      query: 'query ($id: ID!) { episode(id: $id) { title } }',
      variables: { id: 'x'.repeat(5_000_000) },
      code: 'PAYLOAD_TOO_LARGE',
      status: 413,
    },
    'of a hundred thousand directives': {
      query: `{ __typename ${'@a'.repeat(100_000)} }`,
      code: 'GRAPHQL_PARSE_FAILED',
      status: 400,
    },
    'of brackets without end': { query: '{'.repeat(100_000), code: 'GRAPHQL_PARSE_FAILED', status: 400 },
    'of lists in lists in a variable’s type': {
      query: `query ($a: ${'['.repeat(4000)}ID${']'.repeat(4000)}) { __typename }`,
      code: 'GRAPHQL_PARSE_FAILED',
      status: 400,
    },
    'of pages that multiply': {
      query:
        '{ episodes(first: 100) { nodes { shots(first: 100) { nodes { scene { shots(first: 100) { appearances(first: 100) { id } } } } } } } }',
      code: 'QUERY_TOO_COMPLEX',
      status: 400,
    },
  };

  for (const [name, { query, variables, code, status }] of Object.entries(bombs))
    it(`${name} is refused, before anything is read`, async () => {
      const before = server.api.calls.length;
      const reply = await server.ask(query, variables);
      assert.deepEqual([reply.status, reply.code], [status, code]);
      assert.equal(server.api.calls.length, before);
      assert.ok(reply.body.length < 20_000, `${reply.body.length} bytes were sent back`);
    });

  it('in many variables that fit costs no more than reading them', async () => {
    const otherIds = Array.from({ length: 20_000 }, (_, i) => `c${i}`);
    const merge = 'mutation ($ids: [ID!]!) { mergeCharacters(keepId: "nobody", otherIds: $ids) { id } }';
    const reply = await server.ask(merge, { ids: otherIds });
    assert.ok(reply.code, reply.body);
    assert.notEqual(reply.code, 'INTERNAL_SERVER_ERROR');
  });

  it('in a value of lists in lists in lists is refused', async () => {
    const query =
      'mutation ($value: JSON) { correct(nodeId: "harbour:scene1", field: "location", value: $value) { id } }';
    for (const depth of [1000, 100_000]) {
      const value = '['.repeat(depth) + ']'.repeat(depth);
      const reply = await server.send('/graphql', {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.admin}` },
        body: `{"query": ${JSON.stringify(query)}, "variables": {"value": ${value}}}`,
      });
      assert.deepEqual([reply.status, reply.code], [400, 'VALUE_TOO_DEEP']);
    }
    const inline = `mutation { correct(nodeId: "harbour:scene1", field: "location", value: ${'['.repeat(1000)}${']'.repeat(1000)}) { id } }`;
    assert.equal((await server.ask(inline)).code, 'VALUE_TOO_DEEP');
  });

  it('in batches is refused', async () => {
    const { status } = await server.send('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens.admin}` },
      body: JSON.stringify(Array.from({ length: 1000 }, () => ({ query: '{ __typename }' }))),
    });
    assert.equal(status, 400);
  });

  it('leaves the server up, and no memory taken', async () => {
    await server.assertForgets(() =>
      Promise.all(Object.values(bombs).map((bomb) => server.ask(bomb.query, bomb.variables))),
    );
    await server.assertUnharmed();
  });
});
