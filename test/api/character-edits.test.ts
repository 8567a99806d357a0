import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import { analysePresence } from '../../src/narrative/presence/presence.js';
import { castFilm } from '../cast-films.js';
import { onEachStore, type TestApi } from './api.fixture.js';

const edit =
  'id state author operation { operation field value } character { id name persons { id } } node { id } ' +
  'conflicts { conflict detail episode { id } startMs endMs character { id } against } ' +
  'anchor { nodeId kind node { id } persons { person { id } characterId character { id } episode { id } moments { kind node { id } faceBox { x } } } others { character { name } } taken { isPart } }';
const rename = `mutation ($id: ID!, $name: String!) { renameCharacter(characterId: $id, name: $name) { ${edit} } }`;
const merge = `mutation ($id: ID!, $others: [ID!]!) { mergeCharacters(keepId: $id, otherIds: $others) { ${edit} } }`;
const split = `mutation ($id: ID!, $appearances: [ID!], $name: String) {
  splitCharacter(characterId: $id, appearanceIds: $appearances, name: $name) { ${edit} } }`;
const undo = 'mutation ($id: ID!) { undo(editId: $id) { state character { id } } }';

onEachStore('GraphQL mutations of characters', (openApi) => {
  let api: TestApi;
  let film: Narrative;
  const sight = (shot: number, actor: number) => ({ shot, actor, isHeard: actor === 0 });
  beforeEach(async () => {
    film = castFilm({ episodeId: 'film', sights: [sight(0, 0), sight(1, 0), sight(1, 1), sight(2, 1)] });
    api = await openApi(film);
  });
  afterEach(() => api.close());

  const characters = async (): Promise<{ id: string; name: string }[]> =>
    (await api.data('{ characters(episodeId: "film") { nodes { id name } } }')).characters.nodes;
  const shotsOf = async (id: string): Promise<number[]> => {
    const query =
      'query ($ids: [ID!]) { shots(episodeId: "film", filter: { characterIds: $ids }) { nodes { ordinal } } }';
    return (await api.data(query, { ids: [id] })).shots.nodes.map(({ ordinal }: { ordinal: number }) => ordinal);
  };

  it('name, merge and split, say what does not fit, and are taken back', async () => {
    const [a, b] = await characters();
    const renamed = (await api.data(rename, { id: a!.id, name: 'Mara' })).renameCharacter;
    assert.deepEqual([renamed.state, renamed.author, renamed.node], ['APPLIED', 'tester', null]);
    assert.deepEqual(renamed.character.name, 'Mara');
    assert.deepEqual(renamed.anchor.persons[0].character, { id: a!.id });
    assert.ok(renamed.anchor.persons[0].moments.every(({ node }: { node: object | null }) => node));

    const merged = (await api.data(merge, { id: a!.id, others: [b!.id] })).mergeCharacters;
    assert.deepEqual(
      merged.conflicts.map(({ conflict, startMs, endMs }: Record<string, unknown>) => [conflict, startMs, endMs]),
      [['SAME_FRAME', 2_000, 4_000]],
    );
    assert.deepEqual(
      (await characters()).map(({ name }) => name),
      ['Mara'],
    );
    assert.deepEqual(await shotsOf(a!.id), [1, 2, 3]);

    const others = film.appearances.filter(({ faceBox }) => faceBox!.x > 0).map(({ id }) => id);
    const apart = (await api.data(split, { id: a!.id, appearances: others, name: 'Theo' })).splitCharacter;
    assert.equal(apart.character.name, 'Theo');
    assert.deepEqual(
      [await shotsOf(a!.id), await shotsOf(apart.character.id)],
      [
        [1, 2],
        [2, 3],
      ],
    );
    const found = await api.data('{ search(text: "Theo") { nodes { startMs } } }');
    assert.equal(found.search.nodes.length, 1);
    for (const { id } of [merged, apart, renamed]) assert.equal((await api.data(undo, { id })).undo.state, 'UNDONE');
    assert.deepEqual((await characters()).map(({ id }) => id).sort(), [a!.id, b!.id].sort());
    assert.deepEqual(await api.store.readNarrative('film', 'effective'), analysePresence(film));
  });

  it('refuse what cannot be done', async () => {
    const [a] = await characters();
    assert.equal(await api.code(rename, { id: 'x', name: 'Mara' }), 'NOT_FOUND');
    assert.equal(await api.code(rename, { id: a!.id, name: ' ' }), 'INVALID_INPUT');
    assert.equal(await api.code(merge, { id: a!.id, others: [] }), 'INVALID_INPUT');
    assert.equal(await api.code(split, { id: a!.id, appearances: null }), 'INVALID_INPUT');
  });

  it('are read with what they were made on in one call a neighbour', async () => {
    const [a, b] = await characters();
    for (const name of ['A', 'B', 'C']) await api.store.renameCharacter({ characterId: a!.id, name, author: 'x' });
    await api.store.renameCharacter({ characterId: b!.id, name: 'D', author: 'x' });
    api.calls.length = 0;
    await api.data(`{ edits(episodeId: "film") { nodes { ${edit} } } }`);
    const counts = new Map<string, number>();
    for (const call of api.calls) counts.set(call, (counts.get(call) ?? 0) + 1);
    assert.ok(
      [...counts.values()].every((count) => count <= 2),
      JSON.stringify([...counts]),
    );
  });
});
