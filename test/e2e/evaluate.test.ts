/** Evaluates scripts by command line: files, an episode, folders, and a language model that answers over HTTP. About 8 s. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../../graph/sqlite/sqlite-store.js';
import type { Narrative } from '../../schema/narrative.js';
import { writeJson } from '../../src/formats/json.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { harbour } from '../api/harbour.fixture.js';
import { runCli } from './run-cli.js';

const saying = (dialogue: string): Narrative => {
  const film = harbour();
  return { ...film, events: film.events.map((event) => (event.dialogue ? { ...event, dialogue } : event)) };
};

describe('fabula evaluate', function () {
  this.timeout(60_000);
  let home: string;
  const at = (name: string) => join(home, name);
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-evaluate-'));
    await writeFile(at('truth.json'), writeJson(harbour()));
    await writeFile(at('claim.json'), writeJson(saying('The ship sails at dawn.')));
    const store = await openSqliteStore({ file: at('graph.db'), derive: deriveNarrative });
    await store.replaceEpisode(harbour());
    await store.close();
  });
  after(() => rm(home, { recursive: true }));
  const fabula = (args: readonly string[], environment = {}) => runCli(['evaluate', ...args], { home, environment });

  it('prints scores from 0 to 100 as JSON, and writes a page and all findings', async () => {
    const files = ['--html', at('page.html'), '--explain', at('findings.json')];
    const { status, stdout, stderr } = await fabula([at('claim.json'), at('truth.json'), '--json', ...files]);
    assert.equal(status, 0, stderr);
    const { overall, fields, tIoU, scene, judge, misses } = JSON.parse(stdout);
    assert.ok(overall > 50 && overall < 100);
    assert.deepEqual(fields.character, { precision: 100, recall: 100, f1: 100 });
    assert.deepEqual(tIoU, { '0.1': 100, '0.3': 100, '0.5': 100 });
    assert.equal(scene.overall, 100);
    assert.deepEqual(judge, { name: 'fabula-lexical', version: '1' });
    assert.equal(misses.length, 1);
    assert.match(await readFile(at('page.html'), 'utf8'), /The ship sails at dawn\./);
    const { findings } = JSON.parse(await readFile(at('findings.json'), 'utf8'));
    assert.equal(findings.length, 1);
  });

  it('takes an episode for a script, and says in words what is wrong', async () => {
    const { status, stdout, stderr } = await fabula([at('claim.json'), 'harbour']);
    assert.equal(status, 0, stderr);
    assert.match(stdout, /^Overall \d\d\.\d of 100 .*by fabula-lexical 1\n/);
    assert.match(stdout, /dialogue +\d/);
    assert.match(stdout, /0:11\.0 {2}matched {3}The ship leaves at dawn\. {2}— Same character; like dialogue\./);
  });

  it('takes OmniScript JSON, as a file and as the episode that it was imported as', async () => {
    const villa = (dialogue: string) =>
      JSON.stringify({
        meta: { title: 'The Villa', duration: '01:00', characters: ['Anna'] },
        script: [
          {
            scene_id: 1,
            location: 'Hall',
            type: 'Interior',
            events: [{ timestamp: '00:05', character: 'Anna', dialogue }],
          },
        ],
      });
    await writeFile(at('villa.json'), villa('Is anyone here?'));
    await writeFile(at('guess.json'), villa('Is somebody there?'));
    const imported = await runCli(['import', at('villa.json'), '--json'], { home });
    const { episodeId, format } = JSON.parse(imported.stdout);
    assert.equal(format, 'omniscript');
    const { stdout } = await fabula([at('guess.json'), episodeId, '--json', '--html', at('villa.html')]);
    const { fields, tIoU, scene } = JSON.parse(stdout);
    assert.equal(fields.character.f1, 100);
    assert.ok(fields.dialogue.f1 > 10 && fields.dialogue.f1 < 90);
    assert.deepEqual([tIoU['0.5'], scene.overall], [100, 100]);
    assert.match(await readFile(at('villa.html'), 'utf8'), /Is somebody there\?/);
    const { stdout: same } = await fabula([episodeId, at('villa.json'), '--json']);
    assert.equal(JSON.parse(same).overall, 100);
  });

  it('averages over the files of two folders that have the same name, by length', async () => {
    for (const folder of ['claims', 'truths']) await mkdir(at(folder));
    for (const name of ['one.json', 'two.json']) await writeFile(at(`truths/${name}`), writeJson(harbour()));
    await writeFile(at('truths/three.json'), writeJson(harbour()));
    await writeFile(at('claims/one.json'), writeJson(harbour()));
    await writeFile(at('claims/two.json'), writeJson(saying('The ship sails at dawn.')));
    const { stdout, stderr } = await fabula([at('claims'), at('truths'), '--json']);
    const { films, overall, byLength, each } = JSON.parse(stdout);
    assert.equal(films, 2);
    assert.equal(each[0].evaluation.overall, 100);
    assert.equal(overall, (100 + each[1].evaluation.overall) / 2);
    assert.equal(byLength['0-5'].films, 2);
    assert.match(stderr, /three\.json: there is no prediction/);
  });

  it('asks a language model where it is told to, and says how far the judges agree', async () => {
    let asked = 0;
    const server = createServer(async (request, response) => {
      const { messages } = JSON.parse(Buffer.concat(await request.toArray()).toString());
      asked++;
      const scores = JSON.parse(messages[1].content).map(({ pair }: { pair: number }) => ({ pair, score: 9 }));
      response.end(JSON.stringify({ choices: [{ message: { content: JSON.stringify({ scores }) } }] }));
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const environment = {
      FABULA_LLM_URL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
      FABULA_LLM_MODEL: 'kind',
    };
    try {
      for (const _ of ['asked', 'remembered']) {
        const { stdout, stderr } = await fabula(
          [at('claim.json'), at('truth.json'), '--json', '--judge', 'llm'],
          environment,
        );
        const { fields, judge, agreement } = JSON.parse(stdout || stderr);
        assert.deepEqual(judge, { name: 'llm:kind', version: '2' });
        assert.equal(fields.dialogue.f1, 90);
        assert.equal(agreement.pairs, 1);
        assert.deepEqual(agreement.with, { name: 'fabula-lexical', version: '1' });
      }
      assert.equal(asked, 1);
    } finally {
      server.close();
    }
  });

  it('says what is missing', async () => {
    for (const [args, status, message] of [
      [['nobody', 'harbour'], 1, /NOT_FOUND: nobody is neither a file nor an episode/],
      [['harbour', 'harbour', '--judge', 'llm'], 2, /BAD_CONFIG: .*FABULA_LLM_MODEL/],
      [['harbour', 'harbour', '--judge', 'me'], 2, /BAD_USAGE/],
    ] as const) {
      const run = await fabula(args);
      assert.equal(run.status, status);
      assert.match(run.stderr, message);
    }
  });
});
