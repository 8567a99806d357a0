import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems } from '../../schema/narrative.js';
import { buildNarrative } from '../../src/formats/script/build-narrative.js';
import type { DraftElement, DraftScene, ScriptDraft } from '../../src/formats/script/script-draft.js';

const options = { episodeId: 'ep', format: { name: 'fountain', title: 'Fountain' }, version: '1' };
const build = (draft: ScriptDraft) => buildNarrative(draft, options);
const line = (person: string, dialogue: string, more: Partial<DraftElement> = {}): DraftElement => ({
  type: 'LINE',
  person,
  dialogue,
  ...more,
});
const act = (action: string): DraftElement => ({ type: 'ACTION', action });
const scene = (...elements: DraftElement[]): DraftScene => ({ setting: 'INT', shots: [{ elements }] });
const namesOf = ({ narrative }: ReturnType<typeof build>) => narrative.persons.map(({ name }) => name);
const said = ({ narrative }: ReturnType<typeof build>) =>
  narrative.events
    .filter(({ type }) => type === 'LINE')
    .map(({ personId, targetIds, dialogue }) => {
      const name = (id: string | undefined) => narrative.persons.find((person) => person.id === id)?.name;
      return `${name(personId)} → ${targetIds.map(name).join(', ')}: ${dialogue}`;
    });

describe('a narrative built from a script', () => {
  it('has one person a name, however the tag is written', () => {
    const tags = ['MARA', "MARA (CONT'D)", 'Mara', 'MARA (V.O.)', 'MARA（画外音）'];
    const built = build({ scenes: [scene(...tags.map((tag) => line(tag, 'Hello.')))] });
    assert.deepEqual(namesOf(built), ['Mara']);
    assert.equal(built.narrative.persons[0]!.lineCount, 5);
    assert.deepEqual(
      built.narrative.events.map(({ voiceType }) => voiceType),
      [undefined, undefined, undefined, 'voice-over', 'off-screen'],
    );
  });

  it('takes the other speaker of a two-hander for the one spoken to, and says that it is not sure', () => {
    const built = build({ scenes: [scene(line('MARA', 'Is it late?'), line('TOMAS', 'Very.'))] });
    assert.deepEqual(said(built), ['Mara → Tomas: Is it late?', 'Tomas → Mara: Very.']);
    const [event] = built.narrative.events;
    const field = event!.provenance.fields!.find(({ field }) => field === 'targetIds')!;
    assert.ok(field.confidence <= 0.5);
    assert.ok(event!.provenance.evidence.some(({ note }) => note?.includes('only other one')));
  });

  it('takes whoever is called by name for the one spoken to, in a crowd too', () => {
    const built = build({
      scenes: [scene(line('MARA', 'Ida, come here.'), line('TOMAS', 'Why?'), line('IDA', 'And you, Mara?'))],
    });
    assert.deepEqual(said(built), ['Mara → Ida: Ida, come here.', 'Tomas → : Why?', 'Ida → Mara: And you, Mara?']);
  });

  it('leaves a voice-over without anybody spoken to', () => {
    const built = build({ scenes: [scene(line('MARA (V.O.)', 'It was late.'), line('TOMAS', 'Mara!'))] });
    assert.deepEqual(said(built), ['Mara → : It was late.', 'Tomas → Mara: Mara!']);
  });

  it('meets people whom only a description introduces, with their age', () => {
    const { narrative } = build({ scenes: [scene(act('EMMA (late 20s) and JACK (early 30s) walk. A BANG (off).'))] });
    assert.deepEqual(
      narrative.persons.map(({ name, ageRange }) => [name, ageRange]),
      [
        ['Emma', 'late 20s'],
        ['Jack', 'early 30s'],
      ],
    );
  });

  it('lasts a minute a page, and says of each time that it is estimated', () => {
    const page = [...Array(18).keys()].map(() =>
      act('The lamp burns on over an empty table; nobody comes to trim it.'),
    );
    const { narrative, report } = build({ scenes: [scene(...page)] });
    assert.ok(Math.abs(narrative.episode.durationMs - 60_000) < 3_000, String(narrative.episode.durationMs));
    for (const event of narrative.events)
      assert.deepEqual(
        event.provenance.fields!.map(({ field, by }) => `${field} by ${by}`),
        ['startMs by page-time', 'endMs by page-time'],
      );
    assert.deepEqual(
      report.map(({ what }) => what),
      ['ESTIMATED'],
    );
    assert.equal(narrative.episode.report.gaps.length, 1);
  });

  it('squeezes what stands between two given times, and keeps those', () => {
    const { narrative } = build({
      scenes: [
        scene(line('A', 'One.', { startMs: 1_000 }), line('B', 'Two.'), line('A', 'Three.', { startMs: 3_000 })),
      ],
    });
    assert.deepEqual(
      narrative.events.map(({ startMs }) => startMs),
      [1_000, 2_000, 3_000],
    );
  });

  it('begins both lines of a dual dialogue at once', () => {
    const { narrative } = build({ scenes: [scene(line('A', 'No!'), line('B', 'Yes!', { simultaneous: true }))] });
    assert.equal(narrative.events[0]!.startMs, narrative.events[1]!.startMs);
  });

  it('rests each line on a cue of the same words', () => {
    const { narrative } = build({ scenes: [scene(line('A', 'No!'))] });
    const [cue] = narrative.cues;
    assert.deepEqual([cue!.text, cue!.source, cue!.speakerTag], ['No!', 'FILE', 'A']);
    assert.equal(narrative.events[0]!.provenance.evidence[0]!.nodeId, cue!.id);
  });

  it('is valid for any draft, be its times in any order', () => {
    const time = fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: undefined });
    const timed = { startMs: time, endMs: time };
    const element = fc.record({
      type: fc.constantFrom('LINE', 'ACTION', 'SILENCE'),
      person: fc.option(fc.constantFrom('MARA', 'Mara (V.O.)', 'TOMAS', '(…)', ''), { nil: undefined }),
      dialogue: fc.option(fc.constantFrom('Hello, Mara.', '', 'Tomas!'), { nil: undefined }),
      action: fc.option(fc.constantFrom('MARA (30s) turns to Tomas.', ''), { nil: undefined }),
      simultaneous: fc.boolean(),
      ...timed,
    });
    const appearance = fc.record({ person: fc.constantFrom('MARA', 'IDA', '–'), atMs: time, ...timed });
    const shot = fc.record({
      elements: fc.array(element, { maxLength: 4 }),
      lastsMs: time,
      appearances: fc.array(appearance, { maxLength: 2 }),
      objects: fc.array(fc.constant({ name: 'lamp' }), { maxLength: 1 }),
      ...timed,
    });
    const drafts = fc.record({
      scenes: fc.array(fc.record({ shots: fc.array(shot, { maxLength: 3 }), ...timed }), {
        minLength: 1,
        maxLength: 4,
      }),
      durationMs: time,
    });
    fc.assert(
      fc.property(drafts, (draft) => assert.deepEqual(findProblems(build(draft as ScriptDraft).narrative), [])),
      { numRuns: 1_000 },
    );
  });

  it('is refused where there is nothing to build from', () => {
    assert.throws(() => build({ scenes: [] }), { code: 'SCRIPT_UNREADABLE' });
  });
});
