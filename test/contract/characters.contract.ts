import assert from 'node:assert/strict';
import type { Person } from '../../schema/person.js';
import { allOf, type FilmDraft, film, withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

export function charactersContract(open: OpenStore): void {
  describe('characters', () => {
    const under = withStore(open);
    const load = async (draft: FilmDraft) => {
      const narrative = film(draft);
      await under.store.replaceEpisode(narrative);
      const characters = await under.store.charactersOf(narrative.persons.map(({ id }) => id));
      return characters.map((character) => character!);
    };
    const people = (...names: (string | undefined)[]): Partial<Person>[] => names.map((name) => ({ name }));

    it('of a lone episode are its persons, one each, the unnamed ones too', async () => {
      const [mara, nobody, ...rest] = await load({ people: [{ name: 'Mara', aliases: ['M.'], portraitId: 'p' }, {}] });
      assert.deepEqual(rest, []);
      assert.deepEqual(mara, {
        ...mara!,
        kind: 'Character',
        episodeId: 'episode:film',
        name: 'Mara',
        aliases: ['M.'],
        portraitId: 'p',
      });
      assert.equal(mara!.seriesId, undefined);
      assert.equal(nobody!.name, 'Person 2');
      const [other] = await load({ id: 'episode:other', people: people('Mara') });
      assert.notEqual(other!.id, mara!.id, 'two lone episodes share nobody');
    });

    it('of a series are matched by name or alias in any case; the unnamed are somebody new', async () => {
      const { id: seriesId } = await under.store.ensureSeries('S');
      const [mara, theo, nobody] = await load({ id: '1', seriesId, people: [...people('Mara', 'Theo'), {}] });
      const [alias, upper, other] = await load({
        id: '2',
        seriesId,
        people: [{ name: 'Theodore', aliases: ['theo'] }, ...people('MARA'), {}],
      });
      assert.equal(upper!.id, mara!.id);
      assert.equal(alias!.id, theo!.id);
      assert.notEqual(other!.id, nobody!.id);
      assert.deepEqual(
        (await under.store.personsOf([mara!.id]))[0]!.map(({ episodeId }) => episodeId),
        ['1', '2'],
      );
      assert.equal(mara!.seriesId, seriesId);
    });

    it('keep who they are when their episode is replaced or their name corrected', async () => {
      const { id: seriesId } = await under.store.ensureSeries('S');
      const [mara, nobody] = await load({ seriesId, people: [{ name: 'Mara' }, {}] });
      const [maraAgain, nobodyAgain] = await load({ seriesId, people: [{ name: 'Mara' }, {}] });
      assert.deepEqual([maraAgain, nobodyAgain], [mara, nobody]);
      const [person] = film({ people: people('Mara') }).persons;
      const edit = await under.store.correct({ nodeId: person!.id, field: 'name', value: 'Marla', author: 'a' });
      const renamed = (await under.store.charactersOf([person!.id]))[0]!;
      assert.deepEqual([renamed.id, renamed.name], [mara!.id, 'Marla']);
      await under.store.undo(edit.id);
      assert.deepEqual((await under.store.charactersOf([person!.id]))[0], mara);
    });

    it('are not two persons of one episode, whatever their names', async () => {
      const { id: seriesId } = await under.store.ensureSeries('S');
      const [one, two] = await load({ seriesId, people: people('Guard', 'Guard') });
      assert.notEqual(one!.id, two!.id);
      const again = await load({ seriesId, people: people('Guard', 'Guard') });
      assert.deepEqual(
        again.map(({ id }) => id),
        [one!.id, two!.id],
      );
      const [first, second, third] = await load({ id: '2', seriesId, people: people('Guard', 'Guard', 'guard') });
      assert.deepEqual([first!.id, second!.id].sort(), [one!.id, two!.id].sort());
      assert.equal(new Set([first!.id, second!.id, third!.id]).size, 3);
    });

    it('leave when nobody is them any more, and change no other episode', async () => {
      const { store } = under;
      const { id: seriesId } = await store.ensureSeries('S');
      const [mara, theo] = await load({ id: '1', seriesId, people: people('Mara', 'Theo') });
      await load({ id: '2', seriesId, people: people('Mara') });
      await store.deleteEpisode('1');
      assert.deepEqual(await store.nodes([theo!.id]), [undefined]);
      assert.equal((await store.characters({ first: 9 }, { seriesId })).edges[0]!.node.id, mara!.id);
      await load({ id: '2', seriesId, people: people('Zoe') });
      assert.deepEqual(
        (await allOf((page) => store.characters(page, {}))).map(({ name }) => name),
        ['Zoe'],
      );
      assert.deepEqual((await store.search({ text: 'Mara' }, { first: 9 })).edges, []);
    });

    it('are listed by screen time, longest first, in the episode, the series and everywhere', async () => {
      const { store } = under;
      const { id: seriesId } = await store.ensureSeries('S');
      const seen = (name: string, screenTimeMs: number) => ({ name, screenTimeMs });
      await load({ id: '1', seriesId, people: [seen('A', 5), seen('B', 9), seen('C', 5)] });
      await load({ id: '2', seriesId, people: [seen('A', 7), seen('D', 1)] });
      await load({ id: '3', people: [seen('E', 100)] });
      const names = async (of: { episodeId?: string; seriesId?: string }, first: number) =>
        (await allOf((page) => store.characters(page, of), first)).map(({ name }) => name).join('');
      for (const first of [1, 2, 100]) {
        assert.match(await names({ episodeId: '1' }, first), /^B(AC|CA)$/);
        assert.equal(await names({ episodeId: '2' }, first), 'AD');
        assert.equal(await names({ seriesId }, first), 'ABCD');
        assert.equal(await names({}, first), 'EABCD');
      }
    });

    it('are found by name or alias, where they first appear', async () => {
      const cues = [{ startMs: 3_000, endMs: 4_000, text: 'Well', speakerTag: 'Mara' }];
      await load({ people: [{ name: 'Mara', aliases: ['老王'] }], cues });
      const { edges } = await under.store.search({ text: '老王', kinds: ['Character'] }, { first: 9 });
      const { node: hit } = edges[0]!;
      assert.deepEqual([hit.episodeId, hit.startMs, hit.endMs, hit.snippet], ['episode:film', 3_000, 4_000, '‹老王›']);
      assert.deepEqual(hit.reasons, ['aliases: 老王']);
    });

    it('have no twins when episodes of one series are loaded at once', async () => {
      const { store } = under;
      const other = await under.openAnother();
      const { id: seriesId } = await store.ensureSeries('S');
      const names = ['Mara', 'Theo', 'Zoe'];
      await Promise.all(
        Array.from({ length: 8 }, (_, n) =>
          [store, other][n % 2]!.replaceEpisode(film({ id: `e${n}`, seriesId, people: people(...names) })),
        ),
      );
      const characters = await allOf((page) => store.characters(page, { seriesId }));
      assert.deepEqual(characters.map(({ name }) => name).sort(), names);
      const persons = await store.personsOf(characters.map(({ id }) => id));
      assert.deepEqual(
        persons.map(({ length }) => length),
        [8, 8, 8],
      );
    });
  });
}
