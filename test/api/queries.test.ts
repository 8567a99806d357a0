import assert from 'node:assert/strict';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour, keyframeImage } from './harbour.fixture.js';

onEachStore('GraphQL queries', (openApi) => {
  let api: TestApi;
  before(async () => {
    api = await openApi(harbour());
  });
  after(() => api?.close());

  it('answer an episode with its report, its media address and no path', async () => {
    const { episode } = await api.data(`{ episode(id: "harbour") {
      id kind title source durationMs frameRate mediaUrl contactSheetUrl media { root path sha256 }
      report { stages { name summary } gaps { stage missing remedy } } } }`);
    assert.deepEqual(episode, {
      id: 'harbour',
      kind: 'Episode',
      title: 'The harbour',
      source: 'FILM',
      durationMs: 60_000,
      frameRate: 25,
      mediaUrl: '/media/films/harbour',
      contactSheetUrl: `/media/pictures/${keyframeImage}.jpg`,
      media: { root: 'films', path: 'harbour.mp4', sha256: 'cc'.repeat(32) },
      report: {
        stages: [{ name: 'shots', summary: '4 shots.' }],
        gaps: [{ stage: 'cues', missing: 'The language.', remedy: 'fabula models pull' }],
      },
    });
    assert.deepEqual(await api.data('{ episode(id: "nobody") { id } }'), { episode: null });
  });

  it('reach every neighbour of an episode from it', async () => {
    const { episodes } = await api.data(`{ episodes { nodes {
      series { title }
      scenes { nodes { ordinal location personIds persons { name } characters(first: 5) { name }
        shots { ordinal } events { ordinal } cues { text } episode { id } } }
      shots(window: { startMs: 12000, endMs: 30000 }) { nodes { ordinal } }
      events { nodes { ordinal } } cues { nodes { text } }
      speech(window: { startMs: 0, endMs: 20000 }) { nodes { startMs endMs } }
      characters { nodes { name } } persons(first: 5) { name character { name } scenes(first: 5) { ordinal } }
      signals(names: [LIGHT]) { name stepMs unit values } edits { nodes { id } } } } }`);
    assert.deepEqual(episodes.nodes, [
      {
        series: null,
        scenes: {
          nodes: [
            {
              ordinal: 1,
              location: 'the quay',
              personIds: ['harbour:mara'],
              persons: [{ name: 'Mara' }],
              characters: [{ name: 'Mara' }],
              shots: [{ ordinal: 1 }, { ordinal: 2 }],
              events: [{ ordinal: 1 }],
              cues: [{ text: 'The ship leaves at dawn.' }],
              episode: { id: 'harbour' },
            },
            {
              ordinal: 2,
              location: 'an office',
              personIds: [],
              persons: [],
              characters: [],
              shots: [{ ordinal: 3 }, { ordinal: 4 }],
              events: [{ ordinal: 2 }],
              cues: [{ text: '富贵险中求' }, { text: 'Then we leave tonight.' }],
              episode: { id: 'harbour' },
            },
          ],
        },
        shots: { nodes: [{ ordinal: 2 }] },
        events: { nodes: [{ ordinal: 1 }, { ordinal: 2 }] },
        cues: {
          nodes: [{ text: 'The ship leaves at dawn.' }, { text: '富贵险中求' }, { text: 'Then we leave tonight.' }],
        },
        speech: { nodes: [{ startMs: 11_000, endMs: 15_000 }] },
        characters: { nodes: [{ name: 'Mara' }, { name: 'Okafor' }] },
        persons: [
          { name: 'Mara', character: { name: 'Mara' }, scenes: [{ ordinal: 1 }] },
          { name: 'Okafor', character: { name: 'Okafor' }, scenes: [] },
        ],
        signals: [{ name: 'LIGHT', stepMs: 1000, unit: 'mean luma 0…255', values: [16, 120.5] }],
        edits: { nodes: [] },
      },
    ]);
  });

  it('reach every neighbour of a shot from it', async () => {
    const { shots } = await api.data(`{ shots(episodeId: "harbour", window: { startMs: 12500, endMs: 13000 }) { nodes {
      ordinal transition sceneId scene { location } mainSubjectIds mainSubjects { name }
      cues { text } events { type dialogue } objects { name }
      keyframes { atMs valid rejection imageId imageUrl shot { ordinal } }
      appearances { personId person { name } characterId character { id name } shotId shot { ordinal }
        positionCm { x y z } vad { valence arousal dominance } faceBox { x y width height } }
      provenance { by confidence evidence { startMs } } } } }`);
    assert.equal(shots.nodes.length, 1);
    const [shot] = shots.nodes;
    const [{ characterId, character, ...appearance }] = shot.appearances;
    assert.equal(characterId, character.id);
    assert.equal(character.name, 'Mara');
    assert.deepEqual(appearance, {
      personId: 'harbour:mara',
      person: { name: 'Mara' },
      shotId: 'harbour:shot2',
      shot: { ordinal: 2 },
      positionCm: { x: 10, y: 160, z: -20 },
      vad: { valence: -0.5, arousal: 0.7, dominance: 0.1 },
      faceBox: { x: 0.4, y: 0.1, width: 0.2, height: 0.3 },
    });
    assert.deepEqual(shot.scene, { location: 'the quay' });
    assert.deepEqual(shot.mainSubjects, [{ name: 'Mara' }]);
    assert.deepEqual(shot.cues, [{ text: 'The ship leaves at dawn.' }]);
    assert.deepEqual(shot.events, [{ type: 'LINE', dialogue: 'The ship leaves at dawn.' }]);
    assert.equal(shot.keyframes[0].rejection, 'BLUR');
    assert.equal(shot.keyframes[0].imageUrl, `/media/pictures/${shot.keyframes[0].imageId}.jpg`);
    assert.deepEqual(shot.keyframes[0].shot, { ordinal: 2 });
  });

  it('filter shots by who is in them, where they play and what is said', async () => {
    const { characters } = await api.data('{ characters(episodeId: "harbour") { nodes { id name } } }');
    const id = (name: string) => characters.nodes.find((found: { name: string }) => found.name === name).id;
    const ordinals = async (filter: object) => {
      const query = `query ($filter: ShotFilter) { shots(episodeId: "harbour", filter: $filter) { nodes { ordinal } } }`;
      const { shots } = await api.data(query, { filter });
      return shots.nodes.map((shot: { ordinal: number }) => shot.ordinal);
    };
    assert.deepEqual(await ordinals({ location: 'office' }), [3, 4]);
    assert.deepEqual(await ordinals({ dialogue: 'dawn' }), [1, 2]);
    assert.deepEqual(await ordinals({ dialogue: '富贵' }), [4]);
    assert.deepEqual(await ordinals({ characterIds: [id('Mara')] }), [2]);
    assert.deepEqual(await ordinals({ characterIds: [id('Mara'), id('Okafor')] }), []);
    assert.deepEqual(await ordinals({ characterIds: [id('Mara'), id('Okafor')], characters: 'ANY' }), [2]);
    assert.deepEqual(await ordinals({ minHighlightScore: 5 }), []);
    assert.deepEqual(await ordinals({ location: null, dialogue: null }), [1, 2, 3, 4]);
  });

  it('answer events with who acts, on whom, in which shots, and play their evidence', async () => {
    const { events } = await api.data(`{ events(episodeId: "harbour", types: [LINE, SILENCE]) { nodes {
      type personId person { name } characterId character { id } targetIds targets { name } shots { ordinal }
      scene { ordinal } provenance { evidence { nodeId node { __typename ... on Scene { location } } } } } } }`);
    const [line, silence] = events.nodes;
    assert.deepEqual(line.person, { name: 'Mara' });
    assert.equal(line.characterId, line.character.id);
    assert.deepEqual(line.targets, [{ name: 'Okafor' }]);
    assert.deepEqual(line.shots, [{ ordinal: 1 }, { ordinal: 2 }]);
    assert.equal(silence.person, null);
    assert.deepEqual(silence.provenance.evidence[0].node, { __typename: 'Scene', location: 'an office' });
    const { events: silences } = await api.data(
      '{ events(episodeId: "harbour", types: [SILENCE]) { nodes { ordinal } } }',
    );
    assert.deepEqual(silences.nodes, [{ ordinal: 2 }]);
  });

  it('answer cues with the scene and the shots they are said over', async () => {
    const { cues } = await api.data(`{ cues(episodeId: "harbour", window: { startMs: 0, endMs: 41000 }) {
      nodes { text source speakerTag scene { ordinal } shots { ordinal } } } }`);
    assert.deepEqual(cues.nodes, [
      {
        text: 'The ship leaves at dawn.',
        source: 'BURNED_IN',
        speakerTag: 'MARA',
        scene: { ordinal: 1 },
        shots: [{ ordinal: 1 }, { ordinal: 2 }],
      },
      {
        text: '富贵险中求',
        source: 'BURNED_IN',
        speakerTag: 'OKAFOR',
        scene: { ordinal: 2 },
        shots: [{ ordinal: 4 }],
      },
    ]);
  });

  it('answer a character with the person it is in each episode', async () => {
    const { characters } = await api.data('{ characters(episodeId: "harbour", first: 1) { nodes { id } } }');
    const { character } = await api.data(
      `query ($id: ID!) { character(id: $id) { name kind aliases portraitUrl series { id } episode { title }
        persons { name lineCount episode { title } appearances { shot { ordinal } } } } }`,
      { id: characters.nodes[0].id },
    );
    assert.deepEqual(character, {
      name: 'Mara',
      kind: 'Character',
      aliases: [],
      portraitUrl: null,
      series: null,
      episode: { title: 'The harbour' },
      persons: [
        {
          name: 'Mara',
          lineCount: 2,
          episode: { title: 'The harbour' },
          appearances: [{ shot: { ordinal: 2 } }],
        },
      ],
    });
    assert.deepEqual(await api.data('{ character(id: "harbour:mara") { id } }'), { character: null });
  });

  it('answer the highlights of an episode or of all, with what sets them up and what they cover', async () => {
    const query = `query ($id: ID, $top: Int!, $types: [String!]) { highlights(episodeId: $id, top: $top, types: $types, minScore: 5) {
      type score startMs endMs episode { title } reasoning { text } contributions { term share }
      setupEvents { dialogue } shots { ordinal } } }`;
    const departure = {
      ...{ type: 'REVELATION', score: 7.5, startMs: 12_000, endMs: 31_000, episode: { title: 'The harbour' } },
      ...{ reasoning: { text: 'The ship leaves.' }, contributions: [{ term: 'dialogue', share: 1 }] },
      ...{ setupEvents: [{ dialogue: 'The ship leaves at dawn.' }], shots: [{ ordinal: 2 }, { ordinal: 3 }] },
    };
    for (const id of [null, 'harbour'])
      assert.deepEqual(await api.data(query, { id, top: 20 }), { highlights: [departure] });
    assert.deepEqual(await api.data(query, { top: 20, types: ['CHASE'] }), { highlights: [] });
    assert.equal(await api.code(query, { top: 0 }), 'INVALID_INPUT');
    assert.equal(await api.code(query, { top: 101 }), 'INVALID_INPUT');
  });

  it('answer how persons stand to each other at a moment', async () => {
    const query = `query ($atMs: Int!, $who: ID) { relationships(episodeId: "harbour", atMs: $atMs, characterId: $who) {
      relation polarity strength explicit from { id name } to { name } } }`;
    const { relationships } = await api.data(query, { atMs: 30_999 });
    const [{ from, to, ...how }] = relationships;
    assert.deepEqual(how, { relation: 'captain', polarity: 0.5, strength: 0.8, explicit: true });
    assert.deepEqual([from.name, to.name], ['Mara', 'Okafor']);
    assert.deepEqual(await api.data(query, { atMs: 31_000 }), { relationships: [] });
    assert.deepEqual(await api.data(query, { atMs: 0, who: from.id }), { relationships });
    assert.deepEqual(await api.data(query, { atMs: 0, who: 'nobody' }), { relationships: [] });
  });

  it('find words in any script, with the moment, the text around and the node', async () => {
    const query = `query ($text: String!, $kinds: [SearchableKind!]) { search(text: $text, kinds: $kinds) { nodes {
      episodeId episode { title } startMs endMs snippet score reasons
      node { __typename ... on Cue { text } ... on Character { name } } } } }`;
    const { search } = await api.data(query, { text: '富贵' });
    assert.equal(search.nodes.length, 1);
    const [hit] = search.nodes;
    assert.deepEqual(hit.node, { __typename: 'Cue', text: '富贵险中求' });
    assert.equal(hit.startMs, 40_000);
    assert.equal(hit.endMs, 42_000);
    assert.equal(hit.snippet, '‹富贵›险中求');
    assert.deepEqual(hit.episode, { title: 'The harbour' });
    assert.ok(hit.score > 0 && hit.score <= 1);
    const found = await api.data(query, { text: 'mara', kinds: ['Character'] });
    assert.deepEqual(found.search.nodes[0].node, { __typename: 'Character', name: 'Mara' });
    assert.deepEqual((await api.data(query, { text: 'zebra' })).search.nodes, []);
  });

  it('take operators of query languages in a search for plain words', async () => {
    const query = 'query ($text: String!) { search(text: $text) { nodes { snippet } } facets(text: $text) { field } }';
    for (const text of [
      '"',
      '*',
      'dawn AND',
      'NEAR(',
      "'; DROP TABLE node; --",
      '(((',
      '-dawn',
      'said:dawn',
      '\0',
      '',
    ]) {
      const { errors } = await api.ask(query, { text });
      assert.equal(errors, undefined, text);
    }
  });

  it('count the hits of a search by kind, episode and speaker', async () => {
    const count = async (text: string, field: string) => {
      const query = 'query ($text: String!) { facets(text: $text, kinds: [Cue]) { field values { value count } } }';
      const { facets } = await api.data(query, { text });
      return facets.find((facet: { field: string }) => facet.field === field).values;
    };
    assert.deepEqual(await count('leave', 'kind'), [{ value: 'Cue', count: 1 }]);
    assert.deepEqual(await count('leave', 'episode'), [{ value: 'harbour', count: 1 }]);
    assert.deepEqual(await count('leave', 'speaker'), [{ value: 'MARA', count: 1 }]);
    assert.deepEqual(await count('', 'speaker'), [
      { value: 'MARA', count: 2 },
      { value: 'OKAFOR', count: 1 },
    ]);
  });

  it('export the narrative without embeddings, or as a text, and refuse unknown formats', async () => {
    const { export: exported } = await api.data('{ export(episodeId: "harbour", format: JSON) }');
    assert.deepEqual(exported, JSON.parse(JSON.stringify({ ...harbour(), embeddings: [] })));
    assert.deepEqual(await api.data('{ export(episodeId: "harbour") }'), { export: exported });
    const { export: screenplay } = await api.data('{ export(episodeId: "harbour", format: FOUNTAIN) }');
    assert.match(screenplay, /^(INT|EXT|I\/E)\. /m);
    assert.equal(await api.code('{ export(episodeId: "harbour", format: BETAMAX) }'), 'GRAPHQL_VALIDATION_FAILED');
    assert.equal(await api.code('{ export(episodeId: "nobody") }'), 'NOT_FOUND');
  });

  it('answer what is installed', async () => {
    const { health, models } = await api.data(
      '{ health { ok version checks { name ok detail remedy } } models { name tier purpose present remedy } }',
    );
    assert.equal(health.ok, true);
    assert.deepEqual(health.checks, [{ name: 'store', ok: true, detail: 'embedded', remedy: null }]);
    assert.equal(models[0].tier, 'BUNDLED');
  });

  it('answer empty lists for an episode that is not there', async () => {
    const { scenes, shots, cues, events, characters, edits } = await api.data(`{
      scenes(episodeId: "x") { nodes { id } } shots(episodeId: "x") { nodes { id } }
      cues(episodeId: "x") { nodes { id } } events(episodeId: "x") { nodes { id } }
      characters(episodeId: "x") { nodes { id } } edits(episodeId: "x") { nodes { id } } }`);
    for (const list of [scenes, shots, cues, events, characters, edits]) assert.deepEqual(list.nodes, []);
  });

  it('give biometric data in no way', async () => {
    const { data, errors } = await api.ask(`{ __type(name: "IdentityEmbedding") { name }
      narrativeNode: __type(name: "NarrativeNode") { possibleTypes { name } } }`);
    assert.equal(errors, undefined);
    assert.equal(data.__type, null);
    assert.ok(!JSON.stringify(data.narrativeNode).includes('IdentityEmbedding'));
    const text = JSON.stringify(await api.data('{ export(episodeId: "harbour") }'));
    assert.ok(!text.includes('0.123456'));
  });
});
