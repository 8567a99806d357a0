import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { languageOfScript, languageTag } from '../../src/formats/language-tag.js';
import { chunkSpeech } from '../../workers/detectors/sound/speech-chunks.js';
import { transcribeRemotely } from '../../workers/llm/transcribe.js';
import { cutSamples } from '../../workers/media/cut-samples.js';

const seconds = (...pairs: readonly (readonly [number, number])[]) =>
  pairs.map(([start, end]) => ({ startMs: start * 1000, endMs: end * 1000 }));
const shown = (intervals: readonly { startMs: number; endMs: number }[]) =>
  intervals.map(({ startMs, endMs }) => [startMs, endMs]);

describe('chunks of speech', () => {
  it('join stretches up to 28 s, part at long pauses, and reach a little into the silence', () => {
    deepEqual(shown(chunkSpeech(seconds([1, 5], [6, 20], [21, 31], [40, 41]), [], 60_000)), [
      [800, 20_200],
      [20_800, 31_200],
      [39_800, 41_200],
    ]);
  });
  it('share a short silence, and stay inside the film', () => {
    deepEqual(shown(chunkSpeech(seconds([0, 20], [20.2, 40.05]), [], 40_100)), [
      [0, 20_100],
      [20_100, 40_075],
    ]);
  });
  it('are cut at the quietest second where nobody takes breath', () => {
    const loudness = Array.from({ length: 70 }, (_, second) => (second === 23 || second === 40 ? -50 : -20));
    deepEqual(shown(chunkSpeech(seconds([1, 60]), loudness, 60_000)), [
      [800, 23_500],
      [23_500, 40_500],
      [40_500, 60_000],
    ]);
  });
});

describe('clips of a recording', () => {
  async function* blocks(length: number, size: number) {
    const block = new Float32Array(size);
    for (let start = 0; start < length; start += size) {
      for (let index = 0; index < size; index++) block[index] = start + index;
      yield block.subarray(0, Math.min(size, length - start));
    }
  }
  it('hold the samples between their times, however the recording is cut into blocks', async () => {
    for (const size of [1, 3, 7, 100]) {
      const clips = [];
      const wanted = [
        { startMs: 2000, endMs: 5000 },
        { startMs: 5000, endMs: 6000 },
        { startMs: 9000, endMs: 30_000 },
        { startMs: 40_000, endMs: 50_000 },
      ];
      for await (const { startMs, samples } of cutSamples(blocks(12, size), 1, wanted))
        clips.push([startMs, ...samples]);
      deepEqual(clips, [
        [2000, 2, 3, 4],
        [5000, 5],
        [9000, 9, 10, 11],
      ]);
    }
  });
});

