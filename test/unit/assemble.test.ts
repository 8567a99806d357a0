import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative, nodesOf } from '../../schema/narrative.js';
import { assembleNarrative } from '../../workers/assemble.js';
import { readLines } from '../../workers/detectors/lines.js';
import type { Findings, FoundCue } from '../../workers/findings.js';
import { cue, oneShotFindings, stagesOf } from './findings.fixture.js';
import { randomFindings } from './random-findings.fixture.js';

const assemble = (findings: Findings): Narrative =>
  assembleNarrative({ episodeId: 'ep', title: 'A film', findings, stages: stagesOf(findings) });

const withCues = (cues: readonly FoundCue[]): Findings => ({
  ...oneShotFindings,
  cues: { ...oneShotFindings.cues, cues },
  events: { ...oneShotFindings.events, events: readLines(cues) },
});

describe('assembling a narrative', () => {
  it('makes a valid narrative of a film with nothing but one shot', () => {
    const narrative = assemble(oneShotFindings);
    assert.deepEqual(findProblems(narrative), []);
    assert.deepEqual(
      [...nodesOf(narrative)].map(({ id }) => id),
      ['ep', 'ep:scene:0000000', 'ep:shot:0000000'],
    );
    assert.equal(narrative.shots[0]!.sceneId, 'ep:scene:0000000');
  });

  it('names stage and version in each node’s provenance, and numbers twins', () => {
    const narrative = assemble(withCues([cue(1000, 2000, 'One'), cue(1000, 2500, 'Other')]));
    assert.deepEqual(
      narrative.cues.map(({ id }) => id),
      ['ep:cue:0001000', 'ep:cue:0001000:2'],
    );
    assert.deepEqual(
      narrative.cues.map(({ provenance: { by, version, confidence } }) => [by, version, confidence]),
      [
        ['cues', '7', 0.9],
        ['cues', '7', 0.9],
      ],
    );
  });

  it('makes one person of one tag however it is written, and counts the lines', () => {
    const narrative = assemble(
      withCues([
        cue(0, 1000, 'Hello.', { speakerTag: 'MARA' }),
        cue(1000, 2000, 'Yes?', { speakerTag: 'MR. MCCOY' }),
        cue(2000, 3000, 'Come.', { speakerTag: 'mara (v.o.)' }),
        cue(3000, 4000, 'Wait!', { speakerTag: 'Mr. McCoy' }),
        cue(4000, 5000, 'Rain.'),
      ]),
    );
    assert.deepEqual(findProblems(narrative), []);
    assert.deepEqual(
      narrative.persons.map(({ id, name, lineCount, provisional }) => [id, name, lineCount, provisional]),
      [
        ['ep:person:0000000', 'Mara', 2, false],
        ['ep:person:0001000', 'Mr. McCoy', 2, false],
      ],
    );
    assert.deepEqual(
      narrative.events.map(({ personId }) => personId),
      ['ep:person:0000000', 'ep:person:0001000', 'ep:person:0000000', 'ep:person:0001000', undefined],
    );
    assert.equal(narrative.events[2]!.voiceType, 'voice-over');
  });

  it('keeps text on the picture that is no subtitle as objects of its shot, with the reason', () => {
    const text = { startMs: 2000, endMs: 4000, text: 'HARBOUR INN', why: 'It stands on the scene.', confidence: 0.8 };
    const cues = { ...oneShotFindings.cues, sceneTexts: [{ ...text, evidence: [] }] };
    const narrative = assemble({ ...oneShotFindings, cues });
    assert.deepEqual(findProblems(narrative), []);
    const [object] = narrative.objects;
    assert.deepEqual(
      [object?.id, object?.description, object?.shotId],
      ['ep:object:0002000', 'HARBOUR INN', 'ep:shot:0000000'],
    );
    assert.deepEqual(object?.provenance.evidence, [{ startMs: 2000, endMs: 4000, note: 'It stands on the scene.' }]);
  });

  it('names the cue of each line in its evidence', () => {
    const narrative = assemble(withCues([cue(5000, 6000, 'Late.'), cue(1000, 2000, '- Who?\n- You.')]));
    assert.deepEqual(
      narrative.events.map(({ dialogue, provenance }) => [dialogue, provenance.evidence[0]!.nodeId]),
      [
        ['Who?', 'ep:cue:0001000'],
        ['You.', 'ep:cue:0001000'],
        ['Late.', 'ep:cue:0005000'],
      ],
    );
  });

  it('puts each shot in its scene, and an event in every shot that it touches', () => {
    const range = (startMs: number, endMs: number) => ({ startMs, endMs, confidence: 1, evidence: [] });
    const cues = [cue(3500, 6500, 'A long line.')];
    const narrative = assemble({
      ...withCues(cues),
      shots: {
        ...oneShotFindings.shots,
        shots: [
          { ...range(0, 4000), transition: 'START', looks: [] },
          { ...range(4000, 6000), transition: 'CUT', looks: [] },
          { ...range(6000, 10_000), transition: 'FADE', looks: [] },
        ],
      },
      scenes: {
        ...oneShotFindings.scenes,
        scenes: [
          { ...range(0, 6000), setting: 'UNKNOWN' },
          { ...range(6000, 10_000), setting: 'UNKNOWN' },
        ],
      },
    });
    assert.deepEqual(findProblems(narrative), []);
    assert.deepEqual(
      narrative.shots.map(({ sceneId }) => sceneId),
      ['ep:scene:0000000', 'ep:scene:0000000', 'ep:scene:0006000'],
    );
    assert.equal(narrative.events[0]!.sceneId, 'ep:scene:0000000');
    assert.equal(narrative.events[0]!.shotIds.length, 3);
  });

  it('cuts off at the film’s end what a subtitle file has beyond it', () => {
    const narrative = assemble(withCues([cue(9000, 12_000, 'The last.'), cue(15_000, 16_000, 'Too late.')]));
    assert.deepEqual(findProblems(narrative), []);
    assert.deepEqual(
      narrative.cues.map(({ startMs, endMs }) => [startMs, endMs]),
      [[9000, 10_000]],
    );
    assert.equal(narrative.events.length, 1);
  });

  it('reports what each stage did and every gap', () => {
    const gap = { stage: 'cues', missing: 'what is said', remedy: 'fabula models pull whisper' };
    const { episode } = assemble({ ...oneShotFindings, cues: { ...oneShotFindings.cues, gaps: [gap] } });
    assert.deepEqual(episode.report.gaps, [gap]);
    assert.deepEqual(episode.report.stages[0], { name: 'probe', version: '7', summary: 'A film.' });
    assert.equal(episode.report.stages.length, 9);
  });

  it('makes a valid narrative of any findings that keep their contracts, and the same one twice', () => {
    fc.assert(
      fc.property(randomFindings, (findings) => {
        const narrative = assemble(findings);
        assert.deepEqual(findProblems(narrative), []);
        assert.deepEqual(assemble(findings), narrative);
        assert.deepEqual(JSON.parse(JSON.stringify(narrative)), narrative);
      }),
      { numRuns: 200 },
    );
  });
});
