import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Event } from '../../schema/event.js';
import { findProblems, type Narrative, nodeId } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { alignScript } from '../../src/narrative/alignment/align-script.js';
import { layScript } from '../../src/narrative/alignment/lay-script.js';
import type { ScriptLine } from '../../src/narrative/alignment/script-line.js';
import { film } from '../contract/fixture.js';
import { buildNarrative, narrativePlans } from '../narratives.js';

const written = (lines: readonly ScriptLine[]) => ({ title: 'Night', format: 'fountain', lines, places: [] });
const lay = (narrative: Narrative, lines: readonly ScriptLine[]) =>
  layScript(narrative, alignScript(written(lines), narrative.cues, narrative.episode.durationMs));
const by = (name: string, text: string, voiceType?: string): ScriptLine => ({
  text,
  speaker: { name, ...(voiceType && { voiceType }) },
});
const linesOf = ({ events, persons }: Narrative) =>
  events
    .filter(({ type }) => type === 'LINE')
    .map(({ personId, dialogue }) => [persons.find(({ id }) => id === personId)?.name, dialogue]);
const sourceOf = ({ provenance }: NarrativeNode, field: string) =>
  provenance.fields?.find((source) => source.field === field);

const cues = ['Where have you been?', 'Out at the harbour.', 'And the keys, where are they?'].map((text, n) => ({
  ...{ startMs: n * 2_000 + 100, endMs: n * 2_000 + 1_900, text },
}));
const cuts = [0, 2_000, 4_000, 8_000];

/** Undefined where a script is refused: a line or two of a word each fit any film. */
function unlessTooLittle(laid: () => Narrative): Narrative | undefined {
  try {
    return laid();
  } catch (error) {
    assert.equal((error as { code?: string }).code, 'SCRIPT_MISMATCH');
    return undefined;
  }
}

