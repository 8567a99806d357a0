import assert from 'node:assert/strict';
import type { Relationship } from '../../schema/relationship.js';
import { allOf, film, provenance, withStore } from './fixture.js';
import type { OpenStore } from './store.contract.js';

export function relationshipsContract(open: OpenStore): void {
  describe('relationships', () => {
    const under = withStore(open);
    const id = 'episode:film';
    const person = (n: number) => `${id}:person:0000000${n > 1 ? `:${n}` : ''}`;
    const relationship = (from: number, to: number, startMs: number, endMs: number): Relationship => ({
      ...{ id: `${id}:${from}-${to}:${startMs}`, kind: 'Relationship', episodeId: id, provenance },
      ...{ fromId: person(from), toId: person(to), startMs, endMs },
      ...{ relation: 'friend', polarity: 0.5, strength: 0.5, explicit: false },
    });
    const told = film({
      people: [{ name: 'Ann' }, { name: 'Ben' }, { name: 'Cao' }],
      more: {
        relationships: [
          relationship(2, 3, 0, 9_000),
          relationship(1, 2, 0, 4_000),
          relationship(1, 2, 4_000, 9_000),
          relationship(3, 1, 2_000, 2_001),
        ],
      },
    });
    const at = async (atMs: number, first = 100, characterId?: string) =>
      (await allOf((page) => under.store.relationshipsAt(id, atMs, page, characterId), first)).map((one) =>
        one.id.slice(id.length + 1),
      );

    it('at a moment are those that last then, half-open, in order of time, then id', async () => {
      await under.store.replaceEpisode(told);
      assert.deepEqual(await at(0), ['1-2:0', '2-3:0']);
      assert.deepEqual(await at(2_000), ['1-2:0', '2-3:0', '3-1:2000']);
      assert.deepEqual(await at(2_001), ['1-2:0', '2-3:0']);
      assert.deepEqual(await at(4_000), ['2-3:0', '1-2:4000']);
      assert.deepEqual(await at(2_000, 2), await at(2_000), 'page by page');
      assert.deepEqual(await at(9_000), []);
      assert.deepEqual((await under.store.relationshipsAt('nobody', 0, { first: 100 })).edges, []);
    });

    it('of a character are those to and from them', async () => {
      const { store } = under;
      await store.replaceEpisode(told);
      const [ann, ben] = await store.charactersOf([person(1), person(2)]);
      assert.deepEqual(await at(2_000, 100, ann!.id), ['1-2:0', '3-1:2000']);
      assert.deepEqual(await at(2_000, 1, ben!.id), ['1-2:0', '2-3:0']);
      assert.deepEqual(await at(2_000, 100, 'character:nobody'), []);
    });
  });
}
