import assert from 'node:assert/strict';
import { type RunningServer, startServer } from '../../src/app/server.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { harbour } from './harbour.fixture.js';
import { askOver, sendTo } from './http.fixture.js';

describe('Each request', () => {
  let api: TestApi;
  let server: RunningServer;
  before(async () => {
    api = await openTestApi(harbour());
    server = await startServer({ ...api, port: 0 });
  });
  after(async () => {
    await server.close();
    await api.close();
  });

  const minted = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}$/;
  const idFor = async (given?: string) => {
    const { headers } = await sendTo(server.url, '/healthz', {
      headers: given === undefined ? {} : { 'x-request-id': given },
    });
    return String(headers['x-request-id']);
  };
  /** The line of the log about the request of this id: it is written when the answer has gone. */
  const lineOf = async (id: string) => {
    for (;;) {
      const line = api.logged.find(({ request, msg }) => request === id && msg === 'A request was answered.');
      if (line) return line;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  };

  it('keeps the id that it comes with, if that is a plain word, and is given one else', async () => {
    for (const id of ['01HZX3', 'a.b:c-d_e', '4bf92f35-77b3-4da6-a3ce-929d0e0e4736', 'x'.repeat(128)])
      assert.equal(await idFor(id), id);
    assert.match(await idFor(), minted);
    for (const id of [
      '',
      'two words',
      'x'.repeat(129),
      '{"level":"error"}',
      'a\tb',
      'ä',
      '"',
      '\u009b31m',
      '%0a',
      'a, b',
    ])
      assert.match(await idFor(id), minted, JSON.stringify(id));
    assert.notEqual(await idFor(), await idFor());
  });

  it('has one line in the log, which says what was asked and what came of it', async () => {
    const query = 'query Harbour { episodes { nodes { title } } }';
    for (const id of ['asked.1', 'asked.again']) {
      const { headers } = await askOver(server.url, query, { headers: { 'x-request-id': id } });
      assert.equal(headers['x-request-id'], id);
      const line = await lineOf(id);
      assert.deepEqual(
        [line.method, line.path, line.status, line.operation, line.client],
        ['POST', '/graphql', 200, 'query episodes', '127.0.0.1'],
      );
      assert.ok((line.seconds as number) > 0);
      assert.equal(api.logged.filter(({ request }) => request === id).length, 1);
    }
  });

  it('says the codes of its errors, and names itself where something unforeseen is logged', async () => {
    await askOver(server.url, '{ job(id: "x") { id } nodes }', { headers: { 'x-request-id': 'wrong.1' } });
    assert.deepEqual((await lineOf('wrong.1')).errors, ['GRAPHQL_VALIDATION_FAILED']);
    const real = api.services.installation.models;
    Object.assign(api.services.installation, { models: () => Promise.reject(new Error('boom')) });
    await askOver(server.url, '{ models { name } }', { headers: { 'x-request-id': 'wrong.2' } });
    Object.assign(api.services.installation, { models: real });
    assert.deepEqual((await lineOf('wrong.2')).errors, ['INTERNAL_SERVER_ERROR']);
    const told = api.logged.find(({ request, err }) => request === 'wrong.2' && err !== undefined);
    assert.match(JSON.stringify(told), /boom/);
  });

  it('names the job that it asked for', async () => {
    const mutation = 'mutation { analyzeVideo(input: {path: "harbour.mp4"}) { id } }';
    const { body } = await askOver(server.url, mutation, { headers: { 'x-request-id': 'job.1' } });
    assert.equal((await lineOf('job.1')).job, JSON.parse(body).data.analyzeVideo.id);
  });

  it('tells neither its query string nor its body, and no more of its path than fits', async () => {
    const headers = { 'x-request-id': 'long.1', authorization: 'Bearer secretsecretsecret', cookie: 'secretcookie' };
    await sendTo(server.url, `/media/films/${'x'.repeat(5000)}?signature=secretsignature`, { headers });
    const line = await lineOf('long.1');
    assert.equal((line.path as string).length, 200);
    assert.doesNotMatch(JSON.stringify(line), /secret/);
  });
});
