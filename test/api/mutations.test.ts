import assert from 'node:assert/strict';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { onEachStore, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';

const correct = `mutation ($nodeId: ID!, $field: String!, $value: JSON) {
  correct(nodeId: $nodeId, field: $field, value: $value) {
    id kind author state appliedTo at operation { operation field value } anchor { nodeId kind startMs oldValue node { id } }
    node { __typename id } episode { title } } }`;

const analyze = `mutation ($input: AnalyzeVideoInput!) { analyzeVideo(input: $input) {
  id kind job state progress attempt input episodeId episode { id } result error { code message } } }`;

onEachStore('GraphQL mutations', (openApi) => {
  let api: TestApi;
  beforeEach(async () => {
    api = await openApi(harbour());
  });
  afterEach(() => api.close());

  const locationOfScene1 = async () =>
    (await api.data('{ scenes(episodeId: "harbour", first: 1) { nodes { location } } }')).scenes.nodes[0].location;

  it('correct a field, list the edit, and take it back', async () => {
    const { correct: edit } = await api.data(correct, {
      nodeId: 'harbour:scene1',
      field: 'location',
      value: 'the pier',
    });
    assert.equal(edit.author, 'tester');
    assert.equal(edit.state, 'APPLIED');
    assert.deepEqual(edit.operation, { operation: 'CORRECT', field: 'location', value: 'the pier' });
    assert.equal(edit.anchor.oldValue, 'the quay');
    assert.deepEqual(edit.anchor.node, { id: 'harbour:scene1' });
    assert.deepEqual(edit.node, { __typename: 'Scene', id: 'harbour:scene1' });
    assert.deepEqual(edit.episode, { title: 'The harbour' });
    assert.ok(!Number.isNaN(Date.parse(edit.at)));
    assert.equal(await locationOfScene1(), 'the pier');

    const { edits } = await api.data('{ edits(episodeId: "harbour") { nodes { id } } }');
    assert.deepEqual(edits.nodes, [{ id: edit.id }]);

    const undo = 'mutation ($id: ID!) { undo(editId: $id) { id state node { id } } }';
    assert.deepEqual(await api.data(undo, { id: edit.id }), { undo: { id: edit.id, state: 'UNDONE', node: null } });
    assert.equal(await locationOfScene1(), 'the quay');
    assert.equal(await api.code(undo, { id: edit.id }), 'CONFLICT');
    assert.equal(await api.code(undo, { id: 'nothing' }), 'NOT_FOUND');
  });

  it('empty an optional field with null', async () => {
    await api.data(correct, { nodeId: 'harbour:scene1', field: 'location', value: null });
    assert.equal(await locationOfScene1(), null);
  });

  it('refuse to correct what is no plain field of a node, or to a value that does not fit', async () => {
    const scene = 'harbour:scene1';
    const refused: [string, string, unknown, string][] = [
      ['nobody', 'location', 'x', 'NOT_FOUND'],
      [scene, 'id', 'x', 'INVALID_INPUT'],
      [scene, 'kind', 'Shot', 'INVALID_INPUT'],
      [scene, 'startMs', 5, 'INVALID_INPUT'],
      [scene, 'ordinal', 5, 'INVALID_INPUT'],
      [scene, 'provenance', { by: 'me' }, 'INVALID_INPUT'],
      [scene, '__proto__', { polluted: true }, 'INVALID_INPUT'],
      [scene, 'constructor', 'x', 'INVALID_INPUT'],
      [scene, 'toString', 'x', 'INVALID_INPUT'],
      [scene, 'nothing', 'x', 'INVALID_INPUT'],
      [scene, 'location', 5, 'INVALID_INPUT'],
      [scene, 'location', { a: 1 }, 'INVALID_INPUT'],
      [scene, 'location', ['x'], 'INVALID_INPUT'],
      [scene, 'setting', 'SOMEWHERE', 'INVALID_INPUT'],
      [scene, 'setting', null, 'INVALID_INPUT'],
      ['harbour:face1', 'vector', [1], 'INVALID_INPUT'],
    ];
    for (const [nodeId, field, value, code] of refused)
      assert.equal(await api.code(correct, { nodeId, field, value }), code, `${field} = ${JSON.stringify(value)}`);
    assert.equal(({} as { polluted?: boolean }).polluted, undefined);
    assert.deepEqual((await api.data('{ edits(episodeId: "harbour") { nodes { id } } }')).edits.nodes, []);
  });

  it('make one job of one film, however it is named, and show it', async () => {
    const { analyzeVideo: job } = await api.data(analyze, { input: { path: 'harbour.mp4', title: ' Harbour ' } });
    assert.deepEqual(
      { ...job, id: undefined },
      {
        id: undefined,
        kind: 'Job',
        job: 'ANALYZE',
        state: 'QUEUED',
        progress: 0,
        attempt: 0,
        input: { media: { root: 'films', path: 'harbour.mp4' }, title: 'Harbour' },
        episodeId: null,
        episode: null,
        result: null,
        error: null,
      },
    );
    const again = await api.data(analyze, { input: { path: './harbour.mp4', root: 'films', title: 'Harbour' } });
    assert.equal(again.analyzeVideo.id, job.id);
    const absolute = join(api.home, 'films/harbour.mp4');
    assert.equal((await api.data(analyze, { input: { path: absolute, title: 'Harbour' } })).analyzeVideo.id, job.id);
    const { job: found, jobs } = await api.data(
      'query ($id: ID!) { job(id: $id) { id } jobs(state: QUEUED) { nodes { id } } }',
      { id: job.id },
    );
    assert.equal(found.id, job.id);
    assert.deepEqual(jobs.nodes, [{ id: job.id }]);
    assert.deepEqual(await api.data('{ job(id: "nothing") { id } jobs(state: DONE) { nodes { id } } }'), {
      job: null,
      jobs: { nodes: [] },
    });
  });

  it('refuse films that are not there, no files, or outside the media roots', async () => {
    await symlink(join(api.home, 'secret.txt'), join(api.home, 'films/link.mp4'));
    const refused = {
      'nothing.mp4': 'MEDIA_NOT_FOUND',
      '../secret.txt': 'MEDIA_OUTSIDE_ROOTS',
      'link.mp4': 'MEDIA_OUTSIDE_ROOTS',
      '/etc/passwd': 'MEDIA_OUTSIDE_ROOTS',
      '.hidden': 'MEDIA_NOT_A_FILE',
      '': 'INVALID_INPUT',
    };
    for (const [path, code] of Object.entries(refused))
      assert.equal(await api.code(analyze, { input: { path } }), code, path);
    assert.equal(await api.code(analyze, { input: { path: 'harbour.mp4', root: 'attic' } }), 'MEDIA_OUTSIDE_ROOTS');
    const subtitles = { path: 'harbour.mp4', subtitles: '../secret.txt' };
    assert.equal(await api.code(analyze, { input: subtitles }), 'MEDIA_OUTSIDE_ROOTS');
    const { errors } = await api.ask(analyze, { input: { path: '../secret.txt' } });
    assert.ok(!JSON.stringify(errors).includes(api.home), 'an error shows a path of this machine');
    assert.deepEqual((await api.data('{ jobs { nodes { id } } }')).jobs.nodes, []);
  });

  it('cancel a job and try it again', async () => {
    const { analyzeVideo: job } = await api.data(analyze, { input: { path: 'harbour.mp4' } });
    const cancel = 'mutation ($id: ID!) { cancelJob(id: $id) { id state finishedAt } }';
    const retry = 'mutation ($id: ID!) { retryJob(id: $id) { id state finishedAt } }';
    assert.equal((await api.data(cancel, { id: job.id })).cancelJob.state, 'CANCELLED');
    assert.deepEqual((await api.data(retry, { id: job.id })).retryJob, {
      id: job.id,
      state: 'QUEUED',
      finishedAt: null,
    });
    assert.equal(await api.code(cancel, { id: 'nothing' }), 'NOT_FOUND');
    assert.equal(await api.code(retry, { id: 'nothing' }), 'NOT_FOUND');
  });

  it('show how a job fares in a worker’s hands', async () => {
    const { analyzeVideo: asked } = await api.data(analyze, { input: { path: 'harbour.mp4' } });
    const job = await api.store.claimJob({ workerId: 'worker', leaseMs: 60_000 });
    assert.equal(job?.id, asked.id);
    await api.store.reportJob(asked.id, 1, { stage: 'shots', progress: 0.25, leaseMs: 60_000 });
    const show = `query ($id: ID!) { job(id: $id) { state stage progress attempt startedAt
      episode { title } result error { code message } } }`;
    const running = (await api.data(show, { id: asked.id })).job;
    assert.equal(running.state, 'RUNNING');
    assert.equal(running.stage, 'shots');
    assert.equal(running.progress, 0.25);
    await api.store.finishJob(asked.id, 1, { state: 'DONE', result: { shots: 4 }, episodeId: 'harbour' });
    const done = (await api.data(show, { id: asked.id })).job;
    assert.equal(done.state, 'DONE');
    assert.equal(done.progress, 1);
    assert.deepEqual(done.episode, { title: 'The harbour' });
    assert.deepEqual(done.result, { shots: 4 });
    assert.equal(await api.code('mutation ($id: ID!) { retryJob(id: $id) { id } }', { id: asked.id }), 'CONFLICT');
  });

  it('show who asked for a job, and its log: of many jobs in one call', async () => {
    const { analyzeVideo: asked } = await api.data(analyze, { input: { path: 'harbour.mp4' } });
    await api.data('mutation ($id: ID!) { cancelJob(id: $id) { id } }', { id: asked.id });
    await api.store.askJob({ job: 'REEL', key: 'another', input: {} });
    api.calls.length = 0;
    const { nodes } = (await api.data('{ jobs { nodes { askedBy workersLost log { attempt level message } } } }')).jobs;
    assert.deepEqual(api.calls, ['jobs', 'jobLogs']);
    const by = (message: string) => ({ attempt: 0, level: 'INFO', message });
    assert.deepEqual(
      nodes.find(({ askedBy }: { askedBy?: string }) => askedBy === 'tester'),
      {
        ...{ askedBy: 'tester', workersLost: 0 },
        log: [by('Asked for by tester.'), by('Asked to stop by tester.'), by('Cancelled.')],
      },
    );
  });

  it('delete an episode with all that hangs on it, and its files', async () => {
    await api.data(correct, { nodeId: 'harbour:scene1', field: 'location', value: 'the pier' });
    assert.deepEqual(await api.data('mutation { deleteEpisode(id: "harbour") }'), { deleteEpisode: true });
    assert.equal(api.sweeps(), 1);
    const left = await api.data(`{ episode(id: "harbour") { id } characters { nodes { id } }
      shots(episodeId: "harbour") { nodes { id } } edits(episodeId: "harbour") { nodes { id } }
      search(text: "dawn") { nodes { snippet } } }`);
    assert.deepEqual(left, {
      episode: null,
      characters: { nodes: [] },
      shots: { nodes: [] },
      edits: { nodes: [] },
      search: { nodes: [] },
    });
    assert.equal(await api.code('mutation { deleteEpisode(id: "harbour") }'), 'NOT_FOUND');
  });
});
