import { equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { luceneOf, within } from '../../graph/neo4j/lucene.js';
import { phrasesOf } from '../../graph/words.js';

const query = (text: string) => luceneOf(phrasesOf(text), ['said', 'name']);

describe('a search as a Lucene query', () => {
  it('wants every phrase, in any column, and weighs columns', () => {
    equal(query('Dragon'), '+(saidWords:"dragon"^4 nameWords:"dragon"^3)');
    equal(query('don’t see'), '+(saidWords:"don t"^4 nameWords:"don t"^3) +(saidWords:"see"^4 nameWords:"see"^3)');
    equal(query('富'), '+(saidWords:富*^4 nameWords:富*^3)');
    equal(query('荣华富'), '+(saidWords:"荣华 华富"^4 nameWords:"荣华 华富"^3)');
    equal(query('¼ ㈠'), '+(saidWords:"1 4"^4 nameWords:"1 4"^3) +(saidWords:一*^4 nameWords:一*^3)');
    equal(within(['e1', 'e2']), '+scopeWords:(e1 e2)^0');
  });

  it('holds nothing of what a user types but folded letters and digits', () => {
    const text = fc.string({ unit: 'binary', maxLength: 60 });
    // Letters and digits that stand for several characters.
    const widened = fc.stringMatching(/^[¼-¾⑴-⒛㈠-㈩ﷲ-ﷻﱞ-ﱣa一 ]{1,20}$/u);
    fc.assert(
      fc.property(fc.oneof(text, widened), (text) => {
        for (const phrase of phrasesOf(text))
          match(luceneOf([phrase], ['said']), /^\+\(saidWords:("[\p{L}\p{N}\p{M} ]+"|[\p{L}\p{N}\p{M}]+\*)\^4\)$/u);
      }),
    );
  });
});
