import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ShotFilter, TimeWindow } from '../../graph/store.js';
import type { Appearance } from '../../schema/appearance.js';
import type { Cue } from '../../schema/cue.js';
import { nodeId } from '../../schema/narrative.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import { allOf, film, provenance, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

export function listsContract(open: OpenStore, runs: RunsOf): void {
  describe('lists', () => {
    const under = withStore(open);
    const id = 'episode:film';
    const everywhere = undefined;
    const inOrder = <Timed extends { id: string; startMs: number }>(nodes: readonly Timed[]) =>
      nodes.toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));

    it('are in order of time, then id, and pages of any size show the same', async () => {
      const { store } = under;
      const times = [700, 100, 100, 100, 3_000, 700, 8_999];
      const cues = times.map((startMs, n) => ({ startMs, endMs: startMs + 1, text: `${n}` }));
      const named = cues.map((cue, n) => ({ ...cue, id: nodeId(id, 'cue', cue.startMs, 9 - n) }));
      await store.replaceEpisode(film({ more: { cues: film({ cues: named }).cues } }));
      const expected = inOrder(named).map((cue) => cue.id);
      for (const first of [1, 2, 3, 7, 100]) {
        const found = await allOf((page) => store.cues(id, page), first);
        assert.deepEqual(
          found.map((cue) => cue.id),
          expected,
        );
      }
    });

    it('show in a window what overlaps it, both half-open, however long ago it began', async () => {
      const { store } = under;
      const intervals = [
        [0, 9_000],
        [0, 1_000],
        [500, 1_500],
        [1_000, 2_000],
        [1_999, 2_000],
        [2_000, 2_001],
        [8_500, 9_000],
      ] as const;
      const cues = intervals.map(([startMs, endMs]) => ({ startMs, endMs, text: `${startMs}-${endMs}` }));
      await store.replaceEpisode(film({ more: { cues: film({ cues }).cues } }));
      const windows = [
        [0, 1],
        [1_000, 2_000],
        [999, 1_000],
        [1_500, 1_999],
        [2_000, 2_000],
        [-50, 9_999],
        [2_001, 8_500],
        [3, 2],
      ] as const;
      for (const [startMs, endMs] of windows) {
        const window: TimeWindow = { startMs, endMs };
        const expected = startMs < endMs ? cues.filter((cue) => cue.startMs < endMs && cue.endMs > startMs) : [];
        for (const first of [1, 2, 100]) {
          const found = await allOf((page) => store.cues(id, page, window), first);
          assert.deepEqual(
            found.map(({ text }) => text),
            expected.map(({ text }) => text),
            `${startMs}…${endMs}`,
          );
        }
        const [during] = await store.during('Cue', [{ episodeId: id, ...window }], 2);
        assert.deepEqual(
          during!.map((cue) => cue.id),
          (await store.cues(id, { first: 2 }, window)).edges.map(({ node }) => node.id),
        );
      }
    });

    it('show what lasts however long, and go on doing so when the film becomes another', async () => {
      const { store } = under;
      const minuteMs = 60_000;
      // Mostly short ones, close together, and of each class of long ones some.
      const durations = fc.oneof(
        { weight: 40, arbitrary: fc.integer({ min: 1, max: 8_000 }) },
        ...[minuteMs, 8 * minuteMs, 70 * minuteMs].map((max) => fc.integer({ min: 8_000, max })),
      );
      const interval = fc.record({ startMs: fc.nat(60).map((place) => 3_000 * place), lengthMs: durations });
      const drawn = fc.array(interval, { minLength: 10, maxLength: 30 });
      // In the second version some cues are at other times.
      const changes = fc.array(fc.option(interval, { freq: 2 }), { maxLength: 10 });
      const versions = fc.tuple(drawn, changes);
      const cuesOf = (times: readonly { startMs: number; lengthMs: number }[]) =>
        times.map(({ startMs, lengthMs }, n) => ({
          ...{ id: nodeId(id, 'cue', n), startMs, endMs: startMs + lengthMs, text: `${n}` },
        }));
      const windows = fc.array(interval, { minLength: 8, maxLength: 8 });
      await fc.assert(
        fc.asyncProperty(versions, windows, async ([first, changes], asked) => {
          const second = first.map((time, n) => changes[n] ?? time);
          for (const cues of [cuesOf(first), cuesOf(second)]) {
            const cuts = [0, 200 * minuteMs];
            await store.replaceEpisode(film({ cuts, more: { cues: film({ cuts, cues }).cues } }));
            for (const { startMs, lengthMs } of asked) {
              const window = { startMs, endMs: startMs + lengthMs };
              const expected = cues.filter((cue) => cue.startMs < window.endMs && cue.endMs > startMs);
              for (const size of [2, 100])
                assert.deepEqual(
                  (await allOf((page) => store.cues(id, page, window), size)).map(({ text }) => text),
                  inOrder(expected).map(({ text }) => text),
                );
            }
          }
        }),
        { numRuns: runs(60) },
      );
    });

    it('answer many windows at once as each alone, whatever they share', async () => {
      const { store } = under;
      const interval = (longestMs: number) =>
        fc.tuple(fc.nat(8_999), fc.integer({ min: 1, max: longestMs })).map(([startMs, lengthMs]) => ({
          startMs,
          endMs: Math.min(startMs + lengthMs, 9_000),
        }));
      const cues = fc.sample(interval(4_000), 60).map((time, n) => ({ ...time, text: `${n}` }));
      await store.replaceEpisode(film({ more: { cues: film({ cues }).cues } }));
      const windows = fc.array(interval(2_000), { minLength: 1, maxLength: 12 });
      await fc.assert(
        fc.asyncProperty(windows, fc.integer({ min: 1, max: 20 }), async (drawn, limit) => {
          const asked = drawn.map((window, n) => ({ ...window, episodeId: n % 7 === 6 ? 'another' : id }));
          const alone = asked.map(
            async (window) => (await store.cues(window.episodeId, { first: limit }, window)).edges,
          );
          const expected = (await Promise.all(alone)).map((edges) => edges.map(({ node }) => node.text));
          const found = await store.during('Cue', asked, limit);
          assert.deepEqual(
            found.map((nodes) => nodes.map((node) => (node as Cue).text)),
            expected,
          );
        }),
        { numRuns: runs(60) },
      );
    });

    it('asked for by many at once are what each gets alone, and whoever goes away takes nobody along', async () => {
      const { store } = under;
      const cues = Array.from({ length: 60 }, (_, n) => ({ startMs: 100 * n, endMs: 100 * n + 150, text: `${n}` }));
      await store.replaceEpisode(film({ more: { cues: film({ cues }).cues } }));
      const asked = Array.from({ length: 30 }, (_, n) => ({
        first: 2 + (n % 2),
        window: { startMs: 190 * n, endMs: 6_000 },
      }));
      const textsOf = async ({ first, window }: (typeof asked)[number], signal?: AbortSignal) =>
        (await (signal ? store.within(signal) : store).cues(id, { first }, window)).edges.map(({ node }) => node.text);
      const alone: string[][] = [];
      for (const each of asked) alone.push(await textsOf(each));
      for (const turns of [0, 1, 2]) {
        const [goes, stays] = [new AbortController(), new AbortController()];
        const left = Promise.allSettled(asked.map((each) => textsOf(each, goes.signal)));
        const answered = asked.map((each, n) => textsOf(each, n % 2 ? stays.signal : undefined));
        for (let turn = 0; turn < turns; turn++) await new Promise(setImmediate);
        goes.abort(new Error('gone'));
        assert.deepEqual(await Promise.all(answered), alone);
        // Who goes late may have been answered.
        for (const [n, outcome] of (await left).entries())
          if (outcome.status === 'rejected') assert.match(outcome.reason.message, /gone/);
          else assert.deepEqual([turns > 0, outcome.value], [true, alone[n]]);
      }
    });

    it('asked for by the score in one request let nobody warn of listeners', async () => {
      const { store } = under;
      await store.replaceEpisode(film());
      const warnings: string[] = [];
      const hear = ({ name }: Error) => warnings.push(name);
      process.on('warning', hear);
      const within = store.within(new AbortController().signal);
      await Promise.all(Array.from({ length: 20 }, (_, n) => within.shots(id, { first: n + 1 })));
      await new Promise(setImmediate);
      process.off('warning', hear);
      assert.deepEqual(warnings, []);
    });

    it('of scenes, shots and events go by window and type', async () => {
      const { store } = under;
      const cues = [
        { startMs: 100, endMs: 900, text: 'Hello' },
        { startMs: 5_100, endMs: 6_000, text: 'Bye' },
      ];
      await store.replaceEpisode(film({ sceneStarts: [0, 2], cues }));
      const window = { startMs: 2_000, endMs: 5_000 };
      const ordinals = ({ edges }: { edges: readonly { node: { ordinal: number } }[] }) =>
        edges.map(({ node }) => node.ordinal);
      assert.deepEqual(ordinals(await store.scenes(id, { first: 9 })), [1, 2]);
      assert.deepEqual(ordinals(await store.scenes(id, { first: 9 }, window)), [1]);
      assert.deepEqual(ordinals(await store.shots(id, { first: 9 }, window)), [2]);
      assert.deepEqual(ordinals(await store.shots(id, { first: 9 }, { ...window, endMs: 5_001 })), [2, 3]);
      assert.deepEqual(ordinals(await store.events(id, { first: 9 }, everywhere, ['LINE'])), [1, 2]);
      assert.deepEqual(ordinals(await store.events(id, { first: 9 }, everywhere, ['SILENCE', 'ACTION'])), []);
      assert.deepEqual(ordinals(await store.shots('another', { first: 9 })), []);
    });

    it('of speech go by window', async () => {
      const { store } = under;
      const speech = [100, 3_000].map(
        (startMs): SpeechInterval => ({
          ...{ id: nodeId(id, 'speech', startMs), kind: 'SpeechInterval', episodeId: id, provenance },
          ...{ startMs, endMs: startMs + 500 },
        }),
      );
      await store.replaceEpisode(film({ more: { speech } }));
      assert.deepEqual(await allOf((page) => store.speech(id, page), 1), speech);
      const { edges } = await store.speech(id, { first: 9 }, { startMs: 600, endMs: 3_001 });
      assert.deepEqual(
        edges.map(({ node }) => node),
        [speech[1]],
      );
    });

    it('refuse cursors that are not theirs, and pages of no or too many entries', async () => {
      const { store } = under;
      await store.replaceEpisode(film());
      const { edges } = await store.shots(id, { first: 1 });
      const bad = { code: 'INVALID_INPUT' };
      await assert.rejects(store.scenes(id, { first: 1, after: edges[0]!.cursor }), bad);
      for (const after of ['', 'x', '💥', Buffer.from('["shots",{},[]]').toString('base64url'), 'W10'])
        await assert.rejects(store.shots(id, { first: 1, after }), bad, after);
      for (const first of [0, -1, 101, 1.5, Number.NaN]) await assert.rejects(store.shots(id, { first }), bad);
    });

    it('of shots meet all conditions of a filter', async () => {
      const { store } = under;
      const people = [{ name: 'Mara' }, { name: 'Theo' }];
      const [mara, theo] = film({ people }).persons;
      const shotIds = film().shots.map((shot) => shot.id);
      const appearance = (personId: string, shot: number, emotion: Appearance['emotion']): Appearance => ({
        ...{ id: `${personId}:in:${shot}`, kind: 'Appearance', episodeId: id, provenance, personId, emotion },
        ...{
          shotId: shotIds[shot]!,
          startMs: [0, 2_000, 5_000][shot]!,
          endMs: [1, 2_001, 5_001][shot]!,
          atMs: 2_000 * shot,
        },
      });
      const appearances = [
        appearance(mara!.id, 0, 'JOY'),
        appearance(mara!.id, 1, 'FEAR'),
        appearance(theo!.id, 1, 'JOY'),
      ];
      await store.replaceEpisode(
        film({
          people,
          sceneStarts: [0, 2],
          scenes: [{ location: 'Café Niño, Madrid' }, {}],
          shots: [
            { shotSize: 'WIDE', highlightScore: 2 },
            { shotSize: 'CLOSE_UP', highlightScore: 8.5 },
            { mainSubjectIds: [theo!.id] },
          ],
          cues: [{ startMs: 1_900, endMs: 2_100, text: '荣华富贵都是你的' }],
          more: { appearances: appearances.map((one) => ({ ...one, atMs: one.startMs })) },
        }),
      );
      const [maraIs, theoIs] = (await store.charactersOf([mara!.id, theo!.id])).map((character) => character!.id);
      const shots = async (filter: ShotFilter) =>
        (await allOf((page) => store.shots(id, page, everywhere, filter), 1)).map(({ ordinal }) => ordinal);
      assert.deepEqual(await shots({}), [1, 2, 3]);
      assert.deepEqual(await shots({ characterIds: [maraIs!] }), [1, 2]);
      assert.deepEqual(await shots({ characterIds: [theoIs!] }), [2, 3]);
      assert.deepEqual(await shots({ characterIds: [maraIs!, theoIs!, maraIs!] }), [2]);
      assert.deepEqual(await shots({ characterIds: [maraIs!, theoIs!], characters: 'any' }), [1, 2, 3]);
      assert.deepEqual(await shots({ characterIds: ['nobody'], characters: 'any' }), []);
      assert.deepEqual(await shots({ shotSize: ['WIDE', 'CLOSE_UP'] }), [1, 2]);
      assert.deepEqual(await shots({ minHighlightScore: 8.5 }), [2]);
      assert.deepEqual(await shots({ emotion: ['JOY'] }), [1, 2]);
      assert.deepEqual(await shots({ location: 'nino cafe' }), [1, 2]);
      assert.deepEqual(await shots({ location: 'nin' }), []);
      assert.deepEqual(await shots({ dialogue: '富贵' }), [1, 2]);
      assert.deepEqual(await shots({ dialogue: '" OR' }), []);
      assert.deepEqual(await shots({ dialogue: '富贵', emotion: ['FEAR'], shotSize: ['CLOSE_UP'] }), [2]);
      const ofWindow = await store.shots(id, { first: 9 }, { startMs: 0, endMs: 2_000 }, { dialogue: '富贵' });
      assert.deepEqual(
        ofWindow.edges.map(({ node }) => node.ordinal),
        [1],
      );
    });
  });

  describe('neighbours', () => {
    const under = withStore(open);

    it('are those of the last analysis', async () => {
      const { store } = under;
      await store.replaceEpisode(film({ sceneStarts: [0, 2] }));
      const { scenes, shots } = film({ sceneStarts: [0, 1] });
      await store.replaceEpisode(film({ sceneStarts: [0, 1] }));
      const found = await store.childrenOf(
        'Shot',
        [scenes[0]!.id, scenes[1]!.id, nodeId('episode:film', 'scene', 5_000)],
        9,
      );
      assert.deepEqual(found, [[shots[0]], [shots[1], shots[2]], []]);
    });

    it('answer n belongs to key n, with gaps where there is nothing', async () => {
      const { store } = under;
      const made = film({
        sceneStarts: [0, 2],
        people: [{ name: 'Mara' }],
        cues: [{ startMs: 1_900, endMs: 2_100, text: 'Hi', speakerTag: 'Mara' }],
      });
      await store.replaceEpisode(made);
      const { scenes, shots, persons, events, cues, episode } = made;
      const character = (await store.charactersOf([persons[0]!.id, 'x']))[0]!;
      const series = await store.ensureSeries('S');
      const ids = [shots[1]!.id, 'x', character.id, series.id, cues[0]!.id, episode.id, shots[1]!.id];
      assert.deepEqual(await store.nodes(ids), [shots[1], undefined, character, series, cues[0], episode, shots[1]]);
      assert.deepEqual(await store.nodes([]), []);
      assert.deepEqual(await store.personsOf([character.id, 'x']), [persons, []]);
      assert.deepEqual(await store.charactersOf([shots[0]!.id, persons[0]!.id]), [undefined, character]);

      const inScenes = await store.childrenOf('Shot', [scenes[1]!.id, 'x', scenes[0]!.id], 100);
      assert.deepEqual(inScenes, [[shots[2]], [], [shots[0], shots[1]]]);
      assert.deepEqual(await store.childrenOf('Event', [shots[0]!.id, shots[1]!.id, shots[2]!.id], 9), [
        events,
        events,
        [],
      ]);
      assert.deepEqual(await store.childrenOf('Event', [persons[0]!.id], 9), [events]);
      assert.deepEqual(await store.childrenOf('Shot', [episode.id], 2), [[shots[0], shots[1]]]);
      assert.deepEqual(await store.childrenOf('Keyframe', [episode.id], 2), [[]]);

      const windows = [
        { startMs: 0, endMs: 100 },
        { startMs: 2_000, endMs: 2_050 },
      ].map((window) => ({ ...window, episodeId: episode.id }));
      assert.deepEqual(await store.during('Cue', windows, 9), [[], cues]);
      assert.deepEqual(await store.during('Person', windows, 9), [[], []], 'what has no time is never during anything');
    });
  });
}
