import { equal, ok } from 'node:assert/strict';
import { type OperationDefinitionNode, parse } from 'graphql';
import { rootFieldOf } from '../../src/app/telemetry/root-field.js';
import { routeOf } from '../../src/app/telemetry/route.js';

describe('the names of what is measured', () => {
  const named = (source: string) => {
    const document = parse(source);
    return rootFieldOf(document, document.definitions[0] as OperationDefinitionNode);
  };

  it('are the root field of an operation, not what its client calls it', () => {
    equal(named('query Hostile123 { mine: shots(first: 1) { nodes { id } } }'), 'shots');
    equal(named('{ a: shots { x } b: shots { y } }'), 'shots');
    equal(named('{ ... on Query { episodes { x } } }'), 'episodes');
    equal(named('query { ...A } fragment A on Query { ... on Query { job(id: 1) { id } } }'), 'job');
    equal(named('{ shots { x } __typename }'), 'several');
    equal(named('query { ...Gone }'), 'nothing');
  });

  it('are found at once in fragments that spread each other a thousandfold, or themselves', () => {
    const chain = Array.from({ length: 60 }, (_, n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`);
    const started = performance.now();
    equal(named(`query { ...F0 } ${chain.join(' ')} fragment F60 on Query { shots { x } }`), 'shots');
    equal(named('query { ...A } fragment A on Query { ...B } fragment B on Query { ...A episodes { x } }'), 'episodes');
    ok(performance.now() - started < 200);
  });

  it('are few for addresses, whatever strangers ask for', () => {
    equal(routeOf('/graphql'), '/graphql');
    equal(routeOf('/graphql/'), '/graphql');
    equal(routeOf('/media/films/ep_1'), '/media/films');
    for (const strange of ['/wp-login.php', '/graphql/x', '//', '/metrics/../', '/%6detrics', `/${'x'.repeat(9000)}`])
      equal(routeOf(strange), 'other', strange);
  });
});
