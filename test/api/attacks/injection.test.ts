import assert from 'node:assert/strict';
import { pino } from 'pino';
import type { Store } from '../../../graph/store.js';
import { oneLine } from '../../../src/app/report-error.js';
import { type Attacked, openAttacked, tokens } from './attacked.fixture.js';
import { stringTakersOf } from './mutations.fixture.js';

const texts: Record<string, readonly string[]> = {
  SQL: [
    `'; DROP TABLE node; --`,
    `" OR "1"="1`,
    `x' UNION SELECT sql FROM sqlite_master --`,
    `'); DELETE FROM node; --`,
    `\\'; ATTACH DATABASE '/tmp/x' AS x; --`,
    `%_%`,
    `?1 :a @a $a`,
  ],
  FTS: [
    `"`,
    `""`,
    `"unclosed`,
    `ship OR leaves`,
    `NEAR(ship leaves, 2)`,
    `text:ship`,
    `ship*`,
    `^ship`,
    `-ship`,
    `(((((`,
    `AND`,
    `NOT`,
    `{a b}: ship`,
    `ship + "leaves`,
    `/.*/`,
    `ship~2`,
    `[a TO z]`,
    `\\`,
  ],
  Cypher: [
    `' OR 1=1 WITH 1 AS x MATCH (n) DETACH DELETE n //`,
    `}) MATCH (n) DETACH DELETE n //`,
    '`) DETACH DELETE n //',
    `$x {id: 1}`,
    `\u0027 RETURN 1 //`,
    `LOAD CSV FROM 'file:///etc/passwd' AS l RETURN l`,
    `CALL dbms.shutdown()`,
  ],
  'what breaks strings': [
    '\0',
    'a\0b',
    '\ud800',
    '\uffff\u202e',
    '𝕊'.repeat(100),
    '\r\n\t\v\f',
    '__proto__',
    'constructor',
    'toString',
    'hasOwnProperty',
    '{{7*7}}',
    '<script>alert(1)</script>',
    '\u001b[2J',
  ],
};

describe('Syntax in every string argument', () => {
  let server: Attacked;
  before(async () => {
    server = await openAttacked();
  });
  after(() => server.close());

  for (const [language, syntax] of Object.entries(texts))
    it(`is text, where it is ${language}: nobody reads it as that`, async () => {
      for (const text of syntax)
        for (const { name, query, variables } of stringTakersOf(text)) {
          const { status, code, body } = await server.ask(query, variables);
          const what = `${name} ${JSON.stringify(text)}: ${body.slice(0, 300)}`;
          assert.ok(status < 500, what);
          assert.notEqual(code, 'INTERNAL_SERVER_ERROR', what);
          assert.ok(
            !/sqlite|fts5|syntax error|no such (table|column)|cypher|node_modules/i.test(
              body.replaceAll(JSON.stringify(text).slice(1, -1), ''),
            ),
            what,
          );
        }
      await server.assertUnharmed();
    });

  it('does not take more than one place in one request either', async () => {
    await server.assertForgets(
      () => Promise.all(stringTakersOf(`"' OR ship* --`).map(({ query, variables }) => server.ask(query, variables))),
      { rounds: 5 },
    );
  });
});

describe('Text that would be a line of the log', () => {
  const forged = 'x\n{"level":60,"msg":"all is lost"}\r\n\u001b[31m\u2028\u009b31m';

  it('stays in its own line, whole', async () => {
    const lines: string[] = [];
    const server = await openAttacked();
    const broken: Store = {
      ...server.api.store,
      within: () => broken,
      async episode(id) {
        throw new Error(`Nobody foresaw ${id}`);
      },
    };
    const log = pino({ base: null }, { write: (text: string) => void lines.push(text) });
    const failing = await openAttacked({ services: { ...server.api.services, store: broken }, log });
    const query = 'query ($id: ID!) { episode(id: $id) { id } }';
    assert.equal((await failing.ask(query, { id: forged })).code, 'INTERNAL_SERVER_ERROR');
    await failing.send(`/media/films/${encodeURIComponent(forged)}`);
    await failing.send('/graphql', {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.viewer}`, 'content-type': 'application/json' },
      body: `{"query": "{ a }", "operationName": ${JSON.stringify(forged)}}`,
    });
    assert.ok(lines.some((line) => JSON.parse(line).level === 50));
    for (const line of lines) {
      assert.ok(!/[\n\r]/.test(line.trimEnd()), line);
      assert.ok(['info', 'error'].includes(pino.levels.labels[JSON.parse(line).level] ?? ''), line);
      assert.ok(!line.includes('\u001b'));
    }
    await failing.close();
    await server.close();
  });

  it('stays in its own line on a terminal', () => {
    assert.ok(!/[\p{Cc}\u2028\u2029]/u.test(oneLine(forged)));
  });

  it('never holds a token', async () => {
    const server = await openAttacked();
    await server.ask('{ episode(id: "x") { id } }', undefined, tokens.viewer);
    await server.ask('{ oops }', undefined, 'a-token-that-is-wrong');
    assert.ok(!JSON.stringify(server.api.logged).includes(tokens.viewer));
    assert.ok(!JSON.stringify(server.api.logged).includes('a-token-that-is-wrong'));
    await server.close();
  });
});
