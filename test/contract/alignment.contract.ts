import assert from 'node:assert/strict';
import type { Store } from '../../graph/store.js';
import type { Event } from '../../schema/event.js';
import { findProblems, type Narrative, nodeId } from '../../schema/narrative.js';
import { alignScript } from '../../src/narrative/alignment/align-script.js';
import type { ScriptLine } from '../../src/narrative/alignment/script-line.js';
import { allOf, film, withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

const read = [
  'Where have you bean all night?',
  'At the harbour, with the keys.',
  'You promised to stay.',
  'The ship leaves at dawn.',
].map((text, n) => ({ startMs: 1_000 + n * 3_000, endMs: 3_000 + n * 3_000, text }));

const script: readonly ScriptLine[] = [
  { text: 'Where have you been all night?', speaker: { name: 'Mara' } },
  { text: 'At the harbour. With the keys!', speaker: { name: 'Tomas' } },
  { text: 'You promised me to stay.', speaker: { name: 'Mara' } },
  { text: 'The ship leaves at dawn.', speaker: { name: 'Tomas' } },
].map((line) => ({ ...line, place: 0 }));

export function alignmentContract(open: OpenStore): void {
  describe('aligned scripts', () => {
    const under = withStore(open);
    const episodeId = 'episode:film';
    const draft = { cuts: [0, 6_500, 14_000], scenes: [{ setting: 'UNKNOWN' as const }] };
    const base = (more: Parameters<typeof film>[0] = {}) => film({ ...draft, cues: read, ...more });
    const align = async (store: Store, lines = script) => {
      const { cues, episode } = (await store.readNarrative(episodeId, 'effective'))!;
      const places = [{ setting: 'INT' as const, location: 'Kitchen', timeOfDay: 'Night' }];
      const written = { title: 'The light', format: 'fountain', lines, places };
      return store.alignScript({
        episodeId,
        alignment: alignScript(written, cues, episode.durationMs),
        author: 'anna',
      });
    };
    const effective = async (store: Store) => (await store.readNarrative(episodeId, 'effective'))!;
    const linesOf = ({ events, persons }: Narrative) =>
      events
        .filter(({ type }) => type === 'LINE')
        .map(({ personId, dialogue, startMs }) => [persons.find(({ id }) => id === personId)?.name, dialogue, startMs]);
    const told = [
      ['Mara', script[0]!.text, 1_000],
      ['Tomas', script[1]!.text, 4_000],
      ['Mara', script[2]!.text, 7_000],
      ['Tomas', script[3]!.text, 10_000],
    ];

    it('give the film their names and words, at the film’s times, and keep what was read', async () => {
      const { store } = under;
      await store.replaceEpisode(base());
      const edit = await align(store);
      assert.deepEqual(
        [edit.state, edit.author, edit.operation.operation, edit.appliedTo],
        ['APPLIED', 'anna', 'ALIGN', episodeId],
      );
      const now = await effective(store);
      assert.deepEqual(findProblems(now), []);
      assert.deepEqual(linesOf(now), told);
      const [cue] = now.cues;
      assert.deepEqual([cue!.text, cue!.speakerTag, cue!.startMs, cue!.endMs], [script[0]!.text, 'Mara', 1_000, 3_000]);
      assert.equal(cue!.provenance.otherReadings[0]!.value, read[0]!.text);
      assert.ok(
        cue!.provenance.fields!.some(
          ({ field, by, confidence }) => field === 'text' && by === 'alignment' && confidence > 0.7,
        ),
      );
      assert.deepEqual([now.scenes[0]!.location, now.scenes[0]!.setting], ['Kitchen', 'INT']);
      assert.deepEqual(
        now.persons.map(({ name, lineCount }) => [name, lineCount]),
        [
          ['Mara', 2],
          ['Tomas', 2],
        ],
      );
      assert.deepEqual(await store.readNarrative(episodeId, 'base'), base());
    });

    it('make their speakers characters, who are found by what they say', async () => {
      const { store } = under;
      await store.replaceEpisode(base());
      await align(store);
      const characters = await allOf((page) => store.characters(page, { episodeId }));
      assert.deepEqual(characters.map(({ name }) => name).sort(), ['Mara', 'Tomas']);
      const { persons } = await effective(store);
      const [mara] = await store.charactersOf([persons.find(({ name }) => name === 'Mara')!.id]);
      assert.equal(mara!.name, 'Mara');
      const { edges } = await store.search({ text: 'been' }, { first: 9 });
      assert.match(edges[0]!.node.snippet, /‹been›/);
      const renamed = await store.renameCharacter({ characterId: mara!.id, name: 'Ida', author: 'anna' });
      assert.equal(renamed.state, 'APPLIED');
      assert.deepEqual(
        linesOf(await effective(store)).map(([name]) => name),
        ['Ida', 'Tomas', 'Ida', 'Tomas'],
      );
    });

    it('make their speakers known to the series, as long as they lie over the film', async () => {
      const { store } = under;
      const { id: seriesId } = await store.ensureSeries('Harbours');
      await store.replaceEpisode(base({ seriesId }));
      const next = film({ id: 'episode:next', seriesId, people: [{ name: 'Mara' }] });
      const maraOf = async (id: string) => {
        const { persons } = (await store.readNarrative(id, 'effective'))!;
        const [character] = await store.charactersOf([persons.find(({ name }) => name === 'Mara')!.id]);
        return character!.id;
      };
      const edit = await align(store);
      await store.replaceEpisode(next);
      const known = await maraOf(episodeId);
      assert.equal(await maraOf(next.episode.id), known);
      await store.deleteEpisode(next.episode.id);
      await store.undo(edit.id);
      await store.replaceEpisode(next);
      assert.notEqual(await maraOf(next.episode.id), known);
    });

    it('are taken back whole, in any order with corrections, which outrank them', async () => {
      const { store } = under;
      await store.replaceEpisode(base());
      const edit = await align(store);
      const cueId = nodeId(episodeId, 'cue', 1_000);
      const correction = await store.correct({ nodeId: cueId, field: 'text', value: 'Where were you?', author: 'ben' });
      assert.equal((await effective(store)).cues[0]!.text, 'Where were you?');
      const [mara] = await allOf((page) => store.characters(page, { episodeId }));
      assert.equal((await store.undo(edit.id)).state, 'UNDONE');
      const renaming = { characterId: mara!.id, name: 'Ida', author: 'x' };
      await assert.rejects(store.renameCharacter(renaming), { code: 'NOT_FOUND' });
      const without = await effective(store);
      assert.deepEqual([without.cues[0]!.text, without.cues[1]!.text], ['Where were you?', read[1]!.text]);
      assert.deepEqual(without.persons, []);
      assert.deepEqual((await allOf((page) => store.characters(page, { episodeId }))).length, 0);
      await store.undo(correction.id);
      assert.deepEqual(await effective(store), base());
      await assert.rejects(store.undo(edit.id), { code: 'CONFLICT' });
    });

    it('stay over a new analysis that cut and read the cues otherwise; where nothing is left of them, they wait', async () => {
      const { store } = under;
      await store.replaceEpisode(base());
      const edit = await align(store);
      const [first, ...others] = await store.replaceEpisode(
        base({
          cues: read.map((cue, n) => ({ ...cue, startMs: cue.startMs - 60 * n, text: cue.text.replace('the', 'teh') })),
        }),
      );
      assert.deepEqual([first!.id, first!.state, others.length], [edit.id, 'APPLIED', 0]);
      assert.deepEqual(
        linesOf(await effective(store)).map(([name, text]) => [name, text]),
        told.map(([name, text]) => [name, text]),
      );
      const joined = [
        { startMs: 1_000, endMs: 6_000, text: `- ${read[0]!.text}\n- ${read[1]!.text}` },
        { startMs: 7_000, endMs: 12_000, text: `- ${read[2]!.text}\n- ${read[3]!.text}` },
      ];
      assert.equal((await store.replaceEpisode(base({ cues: joined })))[0]!.state, 'APPLIED');
      const now = await effective(store);
      assert.deepEqual(
        linesOf(now).map(([name]) => name),
        ['Mara', 'Tomas', 'Mara', 'Tomas'],
      );
      assert.deepEqual(findProblems(now), []);
      const silent = base({ cues: [] });
      assert.equal((await store.replaceEpisode(silent))[0]!.state, 'ORPHANED');
      assert.deepEqual(await effective(store), silent);
      assert.equal((await store.replaceEpisode(base()))[0]!.state, 'APPLIED');
      assert.deepEqual(linesOf(await effective(store)), told);
    });

    it('name who was found by face where that face is alone on screen in their lines', async () => {
      const { store } = under;
      const cues = Array.from({ length: 8 }, (_, n) => ({
        ...read[n % 4]!,
        startMs: n * 1_000 + 100,
        endMs: n * 1_000 + 900,
        text: `${read[n % 4]!.text} ${n} times`,
      }));
      const people = [{}, {}];
      const cuts = Array.from({ length: 9 }, (_, n) => n * 1_000);
      const seen = cues.map(({ startMs }, n) => ({
        ...{
          id: nodeId(episodeId, 'appearance', startMs - 100),
          kind: 'Appearance' as const,
          episodeId,
          atMs: startMs,
        },
        ...{ provenance: { by: 'faces', version: '1', confidence: 0.8, evidence: [], otherReadings: [] } },
        ...{ personId: nodeId(episodeId, 'person', 0, 1 + (n % 2)), shotId: nodeId(episodeId, 'shot', startMs - 100) },
        ...{ startMs: startMs - 100, endMs: startMs + 900 },
      }));
      const given = base({ cuts, cues, people, more: { appearances: seen } });
      await store.replaceEpisode(given);
      await align(
        store,
        cues.map(({ text }, n) => ({ text, speaker: { name: n % 2 === 0 ? 'Mara' : 'Tomas' } })),
      );
      const now = await effective(store);
      assert.deepEqual(
        now.persons.map(({ name, provisional }) => [name, provisional]),
        [
          ['Mara', false],
          ['Tomas', false],
        ],
      );
      assert.deepEqual(now.appearances, given.appearances);
      const source = now.persons[0]!.provenance.fields!.find(({ field }) => field === 'name')!;
      assert.equal(source.by, 'alignment');
      assert.ok(source.confidence < 0.8, 'four lines are no proof');
      const line = now.events.find(({ type }) => type === 'LINE') as Event;
      assert.equal(line.personId, now.persons[0]!.id);
    });

    it('are refused for an episode that is not there, and for one that they do not fit', async () => {
      const { store } = under;
      const alignment = {
        alignmentVersion: 1,
        title: 'x',
        format: 'srt',
        places: [],
        laid: [],
        covered: 1,
        otherCues: 0,
      };
      const stranger = {
        ...alignment,
        laid: [],
        lines: [{ text: 'Nothing of the kind was ever said.', outcome: 'UNPLACED' }],
      };
      await assert.rejects(store.alignScript({ episodeId, alignment: stranger, author: 'x' }), { code: 'NOT_FOUND' });
      await store.replaceEpisode(base());
      const laid = [{ cueId: 'gone', startMs: 0, endMs: 9, read: 'x', similarity: 1, parts: [] }];
      await assert.rejects(store.alignScript({ episodeId, alignment: { ...stranger, laid }, author: 'x' }), {
        code: 'CONFLICT',
      });
      assert.deepEqual((await store.edits(episodeId, { first: 9 })).edges, []);
      assert.deepEqual(await effective(store), base());
    });
  });
}
