import assert from 'node:assert/strict';
import { onEachStore, type TestApi } from './api.fixture.js';
import { longEpisode } from './harbour.fixture.js';

onEachStore('Neighbours', (openApi) => {
  let api: TestApi;
  before(async () => {
    api = await openApi(longEpisode(100));
  });
  after(() => api?.close());

  /** The store's verbs that a query calls, in order. */
  async function callsOf(query: string): Promise<string[]> {
    api.calls.length = 0;
    await api.data(query);
    return api.calls.toSorted();
  }

  it('of a hundred shots are read in one call a relation', async () => {
    const calls = await callsOf(`{ shots(episodeId: "long", first: 100) { nodes {
      scene { ordinal } cues { text } events { dialogue } keyframes { atMs } appearances { atMs } episode { title } } } }`);
    // Scenes, keyframes and appearances come along with the shots.
    assert.deepEqual(calls, ['during', 'during', 'nodes', 'shots']);
  });

  it('of neighbours are read in one call a level', async () => {
    const calls = await callsOf(`{ events(episodeId: "long", first: 100) { nodes {
      shots { scene { events { ordinal } } cues { scene { ordinal } } } person { name } character { name } } } }`);
    assert.deepEqual(calls, ['childrenOf', 'during', 'during', 'events', 'nodes']);
  });

  it('of characters and persons are read in one call a relation', async () => {
    const calls = await callsOf(`{ characters(episodeId: "long", first: 50) { nodes {
      name persons { name character { name } characterId appearances { atMs } } episode { title } } } }`);
    assert.deepEqual(calls, ['characters', 'charactersOf', 'childrenOf', 'nodes', 'personsOf']);
  });

  it('of scenes are read in one call a relation', async () => {
    const calls = await callsOf(`{ scenes(episodeId: "long", first: 10) { nodes {
      persons { name } characters { name } } } }`);
    assert.deepEqual(calls, ['scenes']);
  });

  it('that lists bring along cost no call of their own, however they are asked for', async () => {
    const scene = 'fragment S on NarrativeNode { ... on Shot { scene { ordinal } } }';
    const appearances = 'appearances(first: $n) { person { name } characterId character { name } shot { ordinal } }';
    const shot = `... on Shot { keyframes(first: 3) { shot { ordinal } } objects { name } mainSubjects { name } }`;
    for (const query of [
      `query ($n: Int! = 7) { shots(episodeId: "long") { nodes { ${appearances} ...S ${shot} } } } ${scene}`,
      `query ($n: Int! = 7) { shots(episodeId: "long") { edges { node { a: appearances(first: 2) { atMs } ${appearances} } } nodes { ...S } } } ${scene}`,
      `query ($n: Int! = 7) { scenes(episodeId: "long") { nodes { shots { ${appearances} } events { character { name } } } } }`,
    ])
      assert.equal((await callsOf(query)).length, 1, query);
    const relationships = '{ relationships(episodeId: "long", atMs: 0) { from { name } to { name } } }';
    assert.deepEqual(await callsOf(relationships), ['relationshipsAt']);
    const skipped = '{ shots(episodeId: "long") { nodes { scene @skip(if: true) { ordinal } } } }';
    assert.deepEqual(await callsOf(skipped), ['shots']);
    const refused = '{ shots(episodeId: "long", first: 1) { nodes { appearances(first: 101) { atMs } } } }';
    assert.equal(await api.code(refused), 'INVALID_INPUT');
  });

  it('that lists bring along are those that the variables of this request say', async () => {
    const query = `query ($n: Int!, $isShown: Boolean!) { scenes(episodeId: "long", first: 2) { nodes {
      events(first: 1) @include(if: $isShown) { ordinal } shots(first: $n) { ordinal } } } }`;
    for (const [n, isShown] of [
      [1, true],
      [2, false],
      [100, true],
    ] as const) {
      api.calls.length = 0;
      const { nodes } = (await api.data(query, { n, isShown })).scenes;
      assert.deepEqual([nodes[1].shots.length, 'events' in nodes[1]], [Math.min(n, 10), isShown]);
      assert.deepEqual(api.calls, ['scenes']);
    }
  });

  it('of search hits are read in one call a relation', async () => {
    const calls = await callsOf(`{ search(text: "day", kinds: [Cue], first: 50) { nodes {
      episode { title } node { ... on Cue { scene { ordinal } shots { ordinal } } } } } }`);
    assert.deepEqual(calls, ['during', 'during', 'nodes', 'search']);
  });

  it('are read anew in the next request', async () => {
    const location = async () =>
      (await api.data('{ shots(episodeId: "long", first: 1) { nodes { scene { location } } } }')).shots.nodes[0].scene
        .location;
    assert.equal(await location(), null);
    await api.store.correct({ nodeId: 'long:scene:0', field: 'location', value: 'a beach', author: 'me' });
    assert.equal(await location(), 'a beach');
  });
});
