/** Scripts laid over films through the API; the worker's part runs here, too. */
import assert from 'node:assert/strict';
import type { alignToFilm } from '../../workers/align.js';
import { jobHandlers } from '../../workers/job-handlers.js';
import { localNews } from '../../workers/queue/local.js';
import { runJob } from '../../workers/run-job.js';
import { film } from '../contract/fixture.js';
import { onEachStore, type TestApi } from './api.fixture.js';

const alignScript = `mutation ($input: AlignScriptInput!) { alignScript(input: $input) { id job state episodeId input } }`;
const cues = ['Where have you bean all night?', 'At the harbour with the keys.', 'You promised to stay.'].map(
  (text, n) => ({
    ...{ startMs: 500 + n * 2_500, endMs: 2_500 + n * 2_500, text },
  }),
);
const text = `INT. KITCHEN - NIGHT

MARA
Where have you been all night?

TOMAS (O.S.)
At the harbour. With the keys!

MARA
You promised to stay.
`;

onEachStore('alignScript', (openApi) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi(film({ cues }));
  });
  afterEach(() => api.close());

  const carriedOut = async () => {
    const { store, log } = api;
    const workshop = { store, log, roots: api.roots } as unknown as Parameters<typeof alignToFilm>[0];
    const job = (await store.claimJob({ workerId: 'here', leaseMs: 60_000 }))!;
    return runJob(
      { store, log, handlers: jobHandlers(workshop), news: localNews() },
      job,
      new AbortController().signal,
    );
  };
  const episodeId = 'episode:film';
  const shown = `{ cues(episodeId: "${episodeId}", first: 9) { nodes { text speakerTag startMs } }
    events(episodeId: "${episodeId}", types: [LINE], first: 9) { nodes { dialogue voiceType character { name } } }
    scenes(episodeId: "${episodeId}", first: 1) { nodes { location } }
    characters(episodeId: "${episodeId}", first: 9) { nodes { name } } }`;

  it('is a job whose edit gives the film names and words, and which undo takes back', async () => {
    const before = await api.data(shown);
    const { alignScript: asked } = await api.data(alignScript, { input: { episodeId, text } });
    assert.deepEqual(
      [asked.job, asked.state, asked.episodeId, asked.input.textLength],
      ['ALIGN', 'QUEUED', episodeId, text.length],
    );
    assert.equal((await api.data(alignScript, { input: { episodeId, text } })).alignScript.id, asked.id);
    const { state, result } = await carriedOut();
    assert.equal(state, 'DONE');
    const { matched, lines, editId } = result as Record<string, unknown>;
    assert.deepEqual([matched, lines], [3, 3]);
    const now = await api.data(shown);
    assert.deepEqual(
      now.events.nodes.map((line: Record<string, { name: string }>) => [
        line.character?.name,
        line.dialogue,
        line.voiceType,
      ]),
      [
        ['Mara', 'Where have you been all night?', null],
        ['Tomas', 'At the harbour. With the keys!', 'off-screen'],
        ['Mara', 'You promised to stay.', null],
      ],
    );
    assert.deepEqual(now.cues.nodes[0], { text: 'Where have you been all night?', speakerTag: 'Mara', startMs: 500 });
    assert.equal(now.scenes.nodes[0].location, 'KITCHEN');
    const { edits } = await api.data(
      `{ edits(episodeId: "${episodeId}", first: 9) { nodes { id alignment operation { operation value } } } }`,
    );
    const [{ id, alignment, operation }] = edits.nodes;
    assert.deepEqual([id, operation.operation], [editId, 'ALIGN']);
    assert.deepEqual([operation.value.matched, operation.value.lines], [3, 3]);
    const [line] = alignment.lines;
    assert.deepEqual([line.outcome, line.film], ['MATCHED', { startMs: 500, endMs: 2_500 }]);
    await api.data('mutation ($id: ID!) { undo(editId: $id) { state } }', { id });
    assert.deepEqual(await api.data(shown), before);
  });

  it('refuses what is not of this film, and changes nothing', async () => {
    const before = await api.data(shown);
    const input = { episodeId, text: text.replaceAll(/[a-z]{3,}/g, 'xyzzy') };
    await api.data(alignScript, { input });
    const { state, error } = await carriedOut();
    assert.deepEqual([state, error?.code], ['FAILED', 'SCRIPT_MISMATCH']);
    assert.deepEqual(await api.data(shown), before);
    assert.equal(await api.code(alignScript, { input: { episodeId: 'none', text } }), 'NOT_FOUND');
    assert.equal(await api.code(alignScript, { input: { episodeId, path: '../secret.txt' } }), 'MEDIA_OUTSIDE_ROOTS');
    assert.equal(await api.code(alignScript, { input: { episodeId } }), 'INVALID_INPUT');
  });

  it('lays a script once, however often its job is carried out', async () => {
    await api.data(alignScript, { input: { episodeId, text } });
    const first = await carriedOut();
    await api.data(alignScript, { input: { episodeId, text, format: 'FOUNTAIN' } });
    const second = await carriedOut();
    assert.notEqual(first.id, second.id);
    assert.equal(second.result!.editId, first.result!.editId);
  });
});
