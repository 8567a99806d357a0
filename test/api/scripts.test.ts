/** Scripts in and out of the API. The annotated film takes about 5 s a store. */
import assert from 'node:assert/strict';
import type { Narrative } from '../../schema/narrative.js';
import { formatOf } from '../../src/formats/formats.js';
import { fountain } from '../../src/formats/fountain.js';
import { skyScript } from '../../src/formats/skyscript.js';
import { hasSkyScriptSample, skyScriptSample } from '../skyscript-sample.js';
import { hasStudyForrest, studyForrest, studyForrestText } from '../study-forrest.js';
import { onEachStore, openTestApi, type TestApi } from './api.fixture.js';

interface ToldLine {
  readonly character: { readonly name: string };
  readonly targets: readonly { readonly name: string }[];
  readonly dialogue: string;
}

const importScript = `mutation ($input: ImportScriptInput!) { importScript(input: $input) {
  id job state priority input episodeId } }`;
const text = 'Title: Two\n\nINT. PIER - DUSK\n\nMARA\nYou came, Tomas.\n\nTOMAS\n(quietly)\nI came.\n';

describe('importScript', () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openTestApi();
  });
  afterEach(() => api.close());

  it('gives a job, the same one when asked again, and does not repeat a script that was sent along', async () => {
    const input = { text, format: 'FOUNTAIN', title: 'Two', series: 'Piers' };
    const { importScript: job } = await api.data(importScript, { input });
    const { id, ...said } = job;
    assert.deepEqual(said, {
      ...{ job: 'IMPORT', state: 'QUEUED', priority: 'NORMAL', episodeId: null },
      input: { format: 'fountain', title: 'Two', series: 'Piers', textLength: text.length },
    });
    assert.equal((await api.data(importScript, { input })).importScript.id, id);
    assert.notEqual((await api.data(importScript, { input: { ...input, text: `${text}\n` } })).importScript.id, id);
  });

  it('takes a file of a media root, and no other', async () => {
    const { importScript: job } = await api.data(importScript, { input: { path: 'harbour.mp4' } });
    assert.deepEqual(job.input, { script: { root: 'films', path: 'harbour.mp4' } });
    for (const [input, code] of [
      [{ path: '../secret.txt' }, 'MEDIA_OUTSIDE_ROOTS'],
      [{ path: 'none.fountain' }, 'MEDIA_NOT_FOUND'],
      [{}, 'INVALID_INPUT'],
      [{ text, path: 'harbour.mp4' }, 'INVALID_INPUT'],
      [{ text: 'x'.repeat(1_000_001) }, 'INVALID_INPUT'],
      [{ text, title: 'x'.repeat(501) }, 'INVALID_INPUT'],
    ] as const)
      assert.equal(await api.code(importScript, { input }), code);
  });
});