describe('the transcription client', () => {
  let server: Server;
  let answers: RequestListener[];
  let requests: { authorization?: string; form: FormData }[];
  const wholeAnswer = {
    language: 'english',
    segments: [
      { start: 0.5, end: 9.9, text: ' and beyond', avg_logprob: -0.105 },
      { start: -1, end: 0.5, text: ' Up', avg_logprob: 0 },
      { start: 0.9, end: 0.9, text: 'nothing' },
      { start: 0.1, end: 0.2, text: ' ' },
      { start: 0, end: 1, text: 'Thanks for watching!', avg_logprob: -1.6, no_speech_prob: 0.9 },
    ],
  };
  const json: (value: unknown) => RequestListener = (value) => (_, response) => response.end(JSON.stringify(value));
  const refuse: (status: number, body?: string, headers?: Record<string, string>) => RequestListener =
    (status, body = '', headers = {}) =>
    (_, response) =>
      response.writeHead(status, headers).end(body);

  beforeEach(async () => {
    requests = [];
    server = createServer(async (request, response) => {
      const body = Buffer.concat(await request.toArray());
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      requests.push({
        authorization: request.headers.authorization,
        form: await new Response(body, { headers }).formData(),
      });
      equal(`${request.method} ${request.url}`, 'POST /v1/audio/transcriptions');
      (answers.shift() ?? refuse(500))(request, response);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const ask = (given: RequestListener[], options = {}, signal = new AbortController().signal) => {
    answers = given;
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/`;
    const endpoint = { url, model: 'whisper-1', key: 'secret', backOffMs: 1, timeoutMs: 2000, ...options };
    return transcribeRemotely(new Float32Array(16_000).fill(0.5), 16_000, endpoint, signal);
  };

  it('sends a WAV file and reads segments, putting bad times right and leaving out what was made up', async () => {
    deepEqual(await ask([json(wholeAnswer)]), {
      language: 'english',
      segments: [
        { startMs: 0, endMs: 500, text: 'Up', confidence: 1 },
        { startMs: 500, endMs: 1000, text: 'and beyond', confidence: 0.9 },
      ],
    });
    const { authorization, form } = requests[0]!;
    deepEqual(
      [authorization, form.get('model'), form.get('response_format')],
      ['Bearer secret', 'whisper-1', 'verbose_json'],
    );
    const wav = Buffer.from(await (form.get('file') as File).arrayBuffer());
    deepEqual([wav.toString('latin1', 0, 4), wav.length, wav.readInt16LE(44)], ['RIFF', 32_044, 16_384]);
  });
  it('takes an answer without segments for one segment', async () => {
    deepEqual(await ask([json({ text: ' Hello. ' })]), { segments: [{ startMs: 0, endMs: 1000, text: 'Hello.' }] });
  });
  it('tries again when the endpoint is busy, breaks, or answers nonsense', async () => {
    const broken: RequestListener[] = [
      refuse(429, '', { 'retry-after': '0' }),
      refuse(200, '<html>'),
      (request) => request.socket.destroy(),
      json(wholeAnswer),
    ];
    equal((await ask(broken)).segments.length, 2);
    equal(requests.length, 4);
  });
  it('gives up with the endpoint’s reason, at once where trying again is useless', async () => {
    const body = JSON.stringify({ error: { message: 'Incorrect API key' } });
    await rejects(ask([refuse(401, body)]), (error: Error & { code: string; hint: string }) => {
      match(error.message, /401: Incorrect API key/);
      match(error.hint, /FABULA_LLM_KEY/);
      ok(!JSON.stringify([error.message, error.hint]).includes('secret'));
      return error.code === 'REMOTE_FAILED';
    });
    equal(requests.length, 1);
    await rejects(ask([]), { code: 'REMOTE_FAILED', message: /500/ });
    equal(requests.length, 5);
    await rejects(ask(Array(4).fill(json({ segments: [{ start: 'soon' }] }))), { message: /no transcription/ });
  });
  it('does not wait for ever, and can be cancelled', async () => {
    const silent: RequestListener = () => {};
    await rejects(ask([silent, silent, silent, silent], { timeoutMs: 30 }), { message: /in time/ });
    const stop = new AbortController();
    const answer = ask([silent], {}, stop.signal);
    setTimeout(() => stop.abort(), 30);
    await rejects(answer, { code: 'CANCELLED' });
    await rejects(ask([json(wholeAnswer)], { url: 'http://127.0.0.1:1/v1' }), { message: /cannot be reached/ });
  });
});

describe('language tags', () => {
  it('come from codes of two and three letters, names and regions', () => {
    const tags = { eng: 'en', chi: 'zh', ger: 'de', 'pt-br': 'pt-BR', English: 'en', chinese: 'zh', und: undefined };
    for (const [name, tag] of Object.entries(tags)) equal(languageTag(name), tag, name);
    equal(languageTag('dubbed'), undefined);
    equal(languageTag(undefined), undefined);
  });
  it('come from a script only where that is certain', () => {
    equal(languageOfScript('朕是过来人，又有什么不知道的'), 'zh');
    equal(languageOfScript('私は学生です。東京大学の'), 'ja');
    equal(languageOfScript('안녕하세요 어디 가세요'), 'ko');
    equal(languageOfScript('Καλημέρα, τι κάνεις;'), 'el');
    equal(languageOfScript('Привет, как дела? Куда ты идёшь?'), undefined);
    equal(languageOfScript('朕是过来人 I have been there myself'), undefined);
    equal(languageOfScript('富贵'), undefined);
  });
});
