import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Store } from '../../graph/store.js';
import type { Appearance } from '../../schema/appearance.js';
import type { Character } from '../../schema/character.js';
import type { Edit } from '../../schema/edit.js';
import { findProblems, type Narrative } from '../../schema/narrative.js';
import type { Person } from '../../schema/person.js';
import { analysePresence } from '../../src/narrative/presence/presence.js';
import { type CastPlan, castFilm, type Sighting, sightings, sights } from '../cast-films.js';
import { allOf, withStore } from './fixture.js';
import type { OpenStore, RunsOf } from './store.contract.js';

const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('merge' as const), which: fc.nat(), other: fc.nat() }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('split' as const), which: fc.nat(), mask: fc.nat(1_023) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('rename' as const), which: fc.nat(), name: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('correct' as const), which: fc.nat(), name: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('undo' as const), which: fc.nat() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('analyse' as const), which: fc.nat(1), how: sightings }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

const author = 'anna';
const names = ['Mara', 'Theo', 'Iris', 'Noor'];

/** Whatever people do to the characters of two episodes, one after the other, in any order. */
export function castContract(open: OpenStore, runs: RunsOf): void {
  describe('the cast of a series', () => {
    const under = withStore(open);
    const seen = (...actorsByShot: readonly (readonly number[])[]) =>
      actorsByShot.flatMap((there, shot) => there.map((actor) => ({ shot, actor, isHeard: false })));
    const series = async () => (await under.store.ensureSeries('S')).id;
    /** Loads an episode; actor → character. */
    const load = async (plan: CastPlan, how?: Sighting) => {
      await under.store.replaceEpisode(castFilm(plan, how));
      return again(plan);
    };
    const again = async ({ episodeId }: CastPlan) => {
      const { appearances } = (await under.store.readNarrative(episodeId, 'effective'))!;
      const found: Character[] = [];
      const characters = await under.store.charactersOf(appearances.map(({ personId }) => personId));
      for (const [n, { faceBox }] of appearances.entries()) found[Math.round(faceBox!.x * 4)] = characters[n]!;
      return found;
    };

    it('knows a face again in another episode, and leaves a stranger a stranger', async () => {
      const seriesId = await series();
      const one = await load({ episodeId: '1', seriesId, sights: seen([0, 1], [0, 1]) });
      const two = await load({ episodeId: '2', seriesId, sights: seen([1], [1, 2], [2]) });
      assert.equal(two[1]!.id, one[1]!.id);
      assert.notEqual(two[2]!.id, one[0]!.id);
      assert.equal((await under.store.characters({ first: 9 }, { seriesId })).edges.length, 3);
    });

    it('has no twins when two episodes with the same faces are loaded at once', async () => {
      const other = await under.openAnother();
      const seriesId = await series();
      const sightsOf = seen([0, 1, 2], [0, 1, 2]);
      await Promise.all(
        ['1', '2', '3', '4'].map((episodeId, n) =>
          [under.store, other][n % 2]!.replaceEpisode(castFilm({ episodeId, seriesId, sights: sightsOf })),
        ),
      );
      assert.equal((await under.store.characters({ first: 9 }, { seriesId })).edges.length, 3);
    });

    it('takes a name in all episodes, those loaded later too, and is found by it', async () => {
      const { store } = under;
      const seriesId = await series();
      const [first] = await load({ episodeId: '1', seriesId, sights: seen([0], [0]) });
      const edit = await store.renameCharacter({ characterId: first!.id, name: '  Mara  Lind ', author });
      assert.deepEqual([edit.state, edit.appliedTo, edit.conflicts], ['APPLIED', first!.id, undefined]);
      const [later] = await load({ episodeId: '2', seriesId, sights: seen([0], [0]) });
      assert.deepEqual([later!.id, later!.name], [first!.id, 'Mara Lind']);
      const persons = (await store.personsOf([first!.id]))[0] as Person[];
      assert.deepEqual(
        persons.map(({ name, provisional, provenance }) => [name, provisional, provenance.fields]),
        Array(2).fill(['Mara Lind', false, [{ field: 'name', by: 'person', confidence: 1 }]]),
      );
      for (const episodeId of ['1', '2']) {
        const { edges } = await store.search({ text: 'lind', kinds: ['Character'], episodeId }, { first: 9 });
        assert.equal(edges[0]?.node.node.id, first!.id);
        assert.equal((await store.edits(episodeId, { first: 9 })).edges[0]?.node.id, edit.id);
      }
      await store.undo(edit.id);
      assert.deepEqual((await store.search({ text: 'lind' }, { first: 9 })).edges, []);
    });

    it('is named by the later of a renaming and a correction', async () => {
      const { store } = under;
      const [who] = await load({ episodeId: '1', sights: seen([0], [0]) });
      const personId = (await store.personsOf([who!.id]))[0]![0]!.id;
      const named = async () => (await store.charactersOf([personId]))[0]!.name;
      const first = await store.correct({ nodeId: personId, field: 'name', value: 'Mara', author });
      const second = await store.renameCharacter({ characterId: who!.id, name: 'Maria', author });
      assert.equal(await named(), 'Maria');
      await store.correct({ nodeId: personId, field: 'name', value: 'Marie', author });
      assert.equal(await named(), 'Marie');
      await store.undo(second.id);
      await store.undo(first.id);
      assert.equal(await named(), 'Marie');
    });

    it('makes merged characters one person where both are, one character elsewhere, and whoever comes later', async () => {
      const { store } = under;
      const seriesId = await series();
      const plan: CastPlan = { episodeId: '1', seriesId, sights: seen([0], [1], [0], [1]) };
      const [keep, other] = await load(plan);
      const elsewhere: CastPlan = { episodeId: '2', seriesId, sights: seen([1], [1]) };
      await load(elsewhere);
      const edit = await store.mergeCharacters({ keepId: keep!.id, otherIds: [other!.id], author });
      assert.deepEqual([edit.state, edit.appliedTo, edit.conflicts], ['APPLIED', keep!.id, undefined]);
      const { persons, appearances } = (await store.readNarrative('1', 'effective'))!;
      assert.equal(persons.length, 1);
      assert.equal(persons[0]!.screenTimeMs, 8_000);
      assert.match(JSON.stringify(persons[0]!.provenance.evidence), /says anna/);
      assert.ok(appearances.every(({ personId }) => personId === persons[0]!.id));
      assert.equal((await again(elsewhere))[1]!.id, keep!.id);
      assert.deepEqual(await store.nodes([other!.id]), [undefined]);
      const later = await load({ episodeId: '3', seriesId, sights: seen([1], [1]) });
      assert.equal(later[1]!.id, keep!.id);
      await store.undo(edit.id);
      assert.equal((await again(elsewhere))[1]!.id, other!.id);
    });

    it('gives a new character what is taken out, and whoever looks like that later', async () => {
      const { store } = under;
      const seriesId = await series();
      const plan: CastPlan = { episodeId: '1', seriesId, sights: seen([0], [0], [1], [1]) };
      const badly: Sighting = { lateMs: 0, mistaken: [0, 0, 3, 3], names: [] };
      const [both] = await load(plan, badly);
      const [a, b] = castFilm(plan, badly).appearances.slice(2);
      const edit = await store.splitCharacter({
        ...{ characterId: both!.id, appearanceIds: [a!.id, b!.id], name: 'Theo', author },
      });
      const [old, made] = await again(plan);
      assert.deepEqual([old!.id, made!.id, made!.name], [both!.id, edit.appliedTo, 'Theo']);
      const later = await load({ episodeId: '2', seriesId, sights: seen([1, 0], [0, 1]) });
      assert.deepEqual([later[0]!.id, later[1]!.id], [old!.id, made!.id]);
      const shots = async (id: string) =>
        (await store.shots('1', { first: 9 }, undefined, { characterIds: [id] })).edges.map(({ node }) => node.ordinal);
      assert.deepEqual(
        [await shots(old!.id), await shots(made!.id)],
        [
          [1, 2],
          [3, 4],
        ],
      );
      const person = (await store.personsOf([made!.id]))[0]!.find(({ episodeId }) => episodeId === '1')!;
      await store.correct({ nodeId: person.id, field: 'gender', value: 'male', author });
      assert.equal(((await store.nodes([person.id]))[0] as Person).gender, 'male');
      await store.replaceEpisode(castFilm(plan, { ...badly, lateMs: 150 }));
      assert.equal((await again(plan))[1]!.name, 'Theo', 'after a new analysis too');
      await store.undo(edit.id);
      assert.equal((await again(plan))[1]!.id, both!.id);
    });

    it('of a lone episode can be edited even where that changes nothing', async () => {
      const { store } = under;
      const [a, b] = await load({ episodeId: '1', sights: seen([0], [1]) });
      const merged = await store.mergeCharacters({ keepId: a!.id, otherIds: [b!.id], author });
      const [, second] = (await store.readNarrative('1', 'effective'))!.appearances;
      const apart = await store.splitCharacter({ characterId: a!.id, appearanceIds: [second!.id], author });
      await store.undo(merged.id);
      await store.undo(apart.id);
      const { edges } = await store.edits('1', { first: 9 });
      assert.deepEqual(
        edges.map(({ node }) => node.state),
        ['UNDONE', 'UNDONE'],
      );
    });

    it('follows a person whom a new analysis gives another id, and waits for one who is gone', async () => {
      const { store } = under;
      const plan: CastPlan = { episodeId: '1', sights: seen([0], [1, 0], [1]) };
      const [, who] = await load(plan);
      const edit = await store.renameCharacter({ characterId: who!.id, name: 'Mara', author });
      const personIds = async () => (await store.readNarrative('1', 'effective'))!.persons.map(({ id }) => id);
      const before = await personIds();
      const swapped = await load({ ...plan, sights: seen([], [1, 0], [1]) }, { lateMs: 90, mistaken: [], names: [] });
      assert.notDeepEqual(await personIds(), before);
      assert.equal(swapped[1]!.name, 'Mara');
      await load({ ...plan, sights: seen([2]) });
      assert.equal((await store.edits('1', { first: 9 })).edges[0]!.node.state, 'ORPHANED');
      assert.equal((await load(plan))[1]!.name, 'Mara');
      assert.equal((await store.undo(edit.id)).state, 'UNDONE');
    });

    it('says what does not fit: one frame, two names, a taken name, edits that contradict', async () => {
      const { store } = under;
      const plan: CastPlan = { episodeId: '1', sights: seen([0, 1], [2], [3]) };
      const [a, b, c, d] = await load(plan, { lateMs: 0, mistaken: [], names: ['Mara', undefined, 'Theo', undefined] });
      const kinds = (edit: Edit) => (edit.conflicts ?? []).map(({ conflict }) => conflict);
      const sameFrame = await store.mergeCharacters({ keepId: a!.id, otherIds: [b!.id], author });
      assert.deepEqual(kinds(sameFrame), ['SAME_FRAME']);
      assert.deepEqual([sameFrame.conflicts![0]!.startMs, sameFrame.conflicts![0]!.endMs], [0, 2_000]);
      const twoNames = await store.mergeCharacters({ keepId: a!.id, otherIds: [c!.id], author });
      assert.deepEqual(kinds(twoNames), ['TWO_NAMES']);
      const taken = await store.renameCharacter({ characterId: d!.id, name: 'MARA', author });
      assert.deepEqual([kinds(taken), taken.conflicts![0]!.characterId], [['NAME_TAKEN'], a!.id]);
      const ben = await store.renameCharacter({ characterId: d!.id, name: 'Ben', author: 'ben' });
      assert.deepEqual([kinds(ben), ben.conflicts![0]!.against], [['CONTRADICTION'], taken.id]);
      const person = (await store.personsOf([a!.id]))[0]![0]!;
      const [, second] = (await store.readNarrative('1', 'effective'))!.appearances;
      assert.equal(person.id, (second as Appearance).personId);
      const apart = await store.splitCharacter({ characterId: a!.id, appearanceIds: [second!.id], author: 'ben' });
      assert.deepEqual([kinds(apart), apart.conflicts![0]!.against], [['CONTRADICTION'], sameFrame.id]);
      const { edges } = await store.edits('1', { first: 9 });
      assert.deepEqual(kinds(edges[0]!.node), [], 'what was taken apart again is in nobody’s frame');
      assert.deepEqual(kinds(edges[1]!.node), ['TWO_NAMES'], 'the others can be read later');
    });

    it('is not changed by what cannot be done', async () => {
      const { store } = under;
      const plan: CastPlan = { episodeId: '1', sights: seen([0], [1], [0]) };
      const [a, b] = await load(plan);
      const [stranger] = await load({ episodeId: '2', sights: seen([0]) });
      const [first, second] = castFilm(plan).appearances;
      const both = { characterId: a!.id, author };
      const refused = (code: string, asked: Promise<unknown>) => assert.rejects(asked, { code });
      await refused('NOT_FOUND', store.renameCharacter({ characterId: 'x', name: 'Mara', author }));
      await refused('INVALID_INPUT', store.renameCharacter({ ...both, name: '  ' }));
      await refused('INVALID_INPUT', store.renameCharacter({ ...both, name: 'x'.repeat(201) }));
      await refused('INVALID_INPUT', store.mergeCharacters({ keepId: a!.id, otherIds: [a!.id], author }));
      await refused('NOT_FOUND', store.mergeCharacters({ keepId: a!.id, otherIds: [b!.id, stranger!.id], author }));
      await refused('INVALID_INPUT', store.splitCharacter(both));
      await refused('INVALID_INPUT', store.splitCharacter({ ...both, appearanceIds: [second!.id] }));
      await refused('INVALID_INPUT', store.splitCharacter({ ...both, episodeIds: ['1'] }));
      await refused('INVALID_INPUT', store.splitCharacter({ ...both, eventIds: [first!.id, 'nothing'] }));
      assert.deepEqual((await store.edits('1', { first: 9 })).edges, []);
    });

    it('keeps an edit as long as one of its episodes, without what it held of a deleted one', async () => {
      const { store } = under;
      const seriesId = await series();
      const [who] = await load({ episodeId: '1', seriesId, sights: seen([0], [0]) });
      await load({ episodeId: '2', seriesId, sights: seen([0], [0]) });
      await store.renameCharacter({ characterId: who!.id, name: 'Mara', author });
      await store.deleteEpisode('1');
      const { node: edit } = (await store.edits('2', { first: 9 })).edges[0]!;
      assert.deepEqual([edit.state, edit.episodeId], ['APPLIED', '2']);
      assert.deepEqual([...new Set(edit.anchor.persons!.map(({ episodeId }) => episodeId))], ['2']);
      assert.equal(((await store.nodes([who!.id]))[0] as Character).name, 'Mara');
      await store.deleteEpisode('2');
      assert.deepEqual(await store.nodes([who!.id]), [undefined]);
      await assert.rejects(store.undo(edit.id), { code: 'NOT_FOUND' });
      const [unknown] = await load({ episodeId: '3', seriesId, sights: seen([0], [0]) });
      assert.notEqual(unknown!.id, who!.id, 'no face of a deleted episode is left');
    });

    it('is valid after any sequence of edits and analyses; undoing all restores what linking alone finds', async function () {
      this.timeout(600_000);
      const { store } = under;
      // Over a network, where there are fewer runs, looking is most of the work.
      const stepsALook = runs(40) < 40 ? 3 : 1;
      const tally = { applied: 0, orphaned: 0, conflicts: 0, refused: 0 };
      let run = 0;
      const stories = fc.tuple(
        fc.tuple(sights, sights),
        fc.tuple(sightings, sightings),
        fc.array(step, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      );
      await fc.assert(
        fc.asyncProperty(stories, async ([[first, second], hows, steps, undoOrder]) => {
          const { id: seriesId } = await store.ensureSeries(`S${++run}`);
          const { id: shadowId } = await store.ensureSeries(`shadow ${run}`);
          const plans: CastPlan[] = [first, second].map((planned, n) => ({
            ...{ episodeId: `run${run}:${n}`, seriesId, sights: planned },
          }));
          const shadows = plans.map((plan) => ({ ...plan, episodeId: `${plan.episodeId}s`, seriesId: shadowId }));
          const last: Narrative[] = [];
          const analyse = async (which: number, how: Sighting) => {
            last[which] = castFilm(plans[which]!, how);
            await store.replaceEpisode(last[which]);
            await store.replaceEpisode(castFilm(shadows[which]!, how));
          };
          for (const [n, how] of hows.entries()) await analyse(n, how);
          for (const [n, wanted] of steps.entries()) {
            if (wanted.do === 'analyse') await analyse(wanted.which, wanted.how);
            else if (!(await edit(store, seriesId, plans, wanted))) tally.refused++;
            if ((n + 1) % stepsALook === 0 || n === steps.length - 1) await checkCast(store, seriesId, plans);
          }
          const edits = await editsOf(store, plans);
          for (const { state, conflicts } of edits) {
            if (state === 'APPLIED') tally.applied++;
            if (state === 'ORPHANED') tally.orphaned++;
            tally.conflicts += conflicts?.length ?? 0;
          }
          const open = edits.filter(({ state }) => state !== 'UNDONE').map(({ id }, n) => ({ id, at: undoOrder[n]! }));
          for (const { id } of open.toSorted((a, b) => a.at - b.at)) await store.undo(id);
          for (const [n, { episodeId }] of plans.entries())
            assert.deepEqual(await store.readNarrative(episodeId, 'effective'), analysePresence(last[n]!));
          assert.deepEqual(await partition(store, seriesId), (await partition(store, shadowId)).map(unshadowed));
        }),
        { numRuns: runs(40) },
      );
      const conflicts = runs(40) < 40 ? 0 : 1;
      assert.ok(
        tally.applied > runs(20) / 2 && tally.conflicts >= conflicts,
        `the property saw too little: ${JSON.stringify(tally)}`,
      );
    });
  });
}

const unshadowed = (ids: readonly string[]) => ids.map((id) => id.replace(/^(run\d+:\d)s/, '$1'));

/** False where the store refuses, as it should. */
async function edit(
  store: Store,
  seriesId: string,
  plans: readonly CastPlan[],
  wanted: Exclude<Step, { do: 'analyse' }>,
): Promise<boolean> {
  const characters = await allOf((page) => store.characters(page, { seriesId }));
  const at = (n: number) => characters[n % characters.length]!.id;
  const before = await editsOf(store, plans);
  switch (wanted.do) {
    case 'rename':
      await store.renameCharacter({ characterId: at(wanted.which), name: names[wanted.name]!, author });
      return true;
    case 'correct': {
      const persons = (await store.personsOf([at(wanted.which)]))[0]!;
      const change = { field: wanted.name % 2 ? 'name' : 'gender', value: names[wanted.name]!, author };
      await store.correct({ nodeId: persons[0]!.id, ...change });
      return true;
    }
    case 'merge': {
      const merging = { keepId: at(wanted.which), otherIds: [at(wanted.other)], author };
      if (merging.keepId !== merging.otherIds[0]) return Boolean(await store.mergeCharacters(merging));
      await assert.rejects(store.mergeCharacters(merging), { code: 'INVALID_INPUT' });
      return false;
    }
    case 'split': {
      const characterId = at(wanted.which);
      const moments = await momentsOf(store, characterId);
      const taken = moments.filter((_, n) => wanted.mask & (1 << (n % 10)));
      const splitting = { characterId, appearanceIds: taken, author };
      if (taken.length > 0 && taken.length < moments.length) return Boolean(await store.splitCharacter(splitting));
      await assert.rejects(store.splitCharacter(splitting), { code: 'INVALID_INPUT' });
      return false;
    }
    case 'undo': {
      const undoable = before.filter(({ state }) => state !== 'UNDONE');
      const chosen = undoable[wanted.which % undoable.length];
      if (chosen) await store.undo(chosen.id);
      return chosen !== undefined;
    }
    default:
      return wanted satisfies never;
  }
}

async function editsOf(store: Store, plans: readonly CastPlan[]) {
  const lists = await Promise.all(plans.map(({ episodeId }) => allOf((page) => store.edits(episodeId, page))));
  return [...new Map(lists.flat().map((made) => [made.id, made])).values()];
}

/** Ids of all appearances and events of a character. */
async function momentsOf(store: Store, characterId: string): Promise<string[]> {
  const persons = (await store.personsOf([characterId]))[0]!;
  const ids = new Set(persons.map(({ id }) => id));
  const narratives = await Promise.all(persons.map(({ episodeId }) => store.readNarrative(episodeId, 'effective')));
  return narratives.flatMap((narrative) =>
    [...narrative!.appearances, ...narrative!.events.filter(({ type }) => type === 'LINE')].flatMap(
      ({ id, personId }) => (ids.has(personId ?? '') ? id : []),
    ),
  );
}

/** The persons of each character of a series, in a stable order. */
async function partition(store: Store, seriesId: string): Promise<string[][]> {
  const characters = await allOf((page) => store.characters(page, { seriesId }));
  const persons = await store.personsOf(characters.map(({ id }) => id));
  return persons.map((one) => one.map(({ id }) => id).sort()).sort((a, b) => (a[0]! < b[0]! ? -1 : 1));
}

async function checkCast(store: Store, seriesId: string, plans: readonly CastPlan[]): Promise<void> {
  const characters = await allOf((page) => store.characters(page, { seriesId }));
  const persons = (await store.personsOf(characters.map(({ id }) => id))) as readonly (readonly Person[])[];
  const listed = persons.flat().map(({ id }) => id);
  assert.equal(new Set(listed).size, listed.length, 'a person is one character');
  for (const [n, of] of persons.entries()) {
    assert.ok(of.length > 0, 'a character is somebody');
    assert.equal(new Set(of.map(({ episodeId }) => episodeId)).size, of.length, 'one person an episode');
    const name = of.toSorted((a, b) => b.screenTimeMs - a.screenTimeMs).find((person) => person.name)?.name;
    if (name) assert.equal(characters[n]!.name, name);
  }
  const there: string[] = [];
  const reads = plans.map(({ episodeId }) =>
    Promise.all([
      store.readNarrative(episodeId, 'effective'),
      ...characters.map(({ id }) => store.shots(episodeId, { first: 100 }, undefined, { characterIds: [id] })),
    ]),
  );
  for (const [narrativeRead, ...shotsOf] of await Promise.all(reads)) {
    const narrative = narrativeRead!;
    assert.deepEqual(findProblems(narrative), []);
    for (const { fromId, toId } of [...narrative.relationships, ...narrative.turns])
      assert.notEqual(fromId, toId, 'nobody is related to themselves');
    there.push(...narrative.persons.map(({ id }) => id));
    for (const [n, found] of shotsOf.entries()) {
      const ids = new Set(persons[n]!.map(({ id }) => id));
      const expected = narrative.shots.filter(
        (shot) =>
          shot.mainSubjectIds.some((id) => ids.has(id)) ||
          narrative.appearances.some(({ shotId, personId }) => shotId === shot.id && ids.has(personId)),
      );
      assert.deepEqual(
        found.edges.map(({ node }) => node.id),
        expected.map(({ id }) => id),
      );
    }
    for (const person of narrative.persons) {
      const seen = narrative.appearances.filter(({ personId }) => personId === person.id);
      const said = narrative.events.filter(({ type, personId }) => type === 'LINE' && personId === person.id);
      assert.equal(person.lineCount, said.length, 'lines are counted once');
      const shotsSeen = new Map(seen.map(({ shotId, startMs, endMs }) => [shotId, endMs - startMs]));
      assert.equal(
        person.screenTimeMs,
        [...shotsSeen.values()].reduce((sum, ms) => sum + ms, 0),
      );
    }
  }
  assert.deepEqual(listed.toSorted(), there.toSorted());
}