onEachStore('A script in the graph', (openApi) => {
  let api: TestApi;
  let opened: TestApi | undefined;
  const open = async (narrative: Narrative) => {
    opened = await openApi(narrative);
    return opened;
  };
  afterEach(async () => {
    await opened?.close();
    opened = undefined;
  });
  const exported = async (id: string, format: string) =>
    (await api.data(`{ export(episodeId: "${id}", format: ${format}) }`)).export;

  it('leaves in every format of scripts as text, to the letter in its own', async () => {
    const { narrative } = fountain.read!(text, { episodeId: 'two' });
    api = await open(narrative);
    assert.equal(await exported('two', 'FOUNTAIN'), text);
    assert.match(await exported('two', 'FDX'), /<Paragraph Type="Character">\s*<Text>TOMAS<\/Text>/);
    assert.match(await exported('two', 'SHOOTING_SCRIPT'), /^SCENE 1 INT\. PIER - DUSK$/m);
    assert.equal((await exported('two', 'JSON')).episode.source, 'SCRIPT');
  });

  it('of SkyScript keeps what looks were rated as to itself, and gives the rest back as it was', async () => {
    const person = { object: 'person', Age: 'adult', Actions: 'waiting', 'Shot Type': 'Close-up', Line: 'At last.' };
    const entry = { Scene: ['1', 'Pier'], BGM: ['False'], 'Scene Description': 'Outdoors, a pier.' };
    const people = [
      { ...person, Ethnicity: 'x-secret', 'Facial Attractiveness': 4 },
      { ...person, Line: 'So late?' },
    ];
    const objects = [{ object: 'boat', Description: 'A boat.', 'Shot Type': 'Background' }];
    const document = { Case_1: { ...entry, people, objects }, Case_2: { ...entry, people: [people[0]], objects: [] } };
    const { narrative } = skyScript.read!(JSON.stringify(document), { episodeId: 'sky' });
    api = await open(narrative);
    const served = await api.data(`{
      shots(episodeId: "sky", first: 5) { nodes { foreign appearances { foreign person { foreign } } } }
      events(episodeId: "sky", first: 5) { nodes { foreign dialogue } }
      search(text: "At last", first: 5) { nodes { snippet node { ... on Event { foreign } } } } }`);
    assert.equal(served.shots.nodes[0].appearances[0].foreign.skyscript.source['Shot Type'], 'Close-up');
    const answers = [served, await exported('sky', 'JSON'), await exported('sky', 'FOUNTAIN')];
    assert.doesNotMatch(JSON.stringify(answers), /x-secret|Attractiveness|Ethnicity/);
    const seen = [person, people[1]];
    assert.deepEqual(JSON.parse(await exported('sky', 'SKYSCRIPT')), {
      Case_1: { ...entry, people: seen, objects },
      Case_2: { ...entry, people: [person], objects: [] },
    });
    const stored = await api.store.readNarrative('sky', 'effective');
    assert.deepEqual(JSON.parse(skyScript.write!(stored!).text), document);
  });

  it('of SkyScript, twenty published cases, comes back from the store equal', async function () {
    if (!hasSkyScriptSample) {
      console.error('The published sample is not here; skipped.');
      this.skip();
    }
    const sample = skyScriptSample();
    api = await open(skyScript.read!(sample, { episodeId: 'sky' }).narrative);
    const stored = await api.store.readNarrative('sky', 'effective');
    assert.equal(skyScript.write!(stored!).text, sample);
    const { shots } = await api.data(
      '{ shots(episodeId: "sky", first: 50) { nodes { appearances { id } objects { id } } } }',
    );
    const count = (field: 'appearances' | 'objects') =>
      shots.nodes.reduce((sum: number, shot: Record<typeof field, unknown[]>) => sum + shot[field].length, 0);
    assert.deepEqual([shots.nodes.length, count('appearances'), count('objects')], [20, 30, 53]);
  });

  it('leaves as subtitles, tables, an edit list and a network, and is the same story when it comes back', async () => {
    const { narrative } = fountain.read!(text, { episodeId: 'two' });
    api = await open(narrative);
    for (const [format, mark] of [
      ['SRT', /-->.*\nTOMAS: I came\.$/m],
      ['WEBVTT', /^<v TOMAS>I came\.<\/v>$/m],
      ['ASS', /^Dialogue: .*,TOMAS,0,0,0,,I came\.$/m],
      ['EVENTS_CSV', /,LINE,Tomas,Mara,I came\.,/],
      ['SHOTS_CSV', /^1,INT,PIER,DUSK,,,1,0,/m],
      ['EDL', /^001 {2}AX {7}V {5}C {8}00:00:00:00/m],
      ['GRAPHML', /<data key="edge\.type\.string">ACTS_IN<\/data>/],
    ] as const) {
      const written: string = await exported('two', format);
      assert.match(written, mark);
      const back = formatOf(written).read(written, { episodeId: 'back' }).narrative;
      if (format !== 'EDL' && format !== 'SHOTS_CSV')
        assert.deepEqual(
          back.events.flatMap(({ dialogue }) => dialogue ?? []),
          ['You came, Tomas.', 'I came.'],
        );
    }
  });

  it('shows what people corrected in it', async () => {
    const { narrative } = fountain.read!(text, { episodeId: 'two' });
    api = await open(narrative);
    const line = narrative.events[1]!;
    const correct = 'mutation ($id: ID!) { correct(nodeId: $id, field: "dialogue", value: "I had to.") { state } }';
    await api.data(correct, { id: line.id });
    assert.equal(await exported('two', 'FOUNTAIN'), text.replace('I came.', 'I had to.'));
  });

  it('tells who says what to whom, and that times are estimated', async () => {
    api = await open(fountain.read!(text, { episodeId: 'two' }).narrative);
    const { events, episode } = await api.data(`{
      episode(id: "two") { source report { gaps { missing } } }
      events(episodeId: "two", first: 5) { nodes { type dialogue character { name } targets { name }
        provenance { fields { field by } } } } }`);
    assert.equal(episode.source, 'SCRIPT');
    assert.match(episode.report.gaps[0].missing, /a page a minute/);
    assert.deepEqual(
      events.nodes.map(({ character, targets, dialogue }: ToldLine) => [character.name, targets[0]!.name, dialogue]),
      [
        ['Mara', 'Tomas', 'You came, Tomas.'],
        ['Tomas', 'Mara', 'I came.'],
      ],
    );
    assert.ok(events.nodes[0].provenance.fields.some(({ by }: { by: string }) => by === 'page-time'));
  });

  it('of a whole film is found by its lines and reads like a screenplay', async function () {
    if (!hasStudyForrest) {
      console.error('The annotated film is not here; skipped.');
      this.skip();
    }
    this.timeout(120_000);
    api = await open(studyForrest());
    const { search, characters, scenes } = await api.data(`{
      search(text: "box of chocolates", first: 5) { nodes { startMs snippet node { __typename } } }
      characters(episodeId: "forrest", first: 3) { nodes { name } }
      scenes(episodeId: "forrest", first: 100) { nodes { id } } }`);
    assert.equal(search.nodes[0].startMs, 204_000);
    assert.match(search.nodes[0].snippet, /‹box› ‹of› ‹chocolates›/);
    assert.equal(characters.nodes[0].name, 'Forrest');
    assert.equal(scenes.nodes.length, 95);
    const screenplay = await exported('forrest', 'FOUNTAIN');
    assert.match(
      screenplay,
      /\nBLACK WOMAN\nMy feet hurt\.\n\nFORREST\nMomma always says .*\n\nFORREST \(CONT'D\)\nI've worn lots of shoes\. .*\n/,
    );
    assert.match(
      screenplay,
      /\n\nINT\. DOCTORS OFFICE - DAY\n\nFORREST \(V\.O\.\)\nShe said they was my magic shoes\.\n\n/,
    );
    assert.equal(await exported('forrest', 'OMNISCRIPT'), studyForrestText());
    const back = fountain.read!(screenplay, { episodeId: 'forrest' }).narrative;
    assert.deepEqual(
      back.events.map(({ startMs, dialogue }) => [startMs, dialogue]),
      studyForrest().events.map(({ startMs, dialogue }) => [startMs, dialogue]),
    );
  });
});
