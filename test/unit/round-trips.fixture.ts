/** The law of every format that is both read and written: what was read of a text is written as that text, to the letter. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import type { Format } from '../../src/formats/format.js';

export interface Terms {
  /** Of a thousand texts, more than so many are readable: the law says nothing of the others. */
  readonly readable: number;
  /** What is said of the others. */
  readonly refusal?: RegExp;
  /** Whether it may tell of losses though the text is whole. */
  readonly mayTellLosses?: boolean;
}

export function givesTextsBack(format: Format, texts: fc.Arbitrary<string>, terms: Terms): void {
  let readable = 0;
  fc.assert(
    fc.property(texts, (text) => {
      const narrative = narrativeIn(format, text, terms.refusal);
      if (!narrative) return;
      readable++;
      assert.deepEqual(findProblems(narrative), []);
      const written = format.write!(narrative);
      assert.equal(written.text, text);
      if (!terms.mayTellLosses) assert.deepEqual(written.dropped, []);
    }),
    { numRuns: 1_000 },
  );
  assert.ok(readable > terms.readable, `${readable} were readable`);
}

/** The narrative in a text, unless there is none in it. */
export function narrativeIn(
  format: Format,
  text: string,
  refusal = /^(?:Line \d+\b|This .+ holds no )/,
): Narrative | undefined {
  try {
    return format.read!(text, { episodeId: 'ep' }).narrative;
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'SCRIPT_UNREADABLE', String(error));
    assert.match((error as Error).message, refusal);
    return undefined;
  }
}