describe('A script laid over a film', () => {
  it('makes two lines of one where its cue has two speakers', () => {
    const joined = film({
      cuts,
      cues: [{ startMs: 1_000, endMs: 3_000, text: 'Where have you been? Out at the harbour.' }, cues[2]!],
    });
    const now = lay(joined, [
      by('Mara', 'Where have you been?'),
      by('Tomas', 'Out at the harbour.'),
      by('Mara', cues[2]!.text),
    ]);
    assert.deepEqual(findProblems(now), []);
    assert.equal(now.cues[0]!.text, '- Where have you been?\n- Out at the harbour.');
    assert.equal(now.cues[0]!.speakerTag, undefined);
    assert.deepEqual(linesOf(now), [
      ['Mara', 'Where have you been?'],
      ['Tomas', 'Out at the harbour.'],
      ['Mara', 'And the keys, where are they?'],
    ]);
    const [one, two] = now.events;
    assert.deepEqual([one!.startMs, one!.endMs, two!.endMs], [1_000, two!.startMs, 3_000]);
    assert.deepEqual(
      now.events.map(({ ordinal }) => ordinal),
      [1, 2, 3],
    );
    assert.equal(two!.provenance.evidence[0]!.nodeId, now.cues[0]!.id);
  });

  it('keeps the words that were read where its own are too unlike, and says what it has', () => {
    const heard = film({
      cuts,
      cues: [cues[0]!, { ...cues[1]!, text: 'Down at the harbour, mending all the nets.' }, cues[2]!],
    });
    const now = lay(heard, [by('Mara', cues[0]!.text), by('Tomas', 'Out at the harbour.'), by('Mara', cues[2]!.text)]);
    const [, cue] = now.cues;
    assert.equal(cue!.text, 'Down at the harbour, mending all the nets.');
    assert.equal(cue!.speakerTag, 'Tomas');
    assert.deepEqual(
      cue!.provenance.otherReadings.map(({ field, value, by: who }) => [field, value, who]),
      [['text', 'Out at the harbour.', 'alignment']],
    );
    assert.deepEqual(linesOf(now)[1], ['Tomas', 'Down at the harbour, mending all the nets.']);
  });

  it('knows a person whom the subtitles call otherwise by the lines they share; the name they had stays another one', () => {
    const tagged = film({
      cuts,
      cues: cues.map((cue, n) => ({ ...cue, speakerTag: n === 1 ? 'Tom' : 'Mrs. M' })),
      people: [{ name: 'Mrs. M' }, { name: 'Tom' }],
    });
    const now = lay(tagged, [by('Mara', cues[0]!.text), by('Tom', cues[1]!.text), by('Mara', cues[2]!.text)]);
    assert.deepEqual(
      now.persons.map(({ id, name, aliases }) => [id, name, aliases]),
      [
        [tagged.persons[0]!.id, 'Mara', ['Mrs. M']],
        [tagged.persons[1]!.id, 'Tom', []],
      ],
    );
    assert.equal(sourceOf(now.persons[0]!, 'name')!.by, 'alignment');
    assert.equal(now.persons[0]!.provenance.otherReadings[0]!.value, 'Mrs. M');
    assert.equal(now.persons[1], tagged.persons[1], 'nothing is new about Tom');
  });

  it('gives nobody’s name to a face that is seen in others’ lines, too', () => {
    const many = Array.from({ length: 8 }, (_, n) => ({
      startMs: n * 1_000 + 100,
      endMs: n * 1_000 + 900,
      text: `${cues[n % 3]!.text} ${n} times`,
    }));
    const seen = many.map(({ startMs }) => ({
      ...{
        id: nodeId('episode:film', 'appearance', startMs - 100),
        kind: 'Appearance' as const,
        episodeId: 'episode:film',
      },
      ...{ provenance: { by: 'faces', version: '1', confidence: 0.8, evidence: [], otherReadings: [] }, atMs: startMs },
      ...{ personId: nodeId('episode:film', 'person', 0), shotId: nodeId('episode:film', 'shot', startMs - 100) },
      ...{ startMs: startMs - 100, endMs: startMs + 900 },
    }));
    const one = film({
      cuts: Array.from({ length: 9 }, (_, n) => n * 1_000),
      cues: many,
      people: [{}],
      more: { appearances: seen },
    });
    const now = lay(
      one,
      many.map(({ text }, n) => by(n % 2 === 0 ? 'Mara' : 'Tomas', text)),
    );
    assert.deepEqual(
      now.persons.map(({ name }) => name),
      [undefined, 'Mara', 'Tomas'],
    );
  });

  it('puts lines that no cue says where there is room, as estimated events without a cue', () => {
    const gap = film({ cuts, cues: [cues[0]!, { ...cues[2]!, startMs: 5_000, endMs: 6_500 }] });
    const now = lay(gap, [
      by('Mara', cues[0]!.text),
      by('Tomas', 'Out at the harbour.', 'off-screen'),
      by('Mara', cues[2]!.text),
    ]);
    const [, line] = now.events;
    assert.deepEqual([line!.dialogue, line!.voiceType, now.cues.length], ['Out at the harbour.', 'off-screen', 2]);
    assert.ok(line!.startMs >= 1_900 && line!.endMs <= 5_000);
    assert.ok(line!.provenance.confidence <= 0.2);
    assert.match(line!.provenance.evidence[0]!.note!, /estimated between the lines around it/);
    assert.deepEqual(findProblems(now), []);
  });

  it('replaces the rows in its own language of cues that have two', () => {
    const chinese = ['你去哪里了？', '我在码头。', '钥匙在哪里？'];
    const two = film({ cuts, cues: cues.map((cue, n) => ({ ...cue, text: `${chinese[n]}\n${cue.text}` })) });
    const now = lay(
      two,
      ['你到底去哪里了！', '我在碼頭。', '鑰匙呢？在哪裡？'].map((text) => by('王富贵', text)),
    );
    assert.deepEqual(
      now.cues.map(({ text }) => text),
      ['你到底去哪里了！', '我在碼頭。', '鑰匙呢？在哪裡？'].map((text, n) => `${text}\n${cues[n]!.text}`),
    );
    assert.equal(now.cues[0]!.provenance.otherReadings[0]!.value, `${chinese[0]}\n${cues[0]!.text}`);
  });

  it('leaves cues alone that the script does not have, and tells what it did in the episode’s report', () => {
    const more = film({ cuts, cues: [...cues, { startMs: 6_500, endMs: 7_500, text: 'Somebody laughs far away.' }] });
    const now = lay(
      more,
      cues.map(({ text }) => by('Mara', text)),
    );
    assert.equal(now.cues[3], more.cues[3]);
    assert.equal(now.events[3], more.events[3]);
    assert.match(
      now.episode.report.stages.at(-1)!.summary,
      /^3 of 3 lines of “Night” \(fountain\) found in the film\.$/,
    );
  });

  it('gives a line of a caption no speaker: it is a sound', () => {
    const base = film({ cuts, cues });
    const captioned = {
      ...base,
      events: base.events.map((event, n): Event => (n === 1 ? { ...event, type: 'ACTION' } : event)),
    };
    const now = lay(
      captioned,
      cues.map(({ text }) => by('Mara', text)),
    );
    assert.equal(now.events[1], captioned.events[1]);
  });

  it('leaves every narrative valid and its cues’ times alone, and makes nobody twice', () =>
    fc.assert(
      fc.property(
        narrativePlans,
        fc.array(fc.constantFrom('Mara', 'Theo', '老王', undefined), { minLength: 1 }),
        (plan, names) => {
          const narrative = buildNarrative(plan);
          const lines = narrative.cues.map(({ text }, n): ScriptLine => {
            const name = names[n % names.length];
            return { text: `${text}!`, ...(name && { speaker: { name } }) };
          });
          const now = unlessTooLittle(() => lay(narrative, lines));
          if (!now) return;
          assert.deepEqual(findProblems(now), []);
          assert.deepEqual(
            now.cues.map(({ id, startMs, endMs }) => [id, startMs, endMs]),
            narrative.cues.map(({ id, startMs, endMs }) => [id, startMs, endMs]),
          );
          const again = unlessTooLittle(() =>
            layScript(now, alignScript(written(lines), now.cues, now.episode.durationMs)),
          );
          if (!again) return;
          const called = (of: Narrative, name: string) => of.persons.filter((person) => person.name === name).length;
          for (const name of ['Mara', 'Theo', '老王'])
            assert.ok(called(again, name) <= Math.max(1, called(narrative, name)), name);
        },
      ),
      { numRuns: 80 },
    ));
});
