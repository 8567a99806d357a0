/** Broken JSON that a language model mends, against a server that answers well, badly, and not at all. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { FabulaError } from '../../schema/errors.js';
import { omniScript } from '../../src/formats/omniscript.js';
import { skyScript } from '../../src/formats/skyscript.js';
import { readOrMend } from '../../workers/read-or-mend.js';

const format = skyScript as typeof skyScript & Required<Pick<typeof skyScript, 'read'>>;
/** A semicolon within brackets of one sort closed by another: nobody can tell what belongs where. */
const broken =
  '{"Case_1": {"Scene": (1; "Café"}; "people": [{"object": "person", "Age": (30; 31}; "Line": "Hello – there"}';
const meant = { Case_1: { Scene: [1, 'Café'], people: [{ object: 'person', Age: '30', Line: 'Hello – there' }] } };

describe('JSON beyond repair', () => {
  let server: Server;
  let asked: { readonly model: string; readonly messages: readonly { readonly content: string }[] }[];
  let answers: string[];

  beforeEach(async () => {
    [asked, answers] = [[], []];
    server = createServer(async (request, response) => {
      asked.push(JSON.parse(Buffer.concat(await request.toArray()).toString()));
      const content = answers.length > 1 ? answers.shift() : answers[0];
      if (content === undefined) response.writeHead(503).end('{"error": "busy"}');
      else response.end(JSON.stringify({ choices: [{ message: { content } }] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const read = (text = broken, signal = new AbortController().signal, isConfigured = true) => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const llm = isConfigured ? { url, model: 'mender-1', backOffMs: 1 } : undefined;
    return readOrMend(text, format, { episodeId: 'ep' }, { llm, signal });
  };
  const refused = async (pattern: RegExp, told = read()) => {
    await assert.rejects(
      told,
      (error) => error instanceof FabulaError && error.code === 'SCRIPT_UNREADABLE' && pattern.test(error.message),
    );
  };

  it('is mended by a model, and what that left out is told', async () => {
    answers = [`<think>{"Case_1"…}</think>\n\`\`\`json\n${JSON.stringify(meant)}\n\`\`\``];
    const { narrative, report } = await read();
    assert.deepEqual(JSON.parse(skyScript.write!(narrative).text), meant);
    assert.equal(asked.length, 1);
    assert.equal(asked[0]?.model, 'mender-1');
    assert.equal(asked[0]?.messages[1]?.content, broken);
    assert.match(report[0]?.reason ?? '', /broken beyond what is certain: the language model mender-1 mended it/);
    assert.ok(report.some(({ what, reason }) => what === 'LOST' && /31/.test(reason)));
    assert.ok(report.every(({ line }) => line === undefined));
  });

  it('is asked about again after an answer that says what the text does not, or too little, or nothing', async () => {
    const invented = JSON.stringify(meant).replace('Hello', 'Goodbye');
    answers = [invented, '{"Case_1": {}}', 'I cannot do that.', JSON.stringify(meant)];
    const { narrative } = await read();
    assert.equal(asked.length, 4);
    assert.deepEqual(JSON.parse(skyScript.write!(narrative).text), meant);
  });

  it('is refused, with its place, where the model gives no good answer', async () => {
    answers = [JSON.stringify(meant).replace('30', '35')];
    await refused(/^Line 1, column \d+: .*The language model could not mend it: .*no mended JSON/);
    assert.equal(asked.length, 4);
    answers = [];
    await refused(/^Line 1, column \d+: .*answered 503/);
  });

  it('is not sent anywhere where no model is configured, nor when rules mend it, nor when it is too long', async () => {
    answers = [JSON.stringify(meant)];
    await refused(/^Line 1, column \d+: (?!.*language model could)/, read(broken, undefined, false));
    await read(JSON.stringify(meant).slice(0, -3));
    await refused(/^Line 1, column/, read(`${broken}${' '.repeat(60_000)}`));
    assert.equal(asked.length, 0);
  });

  it('is let go of when the import is cancelled', async () => {
    await assert.rejects(read(broken, AbortSignal.abort()), { code: 'CANCELLED' });
  });

  it('is mended whatever format of JSON it is', async () => {
    const script = {
      script: [{ scene_id: 1, location: 'Café', events: [{ timestamp: '00:05', dialogue: 'Hello.' }] }],
    };
    answers = [JSON.stringify(script)];
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`;
    const text =
      '{"script": [{"scene_id": (1; "location"; "Café"}; "events": [{"timestamp": "00:05"; "dialogue": ("Hello."}]';
    const named = omniScript as typeof omniScript & Required<Pick<typeof omniScript, 'read'>>;
    const { narrative } = await readOrMend(
      text,
      named,
      { episodeId: 'ep' },
      { llm: { url, model: 'm' }, signal: new AbortController().signal },
    );
    assert.equal(narrative.events[0]?.dialogue, 'Hello.');
  });
});
