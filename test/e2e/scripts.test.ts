/** Scripts into a graph and out again by command line. About 16 s. */
import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from './run-cli.js';

const fountainText = 'INT. PIER - DUSK\r\n\r\nMARA\r\nYou came, Tomas.\r\n\r\nTOMAS\r\nÀ minuit.\r\n';
const utf16 = Buffer.from(`\uFEFF${fountainText}`, 'utf16le');

describe('fabula import and export', function () {
  this.timeout(120_000);
  let home: string;
  before(async () => {
    home = await mkdtemp(join(tmpdir(), 'fabula-scripts-'));
  });
  after(() => rm(home, { recursive: true }));

  const fabula = (...args: string[]) => runCli(args, { home });
  const file = async (name: string, content: string | Uint8Array) => {
    await writeFile(join(home, name), content);
    return join(home, name);
  };
  const imported = async (path: string, ...more: string[]) => {
    const { status, stdout, stderr } = await fabula('import', path, '--json', ...more);
    assert.equal(status, 0, stderr);
    return JSON.parse(stdout);
  };

  it('takes a script of any encoding in, tells its format, and gives it back to the letter', async () => {
    const path = await file('a_pier.txt', utf16);
    const summary = await imported(path);
    assert.equal(summary.format, 'fountain');
    assert.equal(summary.title, 'a pier');
    assert.deepEqual(summary.counts, { scenes: 1, shots: 1, persons: 2, cues: 2, events: 2 });
    assert.deepEqual(
      summary.report.map(({ what }: { what: string }) => what),
      ['ESTIMATED'],
    );
    const output = join(home, 'out.fountain');
    assert.equal((await fabula('export', summary.episodeId, '--format', 'fountain', '-o', output)).status, 0);
    assert.equal(await readFile(output, 'utf8'), fountainText);
    assert.match((await fabula('search', 'minuit')).stdout, /À ‹minuit›/);
    assert.equal((await imported(path)).unchanged, true);
  });

  it('is one episode a series, whatever format it is exported to on the way', async () => {
    const path = await file('b.fountain', fountainText);
    const [lone, inSeries] = [await imported(path), await imported(path, '--series', 'Piers', '--title', 'One')];
    assert.notEqual(lone.episodeId, inSeries.episodeId);
    assert.equal(inSeries.title, 'One');
    const { stdout: xml } = await fabula('export', lone.episodeId, '--format', 'fdx');
    const again = await imported(await file('b.fdx', xml));
    assert.equal(again.format, 'fdx');
    assert.deepEqual(again.counts, lone.counts);
  });

  it('tells SkyScript by its content, mends its JSON, and gives it back with what was lost told', async () => {
    const text = "Here:\n{'Case_1': {'Scene': ['1', 'Pier'], 'people': [{'object': 'person', 'Line': 'You came.',}]}";
    const summary = await imported(await file('sky.txt', text));
    assert.equal(summary.format, 'skyscript');
    assert.deepEqual(summary.counts, { scenes: 1, shots: 1, persons: 1, appearances: 1, cues: 1, events: 1 });
    assert.match(JSON.stringify(summary.report), /"what":"LOST"[^}]*around the JSON/);
    const { stdout } = await fabula('export', summary.episodeId, '--format', 'skyscript');
    assert.deepEqual(JSON.parse(stdout), {
      Case_1: { Scene: ['1', 'Pier'], people: [{ object: 'person', Line: 'You came.' }] },
    });
    const broken = await fabula('import', await file('beyond.json', '{"Case_1": {"people": [{"Age" (; 3}}'));
    assert.match(broken.stderr, /SCRIPT_UNREADABLE: .*[Ll]ine 1, column \d+/);
  });

  it('says what a format does not hold', async () => {
    const { episodeId } = await imported(await file('c.fountain', fountainText));
    const json = JSON.parse((await fabula('export', episodeId)).stdout);
    const speech = { ...json.cues[0], id: 'x:speech:0000000', kind: 'SpeechInterval', startMs: 0, endMs: 5 };
    for (const field of ['text', 'source', 'speakerTag', 'language']) delete speech[field];
    const path = await file('c.json', JSON.stringify({ ...json, speech: [speech] }));
    assert.equal((await imported(path)).format, 'json');
    const { stderr } = await fabula('export', episodeId, '--format', 'fountain');
    assert.match(stderr, /left out: 1 speech\./);
  });

  it('takes subtitles, tables and edit lists, told by content, and gives them back to the letter', async () => {
    for (const [name, format, text] of [
      ['d.txt', 'srt', '7\r\n00:00:01,000 --> 00:00:02,000\r\nMARA: Hi.\r\n'],
      ['e.csv', 'events-csv', 'start;end;who;text\n1;2;Mara;Hi.\n'],
      ['f.edl', 'edl', 'TITLE: F\n001  T1 V C 00:00:00:00 00:00:01:00 01:00:00:00 01:00:01:00\n'],
    ] as const) {
      const summary = await imported(await file(name, text));
      assert.equal(summary.format, format);
      assert.equal((await fabula('export', summary.episodeId, '--format', format)).stdout, text);
    }
    const { stderr } = await fabula(
      'import',
      await file('g.srt', '1\n00:00:0x,000 --> 00:00:02,000\nHi.\n'),
      '--format',
      'srt',
    );
    assert.match(stderr, /SCRIPT_UNREADABLE: .*g\.srt: Line 2: /);
  });

  it('is refused with a code where nobody can tell what it is, and the next script is taken', async () => {
    const prose = await file('prose.txt', 'Once upon a time.\n');
    const bomb = await file(
      'bomb.fdx',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "b">]><FinalDraft><Content/></FinalDraft>',
    );
    const good = await file('good.fountain', 'EXT. SEA\n\nWaves.\n');
    const { status, stdout, stderr } = await fabula('import', prose, bomb, good);
    assert.equal(status, 1);
    assert.match(stderr, /FORMAT_UNKNOWN: .*prose\.txt: .*--format: .*fountain/);
    assert.match(stderr, /SCRIPT_UNREADABLE: .*bomb\.fdx/);
    assert.match(stdout, /good is in the graph/);
    const missing = await fabula('import', prose, '--format', 'nonsense');
    assert.match(missing.stderr, /FORMAT_UNKNOWN: There is no format "nonsense"\. Known formats: .*fountain/);
    assert.match((await fabula('import', prose, '--format', 'fountain')).stdout, /prose is in the graph/);
  });
});
