import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Keyframe } from '../../schema/keyframe.js';
import type { Narrative } from '../../schema/narrative.js';
import { narratives } from '../narratives.js';
import { allOf, film, provenance, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

export function episodesContract(open: OpenStore, runs: RunsOf): void {
  describe('episodes', () => {
    const under = withStore(open);

    it('come back as they were given, whatever they hold, base and effective', async () => {
      const { store } = under;
      await fc.assert(
        fc.asyncProperty(narratives, async (narrative) => {
          const { id } = narrative.episode;
          assert.deepEqual(await store.replaceEpisode(narrative), []);
          assert.deepEqual(await store.readNarrative(id, 'base'), narrative);
          assert.deepEqual(await store.readNarrative(id, 'effective'), narrative);
          assert.deepEqual(await store.episode(id), narrative.episode);
        }),
        { numRuns: runs(25) },
      );
    });

    it('are replaced whole, by whatever comes next', async () => {
      const { store } = under;
      const other = fc.tuple(narratives, narratives).map(([first, second]): [Narrative, Narrative] => {
        const text = JSON.stringify(second).replaceAll(second.episode.id, first.episode.id);
        return [first, JSON.parse(text) as Narrative];
      });
      await fc.assert(
        fc.asyncProperty(other, async ([first, second]) => {
          await store.replaceEpisode(first);
          await store.replaceEpisode(second);
          assert.deepEqual(await store.readNarrative(second.episode.id, 'effective'), second);
          assert.deepEqual(await store.readNarrative(second.episode.id, 'base'), second);
          assert.equal(await store.deleteEpisode(first.episode.id), true);
        }),
        { numRuns: runs(15) },
      );
      assert.deepEqual(await store.facets({ text: '' }).then((facets) => facets.flatMap(({ values }) => values)), []);
    });

    it('are refused with INVALID_NARRATIVE when they are not valid, and nothing changes', async () => {
      const { store } = under;
      const before = film();
      await store.replaceEpisode(before);
      const wrong = { ...before, shots: before.shots.map((shot) => ({ ...shot, sceneId: 'x' })) };
      await assert.rejects(store.replaceEpisode(wrong), { code: 'INVALID_NARRATIVE' });
      const thief = film({ id: 'episode:thief', more: { objects: [] } });
      const stolen = { ...thief, scenes: [{ ...thief.scenes[0]!, id: before.scenes[0]!.id }] };
      const withShots = { ...stolen, shots: stolen.shots.map((shot) => ({ ...shot, sceneId: before.scenes[0]!.id })) };
      await assert.rejects(store.replaceEpisode(withShots), { code: 'INVALID_NARRATIVE' });
      assert.equal(await store.episode('episode:thief'), undefined);
      assert.deepEqual(await store.readNarrative(before.episode.id, 'effective'), before);
    });

    it('are never seen half while they are replaced', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const cuts = Array.from({ length: 201 }, (_, n) => n * 40);
      const version = (action: string, count: number) =>
        film({ cuts: cuts.slice(0, count + 1), shots: cuts.slice(0, count).map(() => ({ action })) });
      const [old, young] = [version('old', 200), version('young', 150)];
      await store.replaceEpisode(old);
      let replacing = true;
      const replaced = (async () => {
        for (let n = 0; n < 6; n++) await store.replaceEpisode(n % 2 ? old : young);
        replacing = false;
      })();
      const seen = new Set<string>();
      while (replacing)
        for (const reader of [store, other]) {
          const narrative = await reader.readNarrative(old.episode.id, 'effective');
          const actions = new Set(narrative!.shots.map(({ action }) => action));
          seen.add(`${[...actions].join('+')}: ${narrative!.shots.length} of ${narrative!.episode.durationMs / 40}`);
        }
      await replaced;
      for (const state of seen) assert.match(state, /^(old: 200 of 200|young: 150 of 150)$/);
    });

    it('are found by film and series, and one film is one episode of a series', async () => {
      const { store } = under;
      const series = await store.ensureSeries('The café');
      assert.deepEqual(await store.ensureSeries('The café'), series);
      assert.deepEqual(await store.series(['x', series.id]), [undefined, series]);
      const sha256 = 'sha of episode:film';
      const alone = film();
      const inSeries = film({ id: 'episode:in-series', seriesId: series.id });
      const withSameFilm = { ...inSeries, episode: { ...inSeries.episode, media: alone.episode.media } };
      await store.replaceEpisode(alone);
      assert.equal((await store.findEpisode(sha256, series.id))?.id, undefined);
      await store.replaceEpisode(withSameFilm);
      assert.equal((await store.findEpisode(sha256))?.id, 'episode:film');
      assert.equal((await store.findEpisode(sha256, series.id))?.id, 'episode:in-series');
      assert.equal(await store.findEpisode('another'), undefined);
      const twin = { ...film({ id: 'episode:twin' }) };
      const sameFilm = { ...twin, episode: { ...twin.episode, media: alone.episode.media } };
      await assert.rejects(store.replaceEpisode(sameFilm), { code: 'CONFLICT' });
      await assert.rejects(store.replaceEpisode(film({ id: 'e', seriesId: 'series:x' })), { code: 'NOT_FOUND' });
    });

    it('are listed by title, then id, and by series', async () => {
      const { store } = under;
      const { id: seriesId } = await store.ensureSeries('S');
      for (const [id, title] of [
        ['d', 'B'],
        ['c', 'A'],
        ['b', 'B'],
        ['a', 'C'],
      ] as const)
        await store.replaceEpisode(film({ id, title, ...(id < 'c' && { seriesId }) }));
      const ids = async (first: number, of?: string) =>
        (await allOf((page) => store.episodes(page, of), first)).map(({ id }) => id);
      assert.deepEqual(await ids(100), ['c', 'b', 'd', 'a']);
      assert.deepEqual(await ids(1), ['c', 'b', 'd', 'a']);
      assert.deepEqual(await ids(2, seriesId), ['b', 'a']);
    });

    it('are deleted with all that hangs on them', async () => {
      const { store } = under;
      const narrative = film({ people: [{ name: 'Mara' }], cues: [{ startMs: 0, endMs: 900, text: 'Hello there' }] });
      await store.replaceEpisode(narrative);
      const edit = await store.correct({ nodeId: narrative.cues[0]!.id, field: 'text', value: 'Hi', author: 'a' });
      assert.equal(await store.deleteEpisode(narrative.episode.id), true);
      assert.equal(await store.deleteEpisode(narrative.episode.id), false);
      assert.equal(await store.episode(narrative.episode.id), undefined);
      assert.equal(await store.readNarrative(narrative.episode.id, 'base'), undefined);
      assert.deepEqual(await store.nodes([narrative.shots[0]!.id]), [undefined]);
      assert.deepEqual((await store.edits(narrative.episode.id, { first: 1 })).edges, []);
      assert.deepEqual((await store.search({ text: 'hi' }, { first: 1 })).edges, []);
      assert.deepEqual((await store.characters({ first: 1 }, {})).edges, []);
      await assert.rejects(store.undo(edit.id), { code: 'NOT_FOUND' });
    });

    it('release pictures and films that no other episode needs', async () => {
      const { store } = under;
      const showing = (id: string, ...imageIds: string[]) => {
        const plain = film({ id });
        const { id: shotId } = plain.shots[0]!;
        const keyframes = imageIds.map(
          (imageId, n): Keyframe => ({
            ...{ id: `${id}:keyframe:${n}`, kind: 'Keyframe', episodeId: id, provenance, shotId },
            ...{ atMs: n, imageId, sharpness: 1, valid: true },
          }),
        );
        return { ...plain, keyframes };
      };
      await store.replaceEpisode(showing('one', 'shared', 'old', 'kept'));
      await store.replaceEpisode(showing('two', 'shared'));
      assert.deepEqual(await store.releasedFiles(), { imageIds: [], mediaSha256s: [] });
      await store.replaceEpisode(showing('one', 'shared', 'new', 'kept'));
      assert.deepEqual(await store.releasedFiles(), { imageIds: ['old'], mediaSha256s: [] });
      await store.deleteEpisode('one');
      const released = await store.releasedFiles();
      assert.deepEqual(released, { imageIds: ['kept', 'new', 'old'], mediaSha256s: ['sha of one'] });
      await store.replaceEpisode(showing('one', 'new'));
      const left = { imageIds: ['kept', 'old'], mediaSha256s: [] };
      assert.deepEqual(await store.releasedFiles(), left, 'what is needed again is not released');
      await store.forgetReleasedFiles(left);
      assert.deepEqual(await store.releasedFiles(), { imageIds: [], mediaSha256s: [] });
    });

    it('survive closing, and a closed store says that it is', async () => {
      const { store } = under;
      const narrative = film();
      await store.replaceEpisode(narrative);
      await store.ping();
      await store.close();
      await store.close();
      await assert.rejects(store.ping(), { code: 'STORE_UNAVAILABLE' });
      const again = await under.openAnother();
      assert.deepEqual(await again.readNarrative(narrative.episode.id, 'effective'), narrative);
    });
  });
}
