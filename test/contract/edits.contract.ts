import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Store } from '../../graph/store.js';
import type { Cue } from '../../schema/cue.js';
import type { Event } from '../../schema/event.js';
import { findProblems, nodeId } from '../../schema/narrative.js';
import { chooseCorrection } from '../corrections.js';
import { buildNarrative, movedBoundaries, narrativePlans } from '../narratives.js';
import { allOf, film, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

export function editsContract(open: OpenStore, runs: RunsOf): void {
  describe('edits', () => {
    const under = withStore(open);
    const id = 'episode:film';
    const cues = [{ startMs: 1_000, endMs: 2_000, text: 'Were is the dragon?' }];
    const cueId = nodeId(id, 'cue', 1_000);
    const author = 'anna';
    const say = (store: Store, value: string) => store.correct({ nodeId: cueId, field: 'text', value, author });
    const cueText = async (store: Store) => ((await store.nodes([cueId]))[0] as Cue).text;

    it('change what is read and searched, in lists, neighbours and the line that rests on the cue', async () => {
      const { store } = under;
      const base = film({ cues });
      await store.replaceEpisode(base);
      const edit = await say(store, 'Where is the dragon?');
      assert.deepEqual([edit.state, edit.author, edit.appliedTo, edit.episodeId], ['APPLIED', author, cueId, id]);
      assert.deepEqual(edit.operation, { operation: 'CORRECT', field: 'text', value: 'Where is the dragon?' });
      assert.deepEqual(edit.anchor, {
        nodeId: cueId,
        kind: 'Cue',
        startMs: 1_000,
        endMs: 2_000,
        oldValue: cues[0]!.text,
      });
      assert.ok(!Number.isNaN(Date.parse(edit.at)));
      assert.equal((await store.cues(id, { first: 1 })).edges[0]!.node.text, 'Where is the dragon?');
      assert.equal(((await store.nodes([nodeId(id, 'event', 1_000)]))[0] as Event).dialogue, 'Where is the dragon?');
      assert.equal((await store.search({ text: 'where' }, { first: 9 })).edges.length, 1);
      assert.equal((await store.search({ text: 'were' }, { first: 9 })).edges.length, 0);
      assert.deepEqual(await store.readNarrative(id, 'base'), base);
    });

    it('can be undone, once, in any order', async () => {
      const { store } = under;
      const base = film({ cues });
      await store.replaceEpisode(base);
      const [one, two] = [await say(store, 'one'), await say(store, 'two')];
      const undone = await store.undo(one.id);
      assert.deepEqual([undone.state, undone.appliedTo], ['UNDONE', undefined]);
      assert.equal(await cueText(store), 'two');
      await store.undo(two.id);
      assert.deepEqual(await store.readNarrative(id, 'effective'), base);
      await assert.rejects(store.undo(one.id), { code: 'CONFLICT' });
      await assert.rejects(store.undo('x'), { code: 'NOT_FOUND' });
    });

    it('are refused for what is not there, cannot be corrected, or does not fit', async () => {
      const { store } = under;
      const base = film({ cues });
      await store.replaceEpisode(base);
      const refused = (nodeId: string, field: string, value: unknown, code = 'INVALID_INPUT') =>
        assert.rejects(store.correct({ nodeId, field, value, author }), { code }, `${field} = ${value}`);
      await refused('x', 'text', 'y', 'NOT_FOUND');
      for (const field of [
        'id',
        'kind',
        'episodeId',
        'startMs',
        'provenance',
        'foreign',
        'nonsense',
        'constructor',
        '__proto__',
      ])
        await refused(cueId, field, 'x');
      await refused(nodeId(id, 'shot', 0), 'ordinal', 2);
      await refused(nodeId(id, 'shot', 0), 'sceneId', 'x');
      await refused(nodeId(id, 'shot', 0), 'mainSubjectIds', []);
      for (const value of [7, null, undefined, {}, ['x']]) await refused(cueId, 'text', value);
      await refused(cueId, 'source', 'HEARSAY');
      await refused(nodeId(id, 'shot', 0), 'highlightScore', 11);
      await refused(nodeId(id, 'shot', 0), 'highlightScore', Number.NaN);
      assert.deepEqual((await store.edits(id, { first: 9 })).edges, []);
      assert.deepEqual(await store.readNarrative(id, 'effective'), base);
    });

    it('are listed in the order in which they were made, page by page', async () => {
      const { store } = under;
      await store.replaceEpisode(film({ cues }));
      for (let n = 0; n < 5; n++) await say(store, `${n}`);
      for (const first of [1, 2, 100]) {
        const edits = await allOf((page) => store.edits(id, page), first);
        assert.deepEqual(
          edits.map(({ operation }) => operation.value),
          ['0', '1', '2', '3', '4'],
        );
      }
    });

    it('are replayed over a new analysis, or shown as orphaned until one brings their node back', async () => {
      const { store } = under;
      await store.replaceEpisode(film({ cues }));
      const edit = await say(store, 'Where is the dragon?');
      const moved = film({ cues: [{ ...cues[0]!, startMs: 1_100 }] });
      const [applied] = await store.replaceEpisode(moved);
      assert.deepEqual([applied!.state, applied!.appliedTo], ['APPLIED', nodeId(id, 'cue', 1_100)]);
      assert.equal((await store.readNarrative(id, 'effective'))!.cues[0]!.text, 'Where is the dragon?');
      const [orphaned] = await store.replaceEpisode(film());
      assert.deepEqual([orphaned!.id, orphaned!.state], [edit.id, 'ORPHANED']);
      assert.deepEqual(
        (await store.edits(id, { first: 9 })).edges.map(({ node }) => node.state),
        ['ORPHANED'],
      );
      assert.equal((await store.replaceEpisode(film({ cues })))[0]!.state, 'APPLIED');
      assert.equal(await cueText(store), 'Where is the dragon?');
    });

    it('made at the same time, in two processes and during an analysis, are all kept', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const lines = Array.from({ length: 8 }, (_, n) => ({
        startMs: n * 100,
        endMs: n * 100 + 100,
        text: `line ${n}`,
      }));
      await store.replaceEpisode(film({ cues: lines }));
      await Promise.all([
        ...lines.map(({ startMs }, n) =>
          [store, other][n % 2]!.correct({
            nodeId: nodeId(id, 'cue', startMs, n + 1),
            field: 'text',
            value: `said ${n}`,
            author,
          }),
        ),
        store.replaceEpisode(film({ cues: lines })),
        other.replaceEpisode(film({ cues: lines, title: 'Again' })),
      ]);
      const { cues: now } = (await store.readNarrative(id, 'effective'))!;
      assert.deepEqual(
        now.map(({ text }) => text),
        lines.map((_, n) => `said ${n}`),
      );
      assert.equal((await store.edits(id, { first: 100 })).edges.length, 8);
    });

    it('always leave a valid narrative; undoing all restores the last analysis', async () => {
      const { store } = under;
      const triple = fc.tuple(fc.nat(), fc.nat(), fc.nat());
      const stories = narrativePlans.chain((plan) =>
        fc.tuple(fc.constant(plan), movedBoundaries(plan), fc.array(triple, { minLength: 1, maxLength: 5 })),
      );
      await fc.assert(
        fc.asyncProperty(stories, async ([plan, moved, choices]) => {
          const [first, second] = [buildNarrative(plan), buildNarrative(moved)];
          const episodeId = first.episode.id;
          await store.replaceEpisode(first);
          for (const choice of choices) {
            const { node, field, value } = chooseCorrection(first, choice);
            await store.correct({ nodeId: node.id, field, value, author });
          }
          await store.replaceEpisode(second);
          assert.deepEqual(findProblems((await store.readNarrative(episodeId, 'effective'))!), []);
          const edits = await allOf((page) => store.edits(episodeId, page));
          assert.equal(edits.length, choices.length);
          for (const edit of edits.toReversed()) await store.undo(edit.id);
          assert.deepEqual(await store.readNarrative(episodeId, 'effective'), second);
        }),
        { numRuns: runs(15) },
      );
    });
  });
}
