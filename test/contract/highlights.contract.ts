import assert from 'node:assert/strict';
import type { Highlight } from '../../schema/highlight.js';
import { film, provenance, withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

export function highlightsContract(open: OpenStore): void {
  describe('highlights', () => {
    const under = withStore(open);
    const withHighlights = (
      id: string,
      best: readonly (readonly [type: string, score: number])[],
      seriesId?: string,
    ) => {
      const highlights = best.map(
        ([type, score], n): Highlight => ({
          ...{ id: `${id}:highlight:${n}`, kind: 'Highlight', episodeId: id, provenance },
          ...{ type, score, startMs: 1_000 * n, endMs: 1_000 * (n + 1) },
          ...{ reasoning: {}, contributions: [], setupEventIds: [] },
        }),
      );
      return film({ id, seriesId, more: { highlights } });
    };

    it('are the best of an episode, a series or all, by score, then id', async () => {
      const { store } = under;
      const { id: seriesId } = await store.ensureSeries('A series');
      await store.replaceEpisode(
        withHighlights('one', [
          ['chase', 5],
          ['kiss', 9.5],
        ]),
      );
      await store.replaceEpisode(
        withHighlights(
          'two',
          [
            ['kiss', 5],
            ['chase', 10],
            ['kiss', 0],
          ],
          seriesId,
        ),
      );
      const found = async (request: Omit<Parameters<typeof store.highlights>[0], 'top'>, top = 100) =>
        (await store.highlights({ top, ...request })).map(
          ({ episodeId, type, score }) => `${episodeId} ${type} ${score}`,
        );

      const all = ['two chase 10', 'one kiss 9.5', 'one chase 5', 'two kiss 5', 'two kiss 0'];
      assert.deepEqual(await found({}), all);
      for (const top of [1, 2, 3, 4]) assert.deepEqual(await found({}, top), all.slice(0, top));
      assert.deepEqual(await found({ episodeId: 'one' }), ['one kiss 9.5', 'one chase 5']);
      assert.deepEqual(await found({ seriesId }), ['two chase 10', 'two kiss 5', 'two kiss 0']);
      assert.deepEqual(await found({ seriesId, episodeId: 'one' }), []);
      assert.deepEqual(await found({ episodeId: 'nobody' }), []);
      assert.deepEqual(await found({ minScore: 5, types: ['kiss', 'fall'] }), ['one kiss 9.5', 'two kiss 5']);
      assert.deepEqual(await found({ seriesId, minScore: 0.5, types: ['kiss'] }), ['two kiss 5']);
      assert.deepEqual(await found({ types: [] }), []);
      await assert.rejects(found({}, 0), { code: 'INVALID_INPUT' });
      await assert.rejects(found({}, 101), { code: 'INVALID_INPUT' });
    });

    it('leave with their episode, and change with it', async () => {
      const { store } = under;
      const scores = async () => (await store.highlights({ top: 10 })).map(({ score }) => score);
      await store.replaceEpisode(withHighlights('one', [['chase', 5]]));
      await store.replaceEpisode(
        withHighlights('one', [
          ['chase', 7],
          ['chase', 6],
        ]),
      );
      assert.deepEqual(await scores(), [7, 6]);
      await store.deleteEpisode('one');
      assert.deepEqual(await scores(), []);
    });
  });
}
