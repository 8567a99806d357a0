/** Rewards over HTTP, as a training loop asks for them. */
import assert from 'node:assert/strict';
import { openAccess } from '../../src/app/access.js';
import { readAccess } from '../../src/app/access-settings.js';
import { openRates } from '../../src/app/rates.js';
import { rewardLimits } from '../../src/app/rewards.js';
import { type RunningServer, type ServerOptions, startServer } from '../../src/app/server.js';
import { segmentLimits } from '../../src/formats/segment.js';
import { openTestApi, type TestApi } from './api.fixture.js';
import { sendTo } from './http.fixture.js';

const told = { timestamp: '00:05', character: 'Mara', dialogue: 'Where have you been?', audio_cue: 'door slams' };
const segment = { predicted: { events: [told] }, reference: { events: [told] } };

describe('POST /reward', () => {
  let api: TestApi;
  const running: RunningServer[] = [];
  const start = async (options: Partial<ServerOptions> = {}) => {
    const server = await startServer({ ...api, port: 0, ...options });
    running.push(server);
    return server.url;
  };
  let url: string;
  before(async () => {
    api = await openTestApi();
    url = await start();
  });
  after(async () => {
    await Promise.all(running.map((server) => server.close()));
    await api.close();
  });

  const send = (body: unknown, headers: Record<string, string> = {}, base = url) =>
    sendTo(base, '/reward', {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  const rewards = async (...segments: unknown[]) => {
    const { status, body } = await send({ segments });
    assert.equal(status, 200, body);
    return JSON.parse(body).rewards;
  };

  it('gives each segment a score and its parts, in order, and names the judge', async () => {
    const half = { id: 'half', predicted: [{ startMs: 5000, dialogue: 'Where were you?' }], reference: [told] };
    const { status, body } = await send({ segments: [segment, half] });
    assert.equal(status, 200);
    const answer = JSON.parse(body);
    assert.deepEqual(answer.judge, { name: 'fabula-lexical', version: '1' });
    const [right, partly] = answer.rewards;
    assert.equal(right.score, 1);
    assert.deepEqual(right.fields, { character: 1, dialogue: 1, audioCue: 1 });
    assert.equal(partly.id, 'half');
    assert.ok(partly.score > 0 && partly.score < 0.5);
    assert.deepEqual(Object.keys(partly.parts), ['content', 'timing', 'invented', 'missing', 'copied']);
    assert.deepEqual(partly.events, { predicted: 1, reference: 1, matched: 1 });
  });

  it('reads timestamps of films of any length, ends that are given and ends that are not', async () => {
    const at = (timestamp: unknown, more = {}) => ({ ...told, timestamp, ...more });
    const same = await rewards(
      { predicted: [at('01:00:05')], reference: [at('60:05')] },
      { predicted: [at(3605)], reference: [at('1:00:05,0')] },
      { predicted: [at(5, { endMs: 9000 })], reference: [at('00:05')], endMs: 9000 },
    );
    for (const { score } of same) assert.equal(score, 1);
  });

  it('takes scenes of a script for the events in them', async () => {
    const later = { ...told, timestamp: '00:15', dialogue: 'At sea.' };
    const script = { meta: { title: 'One' }, script: [{ location: 'Pier', events: [told] }, { events: [later] }] };
    const [whole] = await rewards({ predicted: JSON.stringify(script), reference: { events: [told, later] } });
    assert.equal(whole.score, 1);
  });

  it('takes no notice of thoughts, fences and greetings around JSON', async () => {
    const text = JSON.stringify({ events: [told] }, null, 2);
    const wrapped = [
      `\`\`\`json\n${text}\n\`\`\``,
      `<thinking>{Mara} waits.</thinking>\n${text}`,
      `Here you are:\n${text}\nBye!`,
    ];
    for (const { score } of await rewards(...wrapped.map((predicted) => ({ ...segment, predicted }))))
      assert.equal(score, 1);
  });

  it('is 0 for what a model wrote that cannot be read, and says why', async () => {
    const [broken, wrong, timeless, text] = await rewards(
      { ...segment, predicted: '{"events": [' },
      { ...segment, predicted: { events: [{ ...told, dialogue: 7 }] } },
      { ...segment, predicted: { events: [{ ...told, timestamp: 'soon' }] } },
      { ...segment, predicted: JSON.stringify({ events: [told] }) },
    );
    for (const each of [broken, wrong, timeless]) {
      assert.equal(each.score, 0);
      assert.equal(each.error.code, 'INVALID_INPUT');
    }
    assert.match(wrong.error.message, /events\[0\]\.dialogue/);
    assert.match(timeless.error.message, /events\[0\]\.timestamp/);
    assert.equal(text.score, 1);
  });

  it('refuses batches and references that cannot be read, and too much of anything', async () => {
    for (const body of [{}, [], { segments: 'x' }, { segments: [{ ...segment, id: 7 }] }]) {
      const { status, code } = await send(body);
      assert.deepEqual([status, code], [400, 'INVALID_INPUT'], JSON.stringify(body));
    }
    const { status, code, body } = await send({ segments: [segment, { ...segment, reference: {} }] });
    assert.deepEqual([status, code], [400, 'INVALID_INPUT']);
    assert.match(body, /segments\[1\]\.reference/);
    assert.equal((await send('{')).code, 'BAD_REQUEST');
    assert.equal((await send('segments', { 'content-type': 'text/plain' })).code, 'INVALID_INPUT');
    const many = Array.from({ length: rewardLimits.segments + 1 }, () => ({ predicted: [], reference: [] }));
    assert.equal((await send({ segments: many })).code, 'INVALID_INPUT');
    const [crowded, wordy] = await rewards(
      { ...segment, predicted: Array.from({ length: segmentLimits.events + 1 }, () => told) },
      { ...segment, predicted: [{ ...told, action: 'x'.repeat(segmentLimits.textLength + 1) }] },
    );
    assert.equal(crowded.score + wordy.score, 0);
    assert.equal((await send(`{"segments": [], "padding": "${'x'.repeat(8 << 20)}"}`)).code, 'PAYLOAD_TOO_LARGE');
  });

  it('lets others in between the segments of a batch', async () => {
    const events = Array.from({ length: 40 }, (_, n) => ({
      startMs: n * 500,
      ...told,
      dialogue: `line ${n} ${'so '.repeat(40)}`,
    }));
    const batch = send({ segments: Array.from({ length: 80 }, () => ({ predicted: events, reference: events })) });
    let waits = 0;
    const done = batch.then(() => true);
    while (!(await Promise.race([done, sendTo(url, '/healthz').then(() => false)]))) waits++;
    assert.ok(waits > 3, `${waits} answers meanwhile`);
  });

  it('is for those who have a token, where tokens are asked for, and only so often', async () => {
    const token = 'v'.repeat(20);
    const access = openAccess(readAccess((name) => ({ FABULA_TOKEN: `viewer:${token}` })[name]));
    const guarded = await start({ access, rates: openRates(12) });
    assert.equal((await send({ segments: [] }, {}, guarded)).code, 'UNAUTHENTICATED');
    const mine = { authorization: `Bearer ${token}` };
    assert.equal((await send({ segments: [segment] }, mine, guarded)).status, 200);
    const codes = [await send({ segments: [] }, mine, guarded), await send({ segments: [] }, mine, guarded)];
    assert.deepEqual(
      codes.map(({ code }) => code),
      [undefined, 'RATE_LIMITED'],
    );
  });
});
