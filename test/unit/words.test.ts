import assert from 'node:assert/strict';
import fc from 'fast-check';
import { explainMatch } from '../../graph/snippets.js';
import { spanOf, spans } from '../../graph/spans.js';
import { matchExpression } from '../../graph/sqlite/match-expression.js';
import { fold, occurrencesOf, phrasesOf, wordsOf } from '../../graph/words.js';

const indexed = (text: string) =>
  wordsOf(text)
    .map(({ folded }) => folded)
    .join(' ');
const asked = (query: string) => matchExpression(phrasesOf(query));

describe('words for the full-text index', () => {
  it('are split at everything that is no letter, digit or mark, and folded', () => {
    assert.equal(indexed('Where’s the Ærø-café, Nº5?'), 'where s the aero cafe no5');
    assert.equal(indexed('Привет, мир! ЙОД'), 'привет мир йод');
    assert.equal(indexed('ＦＵＬＬ width'), 'full width');
    assert.equal(indexed(' \0 "*()–'), '');
  });

  it('of scripts without spaces are pairs, the last character alone', () => {
    assert.equal(indexed('荣华富贵'), '荣华 华富 富贵 贵');
    assert.equal(indexed('我'), '我');
    assert.equal(indexed('第3集 EP3'), '第 3 集 ep3');
    assert.equal(indexed('スーパー'), 'スー ーパ パー ー');
    assert.equal(indexed('ｶﾞｷﾞ'), 'ガギ ギ');
    assert.equal(indexed('𠮷野家'), '𠮷野 野家 家');
  });

  it('say where they stand in the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'é', '富', '𠮷', 'ｶ', 'ﾞ', ' ', '’', '\ud800') }), (text) => {
        for (const { folded, start, end } of wordsOf(text)) {
          assert.ok(0 <= start && start < end && end <= text.length);
          assert.ok(fold(text.slice(start, end)).includes(folded));
        }
      }),
    );
  });

  it('make of a query phrases that all must be found, every word quoted', () => {
    assert.equal(asked('don’t Panic'), '"don t" AND "panic"');
    assert.equal(asked('荣华富贵'), '"荣华 华富 富贵"');
    assert.equal(asked('富 café富贵'), '"富" * AND "cafe" AND "富贵"');
    assert.equal(asked('" OR ^ NEAR( -'), '"or" AND "near"');
    assert.equal(asked('  *  '), '');
  });

  it('are found again in any text that holds them', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', 'é', '富', '贵', '𠮷', 'カ', ' ', '-'), minLength: 1 });
    fc.assert(
      fc.property(texts, texts, texts, (before, sought, after) => {
        const words = wordsOf(`${before} ${sought} ${after}`);
        for (const phrase of phrasesOf(sought)) assert.ok(occurrencesOf(phrase, words).length > 0, phrase.typed);
      }),
    );
  });
});

describe('a snippet', () => {
  const shown = (text: string, query: string) =>
    explainMatch([{ column: 'said', field: 'text', text }], phrasesOf(query));

  it('marks matches, touching ones as one, and cuts long texts around the first', () => {
    assert.equal(shown('荣华富贵都是你的', '荣华富贵').snippet, '‹荣华富贵›都是你的');
    assert.equal(shown('a rose is a rose', 'rose').snippet, 'a ‹rose› is a ‹rose›');
    const long = `${'so '.repeat(100)}dragon ${'la '.repeat(100)}`.trim();
    const { snippet } = shown(long, 'dragon');
    assert.match(snippet, /^…[so ]{40,50}‹dragon› [la ]{90,110}…$/);
    assert.ok(!/[\ud800-\udbff](?![\udc00-\udfff])/.test(shown(`${'𠮷'.repeat(99)} x`, 'x').snippet));
  });

  it('tells which field held which of the words', () => {
    const texts = [
      { column: 'seen', field: 'location', text: 'A café' },
      { column: 'seen', field: 'mood', text: 'dark and cold' },
    ] as const;
    assert.deepEqual(explainMatch(texts, phrasesOf('cold dark cafe')), {
      snippet: '‹dark› and ‹cold›',
      reasons: ['location: cafe', 'mood: cold dark'],
    });
  });
});

describe('span classes', () => {
  it('hold every interval that is longer than a moment', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 2), fc.integer({ min: 2, max: 2 ** 31 - 1 }), (startMs, lengthMs) => {
        const span = spanOf(startMs, startMs + lengthMs)!;
        assert.ok(span >= lengthMs && spans.every((shorter) => shorter >= span || shorter < lengthMs));
      }),
    );
    assert.equal(spanOf(5, 6), undefined);
    assert.equal(spanOf(0, 0), undefined);
  });
});
