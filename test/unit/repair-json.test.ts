import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FabulaError } from '../../schema/errors.js';
import { type JsonScalar, leavesOf } from '../../src/formats/repair/json-tree.js';
import { type RepairedJson, repairJson } from '../../src/formats/repair/repair-json.js';
import { type Broken, brokenDocuments, documents, type Json, layOut } from './broken-json.fixture.js';

/** Leaves that survive, plus those of the report: how often each is there. */
function accountedFor({ value, report }: RepairedJson): Map<JsonScalar, number> {
  const counts = new Map<JsonScalar, number>();
  const add = (leaf: JsonScalar, times: number) => counts.set(leaf, (counts.get(leaf) ?? 0) + times);
  for (const leaf of leavesOf(value)) add(leaf, 1);
  for (const { was = [], now = [] } of report) {
    for (const leaf of was) add(leaf, 1);
    for (const leaf of now) add(leaf, -1);
  }
  return counts;
}

/** Leaves that occur once, that nothing was done to, and that are not accounted for exactly once. */
function miscounted({ untouched }: Broken, repaired: RepairedJson): Json[] {
  const counts = accountedFor(repaired);
  return untouched.filter((leaf) => typeof leaf !== 'boolean' && leaf !== null && counts.get(leaf as string) !== 1);
}

function readOrRefuse(text: string): RepairedJson | undefined {
  try {
    return repairJson(text);
  } catch (error) {
    assert.ok(error instanceof FabulaError, String(error));
    assert.equal(error.code, 'SCRIPT_UNREADABLE');
    assert.match(error.message, /^Line \d+, column \d+: /);
    return undefined;
  }
}

const read = (text: string) => repairJson(text).value;
const reasons = (text: string) =>
  repairJson(text).report.map(({ line, column, reason }) => `${line}:${column} ${reason}`);
const refusal = (text: string) => {
  try {
    repairJson(text);
  } catch (error) {
    return (error as FabulaError).message;
  }
  return assert.fail('It was read.');
};

