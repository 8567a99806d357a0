import assert from 'node:assert/strict';
import fc from 'fast-check';
import { nodesOf } from '../../schema/narrative.js';
import { shape } from '../../schema/shape.generated.js';
import { fieldProblems, objectProblems } from '../../schema/shape-check.js';
import { isWhole } from '../../schema/shape-fit.js';
import { narratives } from '../narratives.js';

/** What is wrong with the fields of a node, each looked at by itself; and with names that it should not have. */
function problemsByField(node: object, kind: string): readonly string[] {
  const record = node as Readonly<Record<string, unknown>>;
  const fields = Object.entries(shape[kind] ?? {});
  return [
    ...fields.flatMap(([name, field]) => fieldProblems(record[name], field, name)),
    ...Object.keys(record).filter((name) => !Object.hasOwn(shape[kind] ?? {}, name)),
    ...(record.kind === kind ? [] : ['kind']),
  ];
}

const wrong = fc.constantFrom<unknown>(undefined, null, '', 'NONE', 0.5, -1, 2 ** 40, Number.NaN, true, [], {}, ['x']);

/** A value with something in it replaced, at whatever depth. */
function spoiled(value: unknown, steps: readonly number[], by: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof value !== 'object' || value === null) return by;
  const keys = [...Object.keys(value), 'unheardOf'];
  const key = keys[step % keys.length] as string;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  copy[key] = spoiled(copy[key], rest, by);
  return copy;
}

describe('whether a node is whole', () => {
  it('is told at once as it is told field by field, whatever is spoiled in it', () => {
    let whole = 0;
    let broken = 0;
    const steps = fc.array(fc.nat(40), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(narratives, steps, wrong, (narrative, path, by) => {
        for (const node of nodesOf(narrative)) {
          const spoilt = spoiled(node, path, by) as object;
          const problems = problemsByField(spoilt, node.kind);
          if (isWhole(spoilt, node.kind)) assert.deepEqual(problems, []);
          assert.equal(objectProblems(spoilt, node.kind, 'node').length > 0, problems.length > 0);
          if (problems.length > 0) broken++;
          else whole++;
        }
      }),
    );
    assert.ok(whole > 50 && broken > 50, `${whole} whole, ${broken} broken`);
  });

  it('is told at once of every node of a valid narrative', () => {
    fc.assert(
      fc.property(narratives, (narrative) => {
        for (const node of nodesOf(narrative)) assert.ok(isWhole(node, node.kind), node.id);
      }),
    );
  });
});
