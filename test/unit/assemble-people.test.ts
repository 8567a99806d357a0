import assert from 'node:assert/strict';
import { validateNarrative } from '../../schema/narrative.js';
import { assembleNarrative } from '../../workers/assemble.js';
import type { FoundFigure, FoundPerson } from '../../workers/people-findings.js';
import { track } from './face-tracks.fixture.js';
import { oneShotFindings, stagesOf } from './findings.fixture.js';

const tracks = [
  track({ person: 1, startMs: 0, endMs: 4000, shotStartMs: 0 }),
  track({ person: 2, startMs: 1000, endMs: 2000, shotStartMs: 0, x: 0.7, heightPx: 40 }),
  track({ person: 1, startMs: 6000, endMs: 9000, shotStartMs: 0 }),
];
const person = (...of: number[]): FoundPerson => ({
  tracks: of,
  gender: 'male',
  ageRange: '20–40',
  fields: [{ field: 'gender', by: 'model', confidence: 0.5 }],
  confidence: 0.6,
  evidence: [{ startMs: 0, endMs: 1000 }],
});
const chair = (atMs: number, confidence: number): FoundFigure => ({
  shotStartMs: 0,
  atMs,
  name: 'chair',
  box: { x: 0, y: 0.5, width: 0.2, height: 0.4 },
  confidence,
  evidence: [{ startMs: atMs, endMs: atMs + 1 }],
});
const findings = {
  ...oneShotFindings,
  people: { ...oneShotFindings.people, tracks, figures: [chair(500, 0.4), chair(2500, 0.6)] },
  persons: { ...oneShotFindings.persons, persons: [person(0, 2), person(1)] },
};
const assemble = () => assembleNarrative({ episodeId: 'ep', title: 'A film', findings, stages: stagesOf(findings) });

describe('assembling people', () => {
  it('makes a valid narrative, and the same one each time', () => {
    validateNarrative(assemble());
    assert.deepEqual(assemble(), assemble());
  });

  it('gives each person one appearance a shot, from first to last sight, and the sum of its tracks as screen time', () => {
    const { persons, appearances } = assemble();
    assert.deepEqual(
      persons.map(({ id, screenTimeMs, provisional }) => [id, screenTimeMs, provisional]),
      [
        ['ep:person:0000000', 7000, true],
        ['ep:person:0001000', 1000, true],
      ],
    );
    assert.deepEqual(
      appearances.map(({ personId, startMs, endMs }) => [personId, startMs, endMs]),
      [
        ['ep:person:0000000', 0, 9000],
        ['ep:person:0001000', 1000, 2000],
      ],
    );
    assert.deepEqual(
      appearances[0]?.provenance.evidence.map(({ startMs, endMs }) => [startMs, endMs]),
      [
        [0, 4000],
        [6000, 9000],
      ],
    );
  });

  it('says what the shot is about, keeps a face for matching under its model, and a thing once', () => {
    const { shots, embeddings, objects, persons } = assemble();
    assert.deepEqual(shots[0]?.mainSubjectIds, [persons[0]?.id]);
    assert.equal(embeddings.length, 2);
    assert.equal(embeddings[0]?.provenance.by, oneShotFindings.people.models.identity.name);
    assert.deepEqual(
      objects.map(({ name, provenance }) => [name, provenance.confidence, provenance.evidence.length]),
      [['chair', 0.6, 2]],
    );
  });
});
