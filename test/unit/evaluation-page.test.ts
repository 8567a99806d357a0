import assert from 'node:assert/strict';
import { writeEvaluationPage } from '../../src/formats/evaluation/page.js';
import type { ComparableScript } from '../../src/narrative/evaluation/comparable-script.js';
import { compareScripts } from '../../src/narrative/evaluation/compare-scripts.js';
import { scoreComparison } from '../../src/narrative/evaluation/evaluate.js';
import { explainComparison } from '../../src/narrative/evaluation/explain.js';

const script = (lines: readonly string[], person: string): ComparableScript => ({
  ...{ title: 'a film', durationMs: 600_000, characters: [], hasEstimatedTimes: false },
  scenes: [0, 300_000].map((startMs) => ({ startMs, endMs: startMs + 300_000, location: '<script>alert(1)</script>' })),
  events: lines.map((dialogue, n) => ({
    ...{ startMs: n * 100_000, endMs: n * 100_000 + 5000, hasExplicitEnd: false },
    ...{ dialogue, character: person },
  })),
});

const pageOf = (predicted: ComparableScript, reference: ComparableScript, names = ['a.json', 'b.json']) => {
  const comparison = compareScripts(predicted, reference);
  return writeEvaluationPage({
    ...{ predicted: names[0]!, reference: names[1]! },
    ...{ evaluation: scoreComparison(comparison), findings: explainComparison(comparison) },
  });
};

describe('the page of an evaluation', () => {
  const lines = ['Where have you been?', '"Out" & about', 'Lock it behind me.', 'I will.'];
  const claimed = ['Where were you?', '"Out" & about', '</td><img src=x onerror="alert(1)">', 'I will.'];
  const page = pageOf(script(claimed, 'M<b>an'), script(lines, 'Mara'), ['<i>a', 'b']);

  it('runs and shows nothing of what scripts and their names hold', () => {
    assert.ok(!page.includes('<img') && !page.includes('<i>a') && !page.includes('M<b>an'));
    assert.ok(page.includes('&lt;/td&gt;&lt;img src=x onerror=&quot;alert(1)&quot;&gt;'));
    assert.equal(page.match(/<script/g)?.length, 1);
    assert.match(page, /Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
  });

  it('needs no other file', () => {
    assert.ok(!/(src|href)=/.test(page.replaceAll(/&quot;|src=x/g, '')));
    assert.ok(!/url\(|@import/.test(page));
  });

  it('tells who compared, who is who, the scores and the worst first', () => {
    assert.match(page, /Judged by fabula-lexical, version 1/);
    assert.match(page, /<bdi>M&lt;b&gt;an<\/bdi> → <bdi>Mara<\/bdi> <small>by what they say and do/);
    assert.match(page, /does not say when all events end/);
    const kinds = [...page.matchAll(/data-finding="(\w+)"/g)].map(([, kind]) => kind);
    assert.equal(kinds.length, 4);
    assert.ok(page.indexOf('Lock it behind me.') < page.indexOf('Where were you?'));
    assert.match(page, /<summary>2 events without a mistake/);
  });

  it('says so where nothing is wrong', () => {
    const right = pageOf(script(lines, 'Mara'), script(lines, 'Mara'));
    assert.match(right, /worst first<\/h2>[\s\S]*<p>Nothing\.<\/p>/);
  });
});
