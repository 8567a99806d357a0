/** What must hold of the evaluation of any script. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type ComparableScript, eventFields } from '../../src/narrative/evaluation/comparable-script.js';
import { type Evaluation, evaluateScripts } from '../../src/narrative/evaluation/evaluate.js';
import { seededRandom } from '../../src/narrative/seeded-random.js';
import {
  peopleCount,
  type ScriptPlan,
  scriptPlan,
  seenNames,
  shifted,
  spoiled,
  tell,
  unseenNames,
} from '../comparable-scripts.js';

const always = (property: fc.IProperty<unknown[]> | fc.IRawProperty<unknown>) => fc.assert(property, { numRuns: 200 });
const full = { precision: 100, recall: 100, f1: 100 };

/** All fields of both levels. */
const fieldsOf = ({ fields, scene }: Evaluation) => [...Object.entries(fields), ...Object.entries(scene.fields)];
const hitsOf = ({ tIoU, scene }: Evaluation) => [...Object.values(tIoU), ...Object.values(scene.tIoU)];
const withEvents = (script: ComparableScript, events: ComparableScript['events']) => ({ ...script, events });

function assertPerfect(evaluation: Evaluation): void {
  assert.equal(evaluation.overall, 100);
  assert.equal(evaluation.scene.overall, 100);
  for (const [field, score] of fieldsOf(evaluation)) assert.deepEqual(score, full, field);
}

