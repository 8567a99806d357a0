/** People judge a packet over the API; what is wrong is corrected, once. */
import assert from 'node:assert/strict';
import { castFilm } from '../cast-films.js';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const packet = `query ($episodeId: ID, $seriesId: ID, $size: Int! = 200) {
  calibrationPacket(episodeId: $episodeId, seriesId: $seriesId, size: $size) {
    population
    strata { kind field population sampled }
    items { episodeId nodeId kind field value startMs endMs episode { title } node { id } }
  }
}`;
const apply = `mutation ($verdicts: [VerdictInput!]!, $gate: Float! = 0.9, $isTrial: Boolean! = false) {
  applyVerdicts(verdicts: $verdicts, gate: $gate, isTrial: $isTrial) {
    items judged accepted accuracy interval gate fate isCertain annotators
    fields { kind field judged accepted accuracy interval }
    agreement { items alpha }
    disputes { nodeId field why }
    corrections already
    edits { state author operation { operation field value } }
    refused { nodeId node { id } field code why }
  }
}`;

interface Item {
  readonly nodeId: string;
  readonly field: string;
  readonly value: string;
}

interface ShownItem extends Item {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly episode: { readonly title: string };
  readonly node: { readonly id: string };
}

onEachStore('Calibration', (openApi) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi(harbour());
  });
  afterEach(() => api.close());

  const draw = async () => {
    const { calibrationPacket } = await api.data(packet, { episodeId: 'harbour' });
    return calibrationPacket.items.map(({ startMs: _s, endMs: _e, episode, node, ...item }: ShownItem) => {
      assert.deepEqual([episode.title, node.id], ['The harbour', item.nodeId]);
      return item;
    });
  };
  const judged = (items: readonly Item[], wrong: Readonly<Record<string, object>>) =>
    items.map((item) => ({ ...item, ...(wrong[`${item.nodeId} ${item.field}`] ?? { verdict: 'ACCEPT' }) }));
  const send = async (verdicts: readonly object[], more = {}) =>
    (await api.data(apply, { verdicts, ...more })).applyVerdicts;

  it('draws a packet, takes verdicts in, and makes what is wrong right by edits, once', async () => {
    const items = await draw();
    const verdicts = judged(items, {
      'harbour:scene1 location': { verdict: 'FIX', fixed: 'the north quay' },
      'harbour:cue1 speakerTag': { verdict: 'REMOVE' },
    });
    const trial = await send(verdicts, { isTrial: true });
    assert.deepEqual([trial.corrections, trial.edits], [2, []]);
    const outcome = await send(verdicts);
    assert.equal(outcome.items, items.length);
    assert.equal(outcome.accepted, items.length - 2);
    assert.equal(outcome.accuracy, (items.length - 2) / items.length);
    assert.equal(outcome.fate, outcome.accuracy >= 0.9 ? 'PASSED' : 'RETURNED');
    assert.deepEqual(outcome.annotators, ['tester']);
    assert.deepEqual(
      outcome.edits.map(({ state, author, operation }: { state: string; author: string; operation: object }) => ({
        state,
        author,
        ...operation,
      })),
      [
        { state: 'APPLIED', author: 'tester', operation: 'CORRECT', field: 'location', value: 'the north quay' },
        { state: 'APPLIED', author: 'tester', operation: 'CORRECT', field: 'speakerTag', value: null },
      ],
    );
    const { scenes } = await api.data('{ scenes(episodeId: "harbour") { nodes { location } } }');
    assert.equal(scenes.nodes[0].location, 'the north quay');
    const again = await send(verdicts);
    assert.deepEqual([again.corrections, again.already, again.edits], [0, 2, []]);
    // What is corrected is asked about no more.
    assert.equal((await draw()).length, items.length - 2);
  });

  it('leaves alone what has changed since, what cannot be so, and what is not there, and says it', async () => {
    const items = await draw();
    await api.data('mutation { correct(nodeId: "harbour:scene2", field: "location", value: "a shed") { id } }');
    const verdicts = judged(items, {
      'harbour:scene2 location': { verdict: 'FIX', fixed: 'a hut' },
      'harbour:scene1 setting': { verdict: 'FIX', fixed: 'OUTSIDE' },
      'harbour:scene2 setting': { verdict: 'REMOVE' },
      'harbour:cue1 text': { verdict: 'FIX', fixed: 'x', nodeId: 'harbour:cue9' },
    });
    const { refused, edits } = await send(verdicts);
    assert.deepEqual(edits, []);
    assert.deepEqual(
      Object.fromEntries(
        refused.map(({ nodeId, field, code }: Record<string, string>) => [`${nodeId} ${field}`, code]),
      ),
      {
        'harbour:scene2 location': 'CONFLICT',
        'harbour:scene1 setting': 'INVALID_INPUT',
        'harbour:scene2 setting': 'INVALID_INPUT',
        'harbour:cue9 text': 'NOT_FOUND',
      },
    );
  });

  it('gives a line to whoever really says it', async () => {
    const sight = (shot: number, actor: number) => ({ shot, actor, isHeard: true });
    const film = castFilm({ episodeId: 'film', sights: [sight(0, 0), sight(1, 0), sight(1, 1), sight(2, 1)] });
    const names = ['Mara', 'Theo'];
    await api.store.replaceEpisode({
      ...film,
      persons: film.persons.map((person, n) => ({ ...person, name: names[n]!, provisional: false })),
    });
    const line = film.events.find(({ personId }) => personId === film.persons[0]!.id)!;
    const verdict = {
      episodeId: 'film',
      nodeId: line.id,
      kind: 'Event',
      field: 'personId',
      value: 'Mara',
      verdict: 'FIX',
      fixed: 'Theo',
    };
    const { edits, refused } = await send([verdict]);
    assert.deepEqual(refused, []);
    assert.deepEqual(
      edits.map(({ operation }: { operation: { operation: string } }) => operation.operation),
      ['SPLIT', 'MERGE'],
    );
    const { events } = await api.data('{ events(episodeId: "film") { nodes { id person { name } } } }');
    assert.equal(events.nodes.find(({ id }: { id: string }) => id === line.id).person.name, 'Theo');
    assert.equal((await send([verdict])).already, 1);
  });

  it('weighs the words of several, and says how far they agree', async () => {
    const items = (await draw()).slice(0, 4);
    const by = (annotator: string, ...verdicts: (string | null)[]) =>
      items.map((item: Item, n: number) => ({
        ...item,
        annotator,
        verdict: verdicts[n],
        ...(verdicts[n] === 'FIX' && { fixed: 'x' }),
      }));
    const outcome = await send(
      [...by('ann', 'ACCEPT', 'ACCEPT', 'FIX', null), ...by('bob', 'ACCEPT', 'REMOVE', 'FIX', null)],
      { isTrial: true },
    );
    assert.deepEqual([outcome.judged, outcome.accepted, outcome.fate], [3, 1, 'UNFINISHED']);
    assert.equal(outcome.agreement.items, 3);
    assert.ok(outcome.agreement.alpha > 0 && outcome.agreement.alpha < 1);
    assert.equal(outcome.disputes.length, 1);
    assert.deepEqual(outcome.annotators, ['ann', 'bob']);
  });

  it('says what it cannot do', async () => {
    assert.equal(await api.code(packet, { episodeId: 'nobody' }), 'NOT_FOUND');
    assert.equal(await api.code(packet, { seriesId: 'nobody' }), 'NOT_FOUND');
    assert.equal(await api.code(packet, {}), 'INVALID_INPUT');
    assert.equal(await api.code(packet, { episodeId: 'harbour', size: 100 }), 'INVALID_INPUT');
    const [item] = await draw();
    assert.equal(await api.code(apply, { verdicts: [{ ...item, verdict: 'FIX' }] }), 'INVALID_INPUT');
    assert.equal(await api.code(apply, { verdicts: [], gate: 90 }), 'INVALID_INPUT');
  });
});
