import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Cue } from '../../schema/cue.js';
import type { Edit } from '../../schema/edit.js';
import type { NodeKind } from '../../schema/enums.js';
import type { Event } from '../../schema/event.js';
import { findProblems, type Narrative, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { carryLines } from '../../src/narrative/carry-line.js';
import { deriveNarrative } from '../../src/narrative/derive.js';
import { chooseCorrection } from '../corrections.js';
import { buildNarrative, movedBoundaries, type NarrativePlan, narrativePlans } from '../narratives.js';

const film: NarrativePlan = {
  episodeId: 'episode:film',
  title: 'A film',
  shotLengths: [4_000, 3_000, 5_000],
  sceneBreaks: [true, false, true],
  names: ['Mara', 'Theo'],
  lines: [
    { at: 0.1, lengthMs: 1_000, text: 'Where is the dragon?' },
    { at: 0.5, lengthMs: 1_500, text: '富贵都是你的' },
  ],
  choices: [1],
};
const base = buildNarrative(film);

describe('edits', () => {
  it('change the field, name the person, and keep what the model read', () => {
    const [cue] = base.cues;
    const { effective, edits } = deriveNarrative(base, [correct(cue!, 'text', 'Here is the dragon.')]);
    const now = effective.cues[0]!;
    assert.equal(now.text, 'Here is the dragon.');
    assert.deepEqual(now.provenance.fields, [{ field: 'text', by: 'person', confidence: 1 }]);
    assert.deepEqual(now.provenance.otherReadings, [
      { field: 'text', value: cue!.text, by: 'test', confidence: cue!.provenance.confidence },
    ]);
    assert.deepEqual([edits[0]!.state, edits[0]!.appliedTo], ['APPLIED', cue!.id]);
    assert.equal(base.cues[0]!.text, cue!.text, 'the base is left alone');
  });

  it('keep what other models read, however often the field is corrected', () => {
    const rival = { field: 'text', value: 'Were is the dragon?', by: 'rival', confidence: 0.2 };
    const cue = { ...base.cues[0]!, provenance: { ...base.cues[0]!.provenance, otherReadings: [rival] } };
    const read = { ...base, cues: [cue, ...base.cues.slice(1)] };
    const { effective } = deriveNarrative(read, [correct(cue, 'text', 'One'), correct(cue, 'text', 'Two')]);
    const model = { field: 'text', value: cue.text, by: 'test', confidence: cue.provenance.confidence };
    assert.deepEqual(effective.cues[0]!.provenance.otherReadings, [rival, model]);
  });

  it('of a cue correct the line that rests on it, but not one that a person corrected already', () => {
    const line = base.events.find(({ dialogue }) => dialogue === base.cues[0]!.text)!;
    const ofCue = correct(base.cues[0]!, 'text', 'Here is the dragon.');
    const ofLine = correct(line, 'dialogue', 'Dragon?');
    const lineAfter = (edits: Edit[]) => lineIn(deriveNarrative(base, edits).effective, line.id);
    assert.equal(lineAfter([ofCue]).dialogue, 'Here is the dragon.');
    assert.deepEqual(lineAfter([ofCue]).provenance.fields, [{ field: 'dialogue', by: 'person', confidence: 1 }]);
    assert.equal(lineAfter([ofLine, ofCue]).dialogue, 'Dragon?');
    assert.equal(lineAfter([ofCue, ofLine]).dialogue, 'Dragon?');
    assert.equal(lineAfter([ofCue, correct(base.cues[0]!, 'text', 'No.')]).dialogue, 'No.');
    assert.equal(lineAfter([{ ...ofCue, state: 'UNDONE' }]).dialogue, line.dialogue);
  });

  it('of the same field: the later one wins, and undone it gives way to the earlier one', () => {
    const [first, second] = [correct(base.shots[0]!, 'action', 'runs'), correct(base.shots[0]!, 'action', 'walks')];
    const action = (edits: Edit[]) => deriveNarrative(base, edits).effective.shots[0]!.action;
    assert.equal(action([first, second]), 'walks');
    assert.equal(action([first, { ...second, state: 'UNDONE' }]), 'runs');
    assert.equal(action([{ ...first, state: 'UNDONE' }, second]), 'walks');
  });

  it('empty an optional field with null', () => {
    const scene = { ...base.scenes[0]!, location: 'a café' };
    const known = { ...base, scenes: [scene, ...base.scenes.slice(1)] };
    const { effective } = deriveNarrative(known, [correct(scene, 'location', null)]);
    assert.ok(!('location' in effective.scenes[0]!));
    assert.equal(effective.scenes[0]!.provenance.otherReadings[0]!.value, 'a café');
  });

  it('follow their node when a new analysis moves it, and are orphaned when it is gone', () => {
    const edit = correct(base.cues[0]!, 'text', 'Here is the dragon.');
    const moved = (startMs: number, text: string) => ({
      ...base,
      cues: [{ ...base.cues[0]!, id: 'moved', startMs, endMs: startMs + 1_000, text }],
      events: [],
      causalLinks: [],
      counterfactuals: [],
    });
    const applied = (narrative: Narrative) => deriveNarrative(narrative, [edit]).edits[0]!;
    assert.equal(applied(moved(1_600, base.cues[0]!.text)).appliedTo, 'moved', 'half of the time is shared');
    assert.equal(applied(moved(1_800, base.cues[0]!.text)).state, 'ORPHANED', 'less than half is shared');
    assert.equal(applied(moved(1_200, 'Something else')).state, 'ORPHANED', 'the model reads something else there');
  });

  it('prefer, of two nodes that would do, the one that shares more time', () => {
    const edit = correct(base.shots[2]!, 'focus', 'the sword');
    const { focus, startMs, endMs } = base.shots[2]!;
    const piece = (id: string, from: number, to: number) => ({
      ...base.shots[2]!,
      id,
      focus,
      startMs: from,
      endMs: to,
    });
    const split = { ...base, shots: [piece('short', startMs, startMs + 1_000), piece('long', startMs + 1_000, endMs)] };
    assert.equal(deriveNarrative(split, [edit]).edits[0]!.appliedTo, 'long');
  });

  it('are orphaned, not thrown, when their field has left the schema', () => {
    const edit = correct(base.shots[0]!, 'noLongerThere', 'x');
    assert.equal(deriveNarrative(base, [edit]).edits[0]!.state, 'ORPHANED');
  });

  it('always leave a valid narrative and are never lost; undoing all restores the base', () => {
    const numbers = fc.tuple(fc.nat(), fc.nat(), fc.nat());
    const steps = fc.array(
      fc.oneof(
        { weight: 4, arbitrary: numbers.map((choice) => ({ do: 'correct' as const, choice })) },
        { weight: 2, arbitrary: fc.nat().map((which) => ({ do: 'undo' as const, which })) },
        { weight: 1, arbitrary: fc.nat(2).map((which) => ({ do: 'analyse' as const, which })) },
      ),
      { maxLength: 14 },
    );
    const stories = narrativePlans.chain((plan) =>
      fc.tuple(fc.constant(plan), fc.array(movedBoundaries(plan), { minLength: 3, maxLength: 3 }), steps),
    );
    let orphaned = 0;
    let followed = 0;
    fc.assert(
      fc.property(stories, ([plan, analyses, taken]) => {
        let analysed = buildNarrative(plan);
        let edits: readonly Edit[] = [];
        for (const step of taken) {
          if (step.do === 'correct') {
            const { node, field, value } = chooseCorrection(analysed, step.choice);
            edits = [...edits, correct(node, field, value)];
          } else if (step.do === 'undo') {
            edits = edits.map((edit, n) => (n === step.which % edits.length ? { ...edit, state: 'UNDONE' } : edit));
          } else analysed = buildNarrative(analyses[step.which]!);

          const asked = edits;
          const derived = deriveNarrative(analysed, asked);
          edits = derived.edits;
          assert.deepEqual(findProblems(derived.effective), []);
          assert.deepEqual(
            edits.map(({ id, operation, anchor }) => ({ id, operation, anchor })),
            asked.map(({ id, operation, anchor }) => ({ id, operation, anchor })),
          );
          const there = new Set([...nodesOf(derived.effective)].map(({ id }) => id));
          for (const { state, appliedTo } of edits) assert.equal(state === 'APPLIED', there.has(appliedTo ?? ''));
          orphaned += edits.filter(({ state }) => state === 'ORPHANED').length;
          followed += edits.filter(({ appliedTo, anchor }) => appliedTo && appliedTo !== anchor.nodeId).length;
        }
        const undone = edits.map((edit) => ({ ...edit, state: 'UNDONE' as const }));
        assert.deepEqual(deriveNarrative(analysed, undone).effective, analysed);
      }),
      { numRuns: 200 },
    );
    assert.ok(orphaned > 0 && followed > 0, `${orphaned} orphaned, ${followed} followed: the property saw neither`);
  });
});

describe('a corrected cue', () => {
  it('corrects each speaker’s line, with the dash or name before it left out', () => {
    assert.deepEqual(carryLines(['Where?', 'Here.'], '- Where?\n- Here.', '- Whence?\n- There.'), [
      'Whence?',
      'There.',
    ]);
    assert.deepEqual(carryLines(['No.', 'No.'], '- No.\n- No.', '- No.\n- Yes.'), ['No.', 'Yes.']);
    assert.deepEqual(carryLines(['helo'], 'MARA: helo', 'MARA: hello'), ['hello']);
  });

  it('corrects a line that was joined from rows', () => {
    assert.deepEqual(carryLines(['荣华富贵都'], '荣华\n富贵都', '荣华\n富贵者'), ['荣华富贵者']);
    assert.deepEqual(carryLines(['over the hill'], 'over\nthe hill', 'under\nthe hill'), ['under the hill']);
  });

  it('leaves a line alone that says something else by now', () => {
    assert.deepEqual(carryLines(['edited'], 'foo', 'bar'), [undefined]);
  });
});

const lineIn = ({ events }: Narrative, id: string): Event => events.find((event) => event.id === id)!;

let made = 0;

function correct(node: NarrativeNode, field: string, value: unknown): Edit {
  const { startMs, endMs, atMs } = node as unknown as Partial<Cue> & { atMs?: number };
  return {
    id: `edit:${made++}`,
    kind: 'Edit',
    episodeId: node.episodeId,
    at: '2026-01-01T00:00:00.000Z',
    author: 'tester',
    operation: { operation: 'CORRECT', field, value },
    anchor: {
      nodeId: node.id,
      kind: node.kind as NodeKind,
      startMs: startMs ?? atMs,
      endMs: endMs ?? (atMs === undefined ? undefined : atMs + 1),
      oldValue: (node as unknown as Record<string, unknown>)[field],
    },
    state: 'APPLIED',
  };
}
