/** Formats are told by content, in whatever encoding a file comes. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FabulaError } from '../../schema/errors.js';
import { decodeScript } from '../../src/formats/decode-text.js';
import { formatNamed, formatOf, formats } from '../../src/formats/formats.js';
import { readJson, writeJson } from '../../src/formats/json.js';
import { narratives } from '../narratives.js';

const screenplay = 'INT. CAFÉ - DAY\n\nMARA\n“You came,” he said.\n';
const shooting = 'SCENE 1 EXT. PARK - DAY\nSHOT 1: WIDE SHOT\nCAMERA POSITION: High.\nHighlight Score: 4.0\n';

const subRip = '1\n00:00:01,000 --> 00:00:02,000\nMARA: Hi.\n';

describe('A format', () => {
  it('is told by its content', () => {
    for (const [text, name] of [
      [screenplay, 'fountain'],
      [shooting, 'shooting-script'],
      ['<?xml version="1.0"?>\n<FinalDraft Version="1"><Content/></FinalDraft>', 'fdx'],
      ['{"narrativeVersion": 1}', 'json'],
      [subRip, 'srt'],
      ['TITLE: X\n001  AX V C 00:00:00:00 00:00:01:00 00:00:00:00 00:00:01:00\n', 'edl'],
      ['start,end,person,text\n1,2,MARA,Hi.\n', 'events-csv'],
      ['start,end,shotSize\n1,2,WIDE\n', 'shots-csv'],
      ['WEBVTT\n\n00:01.000 --> 00:02.000\nHi.\n', 'webvtt'],
      ['[Script Info]\n\n[Events]\nDialogue: 0,0:00:01.00,0:00:02.00,Default,,0,0,0,,Hi.\n', 'ass'],
    ] as const)
      assert.equal(formatOf(text).name, name);
  });

  it('that nobody can tell gives a code and the formats there are', () => {
    for (const text of ['', 'Once upon a time.\n', '1 -> 2 --> 3\n', '<html></html>'])
      assert.throws(
        () => formatOf(text),
        (error) =>
          error instanceof FabulaError && error.code === 'FORMAT_UNKNOWN' && /fountain, fdx/.test(error.hint ?? ''),
      );
  });

  it('is found by name in any case, for what it can do', () => {
    assert.equal(formatNamed('SHOOTING_SCRIPT', 'write').name, 'shooting-script');
    assert.equal(formatNamed('vtt', 'read').name, 'webvtt');
    assert.throws(() => formatNamed('nonsense', 'read'), { code: 'FORMAT_UNKNOWN' });
  });

  it('has a name of its own, and is sure of 0 to 1 of anything', () => {
    assert.equal(new Set(formats.map(({ name }) => name)).size, formats.length);
    for (const format of formats)
      for (const text of ['', '\0', '[[', '/*', '<', '{', '\uFEFF', screenplay, shooting, '#'.repeat(9_999)]) {
        const sureness = format.recognise(text);
        assert.ok(sureness >= 0 && sureness <= 1);
      }
  });
});

describe('Fabula JSON', () => {
  it('is read again, also where something rests on an identity embedding, which is left out', () => {
    const embedded = narratives.filter(
      ({ embeddings, episode }) => embeddings.length > 0 && episode.provenance.evidence.length > 0,
    );
    fc.assert(
      fc.property(embedded, (narrative) => {
        const { episode, embeddings } = narrative;
        const evidence = [{ nodeId: embeddings[0]!.id, note: 'Looks alike.' }];
        const text = writeJson({
          ...narrative,
          episode: { ...episode, provenance: { ...episode.provenance, evidence } },
        });
        assert.deepEqual(readJson(text).episode.provenance.evidence, [{ note: 'Looks alike.' }]);
      }),
      { numRuns: 10 },
    );
  });
});

describe('A script', () => {
  const lineOf = (bytes: Uint8Array) =>
    formatOf(decodeScript(bytes)).read(decodeScript(bytes), { episodeId: 'ep' }).narrative;

  it('says the same with a mark or without, in UTF-8 and UTF-16, with any line ends', () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const text = screenplay.replaceAll('\n', end);
      const wide = Buffer.from(`\uFEFF${text}`, 'utf16le');
      for (const bytes of [Buffer.from(text), Buffer.from(`\uFEFF${text}`), wide, Buffer.from(wide).swap16()]) {
        const { scenes, events } = lineOf(bytes);
        assert.deepEqual([scenes[0]!.location, events[0]!.dialogue], ['CAFÉ', '“You came,” he said.']);
      }
    }
  });

  it('of no bytes, or of bytes that are no text, is refused', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 0, 1, 2])])
      assert.throws(() => decodeScript(bytes), { code: 'SCRIPT_UNREADABLE' });
  });
});
