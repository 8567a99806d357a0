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
    // Scenes and the episode are both nodes by id: one call for both.
    assert.deepEqual(calls, ['childrenOf', 'childrenOf', 'during', 'during', 'nodes', 'shots']);
  });

  it('of neighbours are read in one call a level', async () => {
    const calls = await callsOf(`{ events(episodeId: "long", first: 100) { nodes {
      shots { scene { events { ordinal } } cues { scene { ordinal } } } person { name } character { name } } } }`);
    assert.deepEqual(calls, ['charactersOf', 'childrenOf', 'during', 'during', 'events', 'nodes', 'nodes']);
  });

  it('of characters and persons are read in one call a relation', async () => {
    const calls = await callsOf(`{ characters(episodeId: "long", first: 50) { nodes {
      name persons { name character { name } characterId appearances { atMs } } episode { title } } } }`);
    assert.deepEqual(calls, ['characters', 'charactersOf', 'childrenOf', 'nodes', 'personsOf']);
  });

  it('of scenes are read in one call a relation', async () => {
    const calls = await callsOf(`{ scenes(episodeId: "long", first: 10) { nodes {
      persons { name } characters { name } } } }`);
    assert.deepEqual(calls, ['charactersOf', 'nodes', 'scenes']);
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