describe('an evaluation', () => {
  it('gives identical scripts 100 in everything', () => {
    always(
      fc.property(scriptPlan(), (plan) => {
        const evaluation = evaluateScripts(tell(plan), tell(plan));
        assertPerfect(evaluation);
        for (const hits of hitsOf(evaluation)) assert.equal(hits, 100);
      }),
    );
  });

  it('lowers tIoU only where everything is less than 30 s late or early', () => {
    always(
      fc.property(scriptPlan(), fc.integer({ min: -29_999, max: 29_999 }), (plan, byMs) => {
        const late = evaluateScripts(shifted(tell(plan), byMs), tell(plan));
        assertPerfect(late);
        for (const hits of hitsOf(late)) assert.ok(hits <= 100);
      }),
    );
    const plan = fc.sample(scriptPlan(8), { numRuns: 1, seed: 7 })[0] as ScriptPlan;
    assert.ok(evaluateScripts(shifted(tell(plan), 25_000), tell(plan)).tIoU['0.5'] < 100);
  });

  it('lowers recall only where an event is missing', () => {
    always(
      fc.property(scriptPlan(1), fc.nat(), (plan, choice) => {
        const script = tell(plan);
        const dropped = choice % script.events.length;
        const less = evaluateScripts(withEvents(script, script.events.toSpliced(dropped, 1)), script);
        for (const field of eventFields) {
          const has = script.events[dropped]?.[field] !== undefined;
          if (less.fields[field]) assert.equal(less.fields[field].precision, 100, field);
          if (has) assert.ok(less.fields[field]!.recall < 100, field);
          else if (less.fields[field]) assert.equal(less.fields[field].recall, 100, field);
        }
      }),
    );
  });

  it('lowers precision only where an event is invented', () => {
    always(
      fc.property(scriptPlan(1), scriptPlan(1), fc.nat(60_000), (plan, other, startMs) => {
        const script = tell(plan);
        const [stranger] = tell(other).events;
        const invented = { ...stranger!, startMs, endMs: startMs + 1000 };
        const more = evaluateScripts(withEvents(script, [...script.events, invented]), script);
        for (const field of eventFields) {
          const score = more.fields[field];
          if (score && script.events.some((event) => event[field] !== undefined))
            assert.equal(score.recall, 100, field);
          if (invented[field] !== undefined) assert.ok(score!.precision < 100, field);
          else if (score) assert.equal(score.precision, 100, field);
        }
        assert.deepEqual(more.tIoU, { '0.1': 100, '0.3': 100, '0.5': 100 });
      }),
    );
  });

  it('leaves out fields that neither script has, and takes signs without words for nothing', () => {
    const plan = fc.sample(scriptPlan(5), { numRuns: 1, seed: 3 })[0] as ScriptPlan;
    const silent = tell({ ...plan, events: plan.events.map((event) => ({ ...event, texts: { action: ['a'] } })) });
    const { fields } = evaluateScripts(silent, silent);
    assert.deepEqual(Object.keys(fields).sort(), ['action', 'character']);
    const dotted = withEvents(
      silent,
      silent.events.map((event) => ({ ...event, dialogue: '……' })),
    );
    assert.deepEqual(evaluateScripts(dotted, silent), evaluateScripts(silent, silent));
  });

  it('gives 100 to a script in which everybody has a name that the reference does not know', () => {
    always(
      fc.property(scriptPlan(), fc.boolean(), (plan, isSpokenToo) => {
        const renamed = tell(plan, unseenNames, isSpokenToo ? unseenNames : seenNames);
        assertPerfect(evaluateScripts(renamed, tell(plan)));
        assertPerfect(evaluateScripts(tell(plan), renamed));
      }),
    );
  });

  it('lowers character where two known names are swapped', () => {
    always(
      fc.property(
        scriptPlan(2),
        fc.nat(peopleCount - 1),
        fc.integer({ min: 1, max: peopleCount - 1 }),
        (plan, a, step) => {
          const b = (a + step) % peopleCount;
          fc.pre([a, b].every((person) => plan.events.some((event) => event.person === person)));
          const swapped = seenNames.with(a, seenNames[b]!).with(b, seenNames[a]!);
          const { fields } = evaluateScripts(tell(plan, swapped, seenNames), tell(plan));
          assert.ok(fields.character!.f1 < 100);
        },
      ),
    );
  });

  it('swaps precision and recall, to the bit, where prediction and reference are swapped', () => {
    always(
      fc.property(scriptPlan(), scriptPlan(), fc.nat(1000), fc.nat(2), (plan, other, seed, kind) => {
        const script = tell(plan);
        const names = kind === 0 ? seenNames : unseenNames.with(2, 'Mara');
        const rival = kind < 2 ? spoiled(tell(plan, names), 0.5, seededRandom(seed)) : tell(other, names);
        const there = evaluateScripts(rival, script);
        const back = evaluateScripts(script, rival);
        assert.equal(there.overall, back.overall);
        assert.equal(there.scene.overall, back.scene.overall);
        const turned = fieldsOf(back).map(([field, { precision, recall, f1 }]) => [
          field,
          { precision: recall, recall: precision, f1 },
        ]);
        assert.deepEqual(fieldsOf(there), turned);
      }),
    );
  });

  it('swaps them even where nothing but chance tells events and characters apart', () => {
    const event = fc.record({
      startMs: fc.constantFrom(0, 1000, 2000),
      character: fc.constantFrom('A', 'B', 'C'),
      dialogue: fc.constantFrom('snow', 'rain'),
      action: fc.option(fc.constantFrom('snow', 'rain'), { nil: undefined }),
    });
    const script = (prefix: string) =>
      fc.array(event, { minLength: 1, maxLength: 6 }).map((events) =>
        withEvents(
          tell({ events: [], places: [] }),
          events.map(({ character, startMs, ...said }) => ({
            ...{ startMs, endMs: startMs + 1000, hasExplicitEnd: true, character: `${prefix} ${character}` },
            ...said,
          })),
        ),
      );
    fc.assert(
      fc.property(script('Man'), script('Woman'), (one, other) => {
        const [there, back] = [evaluateScripts(one, other), evaluateScripts(other, one)];
        for (const [field, { precision, recall }] of Object.entries(there.fields))
          assert.deepEqual(
            [back.fields[field as 'action']!.recall, back.fields[field as 'action']!.precision],
            [precision, recall],
          );
      }),
      { numRuns: 2000 },
    );
  });

  it('is the same to the bit each time', () => {
    always(
      fc.property(scriptPlan(), fc.nat(), (plan, seed) => {
        const evaluate = () => evaluateScripts(spoiled(tell(plan), 0.4, seededRandom(seed)), tell(plan));
        assert.equal(JSON.stringify(evaluate()), JSON.stringify(evaluate()));
      }),
    );
  });

  it('gives less, on average, the more a script is spoiled', () => {
    const scripts = fc.sample(scriptPlan(10), { numRuns: 60, seed: 5 }).map((plan) => tell(plan));
    const means = Array.from({ length: 11 }, (_, level) => {
      const scores = scripts.map(
        (script, n) => evaluateScripts(spoiled(script, level / 10, seededRandom(n)), script).overall,
      );
      return scores.reduce((sum, score) => sum + score, 0) / scores.length;
    });
    assert.equal(means[0], 100);
    for (const [level, mean] of means.entries()) if (level > 0) assert.ok(mean < means[level - 1]!, means.join(' '));
  });
});
