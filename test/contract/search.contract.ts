import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchRequest } from '../../graph/store.js';
import type { Cue } from '../../schema/cue.js';
import { allOf, film, plain, provenance, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

export function searchContract(open: OpenStore, runs: RunsOf): void {
  describe('search', () => {
    const under = withStore(open);
    const palace = film({
      id: 'episode:palace',
      scenes: [{ location: 'Café Niño', description: 'A dragon sleeps on the roof.' }],
      shots: [{ action: 'The dragon wakes.' }],
      people: [{ name: 'Mara', aliases: ['The Dragon Queen'] }],
      cues: [
        { startMs: 0, endMs: 900, text: '荣华富贵都是你的' },
        { startMs: 1_000, endMs: 1_900, text: 'I don’t see a dragon here.', speakerTag: 'Mara' },
        { startMs: 2_000, endMs: 2_900, text: 'さくらの花' },
        { startMs: 3_000, endMs: 3_900, text: '서울의 봄' },
      ],
    });
    // A hit finds out why it was found when it is asked, so it is no plain object.
    const find = async (text: string, more: Omit<SearchRequest, 'text'> = {}, first = 100) =>
      plain(await allOf((page) => under.store.search({ text, ...more }, page), first));
    const snippets = async (text: string, more?: Omit<SearchRequest, 'text'>) =>
      (await find(text, more)).map(({ node, snippet }) => `${node.kind}: ${snippet}`);

    it('plays a character where they are first seen for a second or more, not where they flash up', async () => {
      const common = { episodeId: 'episode:film', provenance, kind: 'Appearance' as const };
      const person = { personId: 'episode:film:person:0000000' };
      const shot = { shotId: 'episode:film:shot:0002000' };
      const appearances = [
        { ...common, ...person, shotId: 'episode:film:shot:0000000', id: 'flash', startMs: 0, endMs: 67, atMs: 0 },
        { ...common, ...person, ...shot, id: 'seen', startMs: 2_100, endMs: 4_000, atMs: 2_100 },
      ];
      await under.store.replaceEpisode(film({ people: [{ name: 'Mara' }], more: { appearances } }));
      const [hit] = await find('mara', { kinds: ['Character'] });
      assert.deepEqual([hit?.startMs, hit?.endMs], [2_100, 4_000]);
    });

    it('finds words in any case, without their diacritics, and says what matched and where', async () => {
      await under.store.replaceEpisode(palace);
      assert.deepEqual(await snippets('CAFE nino'), ['Scene: ‹Café› ‹Niño›']);
      assert.deepEqual(await snippets('don’t'), ['Cue: I ‹don’t› see a dragon here.']);
      const [hit] = await find('see here');
      const { node, reasons, ...place } = hit!;
      assert.deepEqual(node, palace.cues[1]);
      assert.deepEqual(reasons, ['text: see here']);
      const { episode } = palace;
      assert.deepEqual(place, {
        episodeId: episode.id,
        startMs: 1_000,
        endMs: 1_900,
        snippet: 'I don’t ‹see› a dragon ‹here›.',
        score: 1,
      });
      assert.deepEqual(await find('see nothing'), [], 'all words must be there');
    });

    it('finds pairs and single characters of Chinese, Japanese and Korean', async () => {
      await under.store.replaceEpisode(palace);
      assert.deepEqual(await snippets('富贵'), ['Cue: 荣华‹富贵›都是你的']);
      assert.deepEqual(await snippets('荣华富贵'), ['Cue: ‹荣华富贵›都是你的']);
      for (const [one, shown] of [
        ['富', '荣华‹富›贵都是你的'],
        ['荣', '‹荣›华富贵都是你的'],
        ['的', '荣华富贵都是你‹的›'],
      ])
        assert.deepEqual(await snippets(one!), [`Cue: ${shown}`]);
      assert.deepEqual(await snippets('贵富'), []);
      assert.deepEqual(await snippets('くら'), ['Cue: さ‹くら›の花']);
      assert.deepEqual(await snippets('서울'), ['Cue: ‹서울›의 봄']);
    });

    it('finds what stands for several letters or digits by any way to write it', async () => {
      const texts = ['Add ¼ of it', '見よ㈠だ', 'peace ﷺ'];
      const cues = texts.map((text, n) => ({ startMs: n, endMs: n + 500, text }));
      await under.store.replaceEpisode(film({ cues }));
      for (const typed of ['¼', '1/4', '1⁄4 of']) assert.equal((await snippets(typed)).length, 1, typed);
      assert.deepEqual(await snippets('¼'), ['Cue: Add ‹¼› of it']);
      for (const typed of ['㈠', '見よ一だ']) assert.deepEqual((await find(typed)).length, 1, typed);
      for (const typed of ['ﷺ', 'الله']) assert.deepEqual(await snippets(typed), ['Cue: peace ‹ﷺ›'], typed);
    });

    it('finds a line once, as its cue; as its event where cues are not looked for', async () => {
      await under.store.replaceEpisode(palace);
      assert.deepEqual(
        (await find('富贵')).map(({ node }) => node.kind),
        ['Cue'],
      );
      assert.deepEqual(
        (await find('富贵', { kinds: ['Event'] })).map(({ node }) => node.kind),
        ['Event'],
      );
      assert.deepEqual(await find('富贵', { kinds: ['Scene', 'Shot'] }), []);
    });

    it('goes by score, best first, then id, scores 0…1, and pages of any size show the same', async () => {
      const { store } = under;
      // More that are equally good than a first look at a page of one goes through.
      const cues = Array.from({ length: 48 }, (_, n) => ({
        startMs: n * 10,
        endMs: n * 10 + 9,
        text: n % 3 ? 'dragon' : 'a dragon of the north',
      }));
      await store.replaceEpisode(palace);
      await store.replaceEpisode(film({ cues }));
      const whole = await find('dragon');
      assert.deepEqual(new Set(whole.map(({ node }) => node.kind)), new Set(['Scene', 'Shot', 'Cue', 'Character']));
      for (const first of [1, 2, 5]) assert.deepEqual(await find('dragon', {}, first), whole);
      for (const [n, { score, node }] of whole.entries()) {
        const next = whole[n + 1];
        assert.ok(score > 0 && score <= 1);
        if (next) assert.ok(score > next.score || (score === next.score && node.id < next.node.id));
      }
      assert.equal(whole[0]!.score, 1);
    });

    it('keeps to an episode, a series and kinds', async () => {
      const { store } = under;
      const series = await store.ensureSeries('S');
      await store.replaceEpisode(palace);
      await store.replaceEpisode(
        film({
          id: 'episode:s',
          seriesId: series.id,
          people: [{ name: 'Dragon' }],
          cues: [{ startMs: 0, endMs: 9, text: 'dragon' }],
        }),
      );
      const found = async (more: Omit<SearchRequest, 'text'>) =>
        (await find('dragon', more)).map(({ episodeId, node }) => `${episodeId} ${node.kind}`).sort();
      assert.deepEqual(await found({ seriesId: series.id }), ['episode:s Character', 'episode:s Cue']);
      assert.deepEqual(await found({ episodeId: 'episode:s' }), ['episode:s Character', 'episode:s Cue']);
      assert.deepEqual(await found({ episodeId: 'episode:palace', kinds: ['Character', 'Shot'] }), [
        'episode:palace Character',
        'episode:palace Shot',
      ]);
      assert.deepEqual(await found({ episodeId: 'x' }), []);
      assert.deepEqual(await found({ seriesId: 'x' }), []);
    });

    it('reads hits without their heavy fields where these are not wanted, and explains them all the same', async () => {
      await under.store.replaceEpisode(palace);
      const [whole] = await find('see here');
      const [brief] = plain((await under.store.search({ text: 'see here' }, { first: 1, isBrief: true })).edges);
      const { provenance: _, ...node } = whole!.node as Cue;
      assert.deepEqual(brief?.node, { ...whole, node });
    });

    it('forgets what was replaced', async () => {
      const { store } = under;
      await store.replaceEpisode(palace);
      await store.replaceEpisode({ ...palace, cues: [], events: [], scenes: film({ id: 'episode:palace' }).scenes });
      assert.deepEqual(await find('富贵'), []);
      assert.deepEqual(await find('cafe'), []);
      assert.equal((await find('wakes')).length, 1);
    });

    it('cannot be broken or steered by what a user types', async () => {
      const { store } = under;
      await store.replaceEpisode(palace);
      const operators = [
        '"',
        '*',
        'AND',
        'OR',
        'NOT',
        'NEAR(a b)',
        'text:',
        'said:dragon',
        '^',
        '-',
        '(',
        '{said}',
        "'; DROP TABLE node;",
        '\0',
        '\ud800',
        ' ',
      ];
      const hostile = fc.oneof(
        fc.string({ unit: 'binary', maxLength: 80 }),
        fc.array(fc.constantFrom(...operators, 'dragon', '富贵'), { maxLength: 12 }).map((parts) => parts.join(' ')),
        fc.constant('dragon '.repeat(400)),
        fc.constant('"'.repeat(2_000)),
      );
      await fc.assert(
        fc.asyncProperty(hostile, async (text) => {
          const { edges } = await store.search({ text }, { first: 5 });
          for (const { node } of edges) assert.ok(node.score > 0 && node.score <= 1);
          await store.facets({ text });
          await store.shots('episode:palace', { first: 1 }, undefined, { dialogue: text, location: text });
        }),
        { numRuns: runs(120) },
      );
      assert.deepEqual(await find('said:dragon'), [], 'a colon makes no column');
      assert.deepEqual(await find('drag*'), [], 'a star makes no prefix');
    });

    it('counts hits, or all nodes, by kind, episode and speaker', async () => {
      const { store } = under;
      await store.replaceEpisode(palace);
      await store.replaceEpisode(film({ cues: [{ startMs: 0, endMs: 9, text: 'A dragon!' }] }));
      const facets = async (request: SearchRequest) =>
        Object.fromEntries(
          (await store.facets(request)).map(({ field, values }) => [
            field,
            Object.fromEntries(values.map(({ value, count }) => [value, count])),
          ]),
        );
      assert.deepEqual(await facets({ text: 'dragon' }), {
        kind: { Cue: 2, Scene: 1, Shot: 1, Character: 1 },
        episode: { 'episode:palace': 3, 'episode:film': 1 },
        speaker: { Mara: 1 },
      });
      assert.deepEqual(await facets({ text: '', episodeId: 'episode:film' }), {
        kind: { Cue: 1, Event: 1, Scene: 1, Shot: 3 },
        episode: { 'episode:film': 6 },
        speaker: {},
      });
      assert.deepEqual((await facets({ text: '', kinds: ['Cue'] })).kind, { Cue: 5 });
      for (const kinds of [undefined, ['Cue' as const], ['Event' as const]])
        assert.deepEqual((await facets({ text: '', kinds })).speaker, { Mara: 1 });
    });
  });
}
