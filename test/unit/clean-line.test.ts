import { doesNotMatch, equal, match, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { lineCleaner } from '../../src/app/clean-line.js';
import { readConfig } from '../../src/app/config.js';

describe('a line of the log', () => {
  const environment = {
    FABULA_HOME: '/home',
    FABULA_TOKEN: 'viewer:viewersecret1234,editorsecret12345',
    NEO4J_URL: 'neo4j://graph',
    NEO4J_PASSWORD: 'graph "pass" word',
    REDIS_URL: 'redis://user:queue%2Fpass@queue:6379',
    FABULA_LLM_KEY: 'sk-language-model',
    FABULA_SIGNING_KEY: 'k'.repeat(40),
    HTTPS_PROXY: 'http://me:proxypass@proxy:3128',
    OTEL_EXPORTER_OTLP_HEADERS: 'api-key=collectorkey,other=secondkey',
  };
  const clean = lineCleaner(readConfig(environment).secrets);

  it('holds no secret of the environment, however it is written', () => {
    const secrets = ['viewersecret1234', 'editorsecret12345', 'graph "pass" word', 'queue/pass', 'queue%2Fpass'];
    const others = ['sk-language-model', 'k'.repeat(40), 'proxypass', 'collectorkey', 'secondkey'];
    for (const secret of [...secrets, ...others]) {
      const line = JSON.stringify({ err: { command: { name: 'auth', args: ['x', secret] } }, msg: `It is ${secret}.` });
      const written = clean(line);
      ok(!written.includes(JSON.stringify(secret).slice(1, -1)), written);
      equal(JSON.parse(written).msg, 'It is ….');
    }
  });

  it('holds nothing that looks like one, and the rest as it was', () => {
    const jwt = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJtYXJhIn0.${'s'.repeat(40)}`;
    const cleaned = (text: string) => JSON.parse(clean(JSON.stringify({ text }))).text;
    equal(cleaned('authorization: Bearer abcdefghijklmnopqrst='), 'authorization: Bearer …');
    equal(cleaned(`the token ${jwt} is over`), 'the token … is over');
    equal(cleaned('bolt://neo4j:pw@host:7687 is gone'), 'bolt://…@host:7687 is gone');
    equal(cleaned('/media/films/a?expires=1&signature=Ab-_9 404'), '/media/films/a?expires=1&signature=… 404');
    for (const plain of ['a basic idea', 'http://host/a@b', 'mara@example.org', 'eyJ', 'Bearer of bad news'])
      equal(cleaned(plain), plain);
  });

  it('is one line of JSON that no terminal obeys and that says the same, whatever strangers send', () => {
    const character = fc.integer({ min: 0, max: 0x20ff }).map((code) => String.fromCharCode(code));
    fc.assert(
      fc.property(fc.string({ unit: character }), (text) => {
        const line = clean(JSON.stringify({ text }));
        doesNotMatch(line, /[\p{Cc}\u2028\u2029]/u);
        equal(JSON.parse(line).text, text);
      }),
      { examples: [['\u009b31m\u2028{"level":"info"}\u0085\u007f\r\n\u001b[2J']] },
    );
  });

  it('takes no longer than it is long, whatever it repeats', () => {
    for (const part of ['eyJ', 'eyJ-', 'Bearer ', '://', 'signature=', 'eyJa.']) {
      const started = performance.now();
      clean(part.repeat(40_000));
      ok(performance.now() - started < 500, part);
    }
  });

  it('keeps words that a short secret would strike out', () => {
    match(lineCleaner(['', 'a', 'neo'])('"neo and a"'), /neo and a/);
  });
});