describe('broken JSON', function () {
  // About 12 s of CPU.
  this.timeout(300_000);

  it('loses no leaf that is not in the report, whatever was done to it; of slips in syntax, 96 % are read', () => {
    let [slips, readSlips] = [0, 0];
    const property = fc.property(brokenDocuments, (broken) => {
      const repaired = readOrRefuse(broken.text);
      if (broken.isSyntactic) slips++;
      if (broken.isSyntactic && repaired) readSlips++;
      if (repaired) assert.deepEqual(miscounted(broken, repaired), [], broken.kind);
    });
    fc.assert(property, { numRuns: 2000, seed: 20, endOnFailure: true });
    assert.ok(slips > 1000, `only ${slips} slips`);
    assert.ok(readSlips >= 0.96 * slips, `${readSlips} of ${slips} slips are read`);
  });

  it('is read as it is where it is not broken', () => {
    const property = fc.property(documents, fc.constantFrom(0, 2), (document, indent) => {
      const repaired = repairJson(layOut(document, indent).text);
      assert.deepEqual(repaired, { ...repaired, value: document, report: [] });
    });
    fc.assert(property, { numRuns: 200 });
  });

  it('never ends in anything but an error of ours, be it text or noise', () => {
    const noise = fc.string({ unit: fc.constantFrom(...'{}[],:"\'\\/*#`“ \n\u0000aN1-.e+é富'), maxLength: 60 });
    fc.assert(
      fc.property(fc.oneof(noise, fc.string()), (text) => void readOrRefuse(text)),
      { numRuns: 1000 },
    );
  });

  const whole = { a: [1, 'x'], b: { c: true, d: null } };
  const readings: Readonly<Record<string, string>> = {
    'comments and trailing commas': '{ "a": [1, "x",], // one\n "b": { "c": true, /* two */ "d": null, }, }',
    'comments of other languages': '{ "a": [1, "x"],\n # one\n "b": { "c": true, "d": null } }',
    'single quotes and bare keys': "{ a: [1, 'x'], 'b': { c: true, d: null } }",
    'literals of Python': "{'a': [1, 'x'], 'b': {'c': True, 'd': None}}",
    'a fence with talk around it': 'Here:\n```json\n{"a": [1, "x"], "b": {"c": true, "d": null}}\n```\nEnjoy [1]!',
    'thoughts first': '<think>{so} [1]</think>\n{"a": [1, "x"], "b": {"c": true, "d": null}}',
    'JSONP and an assignment': 'data = load({"a": [1, "x"], "b": {"c": true, "d": null}});',
    'brackets that nobody closed': '{"a": [1, "x"], "b": {"c": true, "d": null',
    'a bracket too many': '{"a": [1, "x"]], "b": {"c": true, "d": null}}}',
    'commas that nobody wrote': '{"a": [1 "x"] "b": {"c": true\n"d": null}}',
    'a colon that nobody wrote': '{"a" [1, "x"], "b": {"c": true, "d": null}}',
    'a quotation mark that nobody wrote before a colon': '{"a: [1, "x"], "b": {"c": true, "d": null}}',
    'a quotation mark that nobody wrote before a bracket': '{"a": [1, "x], "b": {"c": true, "d": null}}',
    'a key that stands in curly quotes': '{“a”: [1, “x”], “b”: {“c”: true, “d”: null}}',
    'text that was quoted twice': '{\\"a\\": [1, \\"x\\"], \\"b\\": {\\"c\\": true, \\"d\\": null}}',
  };
  for (const [what, text] of Object.entries(readings))
    it(`is read with ${what}`, () => {
      assert.deepEqual(read(text), whole);
      assert.notDeepEqual(repairJson(text).report, []);
    });

  it('is read with line breaks and quotation marks inside strings', () => {
    assert.deepEqual(read('{"a": "one\ntwo", "b": "He said "yes", and left", "c": "a\\d"}'), {
      ...{ a: 'one\ntwo', b: 'He said "yes", and left', c: 'a\\d' },
    });
  });

  it('says what was changed, where, and why', () => {
    assert.deepEqual(reasons('{"a": 1\n "b": [2,],\n "c": NaN}'), [
      '1:8 “,” was missing here.',
      '2:9 “,” was left out.',
      '3:7 “NaN” was read as “"NaN"”.',
      '3:7 NaN is no number: read as null.',
    ]);
    const [comment] = repairJson('{"meta": {"x": 1, // so so\n "y": 2}}').report;
    assert.deepEqual(comment, {
      ...{ what: 'LOST', path: '$.meta', line: 1, column: 19, reason: 'Comments are not kept.', text: '// so so' },
    });
  });

  it('keeps both values of a doubled key: one stands, the other is in the report', () => {
    const { value, report } = repairJson('{"Line": "one", "Age": 2, "Line": {"x": ["two"]}}');
    assert.deepEqual(value, { Line: { x: ['two'] }, Age: 2 });
    assert.deepEqual(report, [
      {
        ...{ what: 'LOST', path: '$.Line', line: 1, column: 2, was: ['one'] },
        reason: 'The key "Line" stands here more than once: the last value is taken, this one was "one".',
      },
    ]);
  });

  it('keeps numbers that JSON cannot hold in the report', () => {
    const { value, report } = repairJson('[NaN, -Infinity, 1e999, 12345678901234567890, 0.30000000000000000000, 007]');
    assert.deepEqual(value, [null, null, null, 12345678901234567000, 0.3, '007']);
    assert.deepEqual(
      report.flatMap(({ was = [] }) => was),
      ['NaN', '-Infinity', '1e999', '12345678901234567890'],
    );
  });

  it('leaves out a value that makes no sense, and says so', () => {
    const { value, report } = repairJson(
      '{"meta": {"title": "A title that is long enough"}, "script": [{"a": 1, "b": 7 or [so, "c": "some more text"}, 2, 3]}',
    );
    assert.deepEqual(value, {
      meta: { title: 'A title that is long enough' },
      script: [{ a: 1, c: 'some more text' }, 2, 3],
    });
    assert.deepEqual(
      report.filter(({ what }) => what === 'LOST').map(({ what, text }) => ({ what, text })),
      [{ what: 'LOST', text: ' "b": 7 or [so,' }],
    );
  });

  it('harms nobody by keys such as __proto__', () => {
    const text = '{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 2}}}';
    const value = read(text) as Record<string, unknown>;
    assert.equal(JSON.stringify(value), text.replaceAll(': ', ':').replaceAll(', ', ','));
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
    assert.equal(Object.getPrototypeOf(value), Object.prototype);
  });

  it('is refused with line and column where its meaning is not certain', () => {
    assert.match(refusal('{"Age": 3 {"x" }, ] : }'), /^Line 1, column 11: “,” or “}” was expected, not "{"\.$/);
    assert.match(refusal('{"a": one of them\nsaid: no, the other {yes}'), /^Line 2, column \d+: /);
    assert.match(refusal('hello'), /^Line 1, column 1: there is no JSON in it\.$/);
    assert.match(refusal(''), /no JSON/);
  });

  it('is refused when it is nested too deep, or too long, at once', () => {
    assert.match(refusal('['.repeat(100_000)), /nested deeper than 200/);
    assert.match(refusal(`{${'"a":{'.repeat(300)}`), /nested deeper than 200/);
    assert.match(refusal(`{a: ${'['.repeat(100_000)}`), /nested/);
    assert.match(refusal(`{a:${' '.repeat(2 ** 24)}1}`), /too long to repair|was expected/);
  });

  it('comes to an end with whatever goes on and on', () => {
    for (const unit of ["'a',", '1 ', '"a\n', '{"a":1}\n', '1,,', ':]"[,{}', 'a"b ', '1,//x\n'])
      readOrRefuse(`[${unit.repeat(3_000 / unit.length)}`);
  });
});
