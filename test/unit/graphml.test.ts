/** GraphML: the whole narrative there and back, and what comes from strangers. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatOf } from '../../src/formats/formats.js';
import { graphMl } from '../../src/formats/graphml.js';
import { exportable } from '../../src/formats/json.js';
import { buildNarrative, narrativePlans, shortPlans } from '../narratives.js';

const write = graphMl.write!;
const read = (text: string) => graphMl.read!(text, { episodeId: 'other' }).narrative;

const short = shortPlans(2, 2, 2).map((plan) => buildNarrative(plan));
/** Texts with what XML takes for mark-up, changes, or cannot hold. */
const hardTexts = fc.string({
  unit: fc.constantFrom(...'a <>&"\'\n\r\t', ']]>', '&amp;', '<!--', '\0', '\uFFFE', '\uD800', '🐉', '\u0085', '富'),
  maxLength: 8,
});

describe('GraphML', () => {
  it('gives every narrative back, but for identity embeddings', () => {
    fc.assert(
      fc.property(short, hardTexts, (narrative, text) => {
        const hard = { ...narrative, cues: narrative.cues.map((cue) => ({ ...cue, text })) };
        const { text: xml, dropped } = write(hard);
        assert.deepEqual(read(xml), exportable(hard));
        assert.ok(!xml.includes('identityembedding'));
        assert.deepEqual(
          dropped.map(({ what, count }) => [what, count]),
          hard.embeddings.length > 0 ? [['embeddings', hard.embeddings.length]] : [],
        );
      }),
      { numRuns: 1_000 },
    );
  });

  it('tells that what looks were rated as is left out', () => {
    const [plan] = fc.sample(narrativePlans, { numRuns: 1, seed: 3 });
    const film = buildNarrative(plan!);
    const [scene, ...scenes] = film.scenes;
    const rated = { ...scene!, foreign: { skyscript: { withheld: { source: { 'Facial Attractiveness': 7 } } } } };
    const { text: xml, dropped } = write({ ...film, scenes: [rated, ...scenes] });
    assert.ok(!xml.includes('Attractiveness'));
    assert.equal(dropped.find(({ what }) => what === 'foreign.withheld')?.count, 1);
  });

  const [sample] = fc.sample(
    narrativePlans
      .filter(({ names, lines }) => names.length > 1 && lines.length > 1)
      .map((plan) => buildNarrative(plan)),
    { numRuns: 1, seed: 7 },
  );
  const { text } = write(sample!);

  it('is told by its content, and draws who does what where', () => {
    assert.equal(formatOf(text).name, 'graphml');
    for (const type of ['HAS_SCENE', 'HAS_SHOT', 'IN_SCENE'])
      assert.ok(text.includes(`<data key="edge.type.string">${type}</data>`));
    const ids = new Set([...text.matchAll(/<node id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, source, target] of text.matchAll(/<edge [^>]*source="([^"]*)" target="([^"]*)"/g))
      assert.ok(ids.has(source) && ids.has(target));
    const declared = new Set([...text.matchAll(/<key id="([^"]*)"/g)].map(([, id]) => id));
    for (const [, key] of text.matchAll(/<data key="([^"]*)"/g)) assert.ok(declared.has(key));
  });

  it('of others, cut off, or with a document type, is refused with a code', () => {
    const bomb = '<!DOCTYPE g [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><graphml><graph>&b;</graph></graphml>';
    const file = '<!DOCTYPE g [<!ENTITY x SYSTEM "file:///etc/passwd">]><graphml>&x;</graphml>';
    const deep = `${'<graphml>'.repeat(9_999)}${'</graphml>'.repeat(9_999)}`;
    for (const [wrong, message] of [
      [bomb, /document type/],
      [file, /document type/],
      [deep, /./],
      ['<graphml><graph/></graphml>', /no narrative of Fabula/],
      [text.slice(0, 5_000), /Line \d+/],
      [text.replace(/(<data key="node\.startMs\.int">)\d+/, '$1soon'), /startMs/],
      [text.replace('>Scene<', '>Sprite<'), /unknown kind/],
    ] as const)
      assert.throws(() => read(wrong), { code: 'SCRIPT_UNREADABLE', message });
    const dangling = text.replace(/(<data key="node\.sceneId\.string">)[^<]*/, '$1nowhere');
    assert.throws(() => read(dangling), { code: 'INVALID_NARRATIVE' });
    const newer = text.replace(/(narrativeVersion\.int">)1/, '$199');
    assert.throws(() => read(newer), { code: 'NARRATIVE_TOO_NEW' });
  });
});
