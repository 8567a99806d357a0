import assert from 'node:assert/strict';
import fc from 'fast-check';
import { weighCuts } from '../../workers/detectors/scenes/cut-evidence.js';
import { sceneLogOdds } from '../../workers/detectors/scenes/scene-odds.js';
import { groupShots } from '../../workers/detectors/scenes/scenes.js';
import type { FoundCue, FoundShot } from '../../workers/findings.js';
import { cue, shot } from './findings.fixture.js';

type Look = Parameters<typeof shot>[2];

/** Two setups in one warm room, two in one cold street: they share a little, as all pictures do. */
const room = [
  { colours: { 10: 0.2, 27: 0.5, 43: 0.3 }, bright: 1 },
  { colours: { 10: 0.3, 27: 0.4, 43: 0.3 }, bright: 5 },
] as const;
const street = [
  { colours: { 10: 0.2, 21: 0.6, 37: 0.2 }, bright: 3 },
  { colours: { 10: 0.3, 21: 0.3, 37: 0.4 }, bright: 6 },
] as const;

/** Shots of 4 s (or `lengthMs`) each, one a look, one after the other. */
const film = (looks: readonly Look[], lengthMs = 4000, more: Readonly<Record<number, Partial<FoundShot>>> = {}) =>
  looks.map((look, index) => shot(index * lengthMs, (index + 1) * lengthMs, look, more[index]));

const group = (shots: readonly FoundShot[], cues: readonly FoundCue[] = []) => groupShots(shots, cues, { speech: [] });
const starts = (shots: readonly FoundShot[], cues: readonly FoundCue[] = []) =>
  group(shots, cues).map(({ startMs }) => startMs);
const alternate = ([a, b]: readonly [Look, Look], shots: number) =>
  Array.from({ length: shots }, (_, index) => (index % 2 === 0 ? a : b));

describe('grouping shots into scenes', () => {
  it('makes one scene of a film with one shot', () => {
    const [scene, ...more] = group([shot(0, 60_000, room[0])]);
    assert.equal(more.length, 0);
    assert.deepEqual([scene!.startMs, scene!.endMs, scene!.setting], [0, 60_000, 'UNKNOWN']);
    assert.ok(scene!.confidence > 0.99);
  });

  it('makes one scene of shot and reverse shot', () => {
    assert.deepEqual(starts(film(alternate(room, 10))), [0]);
  });

  it('parts two conversations in two places where the place changes', () => {
    const shots = film([...alternate(room, 6), ...alternate(street, 6)]);
    assert.deepEqual(starts(shots), [0, 24_000]);
    const [, second] = group(shots);
    assert.match(second!.evidence.at(-1)!.note!, /starts here with a probability of 0\.9/);
  });

  it('does not make fifty scenes of a montage', () => {
    const montage = Array.from({ length: 50 }, (_, index) => ({
      colours: { [index]: 0.9, 63: 0.1 },
      bright: index % 8,
    }));
    assert.ok(starts(film(montage, 1000)).length <= 3);
  });

  it('takes a fade for a strong boundary and a dissolve for a weak one', () => {
    // Half of what is seen stays the same, so that the picture alone leaves it open.
    const half = (look: Look) => ({ ...look, colours: { ...look.colours, 55: 1 } });
    const looks = [...alternate(room, 4), ...alternate(street, 4)].map(half);
    const likelihood = (transition: FoundShot['transition']) => {
      const cuts = weighCuts(film(looks, 4000, { 4: { transition } }), [], { speech: [] });
      return sceneLogOdds(cuts[3]!);
    };
    assert.ok(likelihood('FADE') > likelihood('DISSOLVE'));
    assert.ok(likelihood('DISSOLVE') > likelihood('CUT'));
  });

  it('is less sure of a boundary over which somebody goes on talking', () => {
    const shots = film([...alternate(room, 6), ...alternate(street, 6)]);
    const before = group(shots, [cue(1000, 2000, 'Before.')])[0]!.confidence;
    const over = group(shots, [cue(22_000, 26_000, 'Over the cut.')])[0]!.confidence;
    assert.ok(over < before);
  });

  it('sees through black bars', () => {
    const barred = film([...alternate(room, 6), ...alternate(street, 6)]).map((one) => ({
      ...one,
      looks: one.looks.map(({ atMs, colours, layout }) => ({
        atMs,
        colours: colours.map((share, bin) => share * 0.67 + ([5, 6, 9, 10].includes(bin) ? 0.33 / 4 : 0)),
        layout: layout.map((luma, cell) => (cell < 8 || cell >= 40 ? 16 : luma)),
      })),
    }));
    assert.deepEqual(starts(barred), [0, 24_000]);
  });

  it('copes with black shots and with shots of which nothing was seen', () => {
    const black = { colours: { 10: 1 }, bright: 0 };
    const shots = film([...alternate(room, 4), black, ...alternate(street, 4)]).map((one, index) =>
      index === 4 ? { ...one, looks: one.looks.map((look) => ({ ...look, layout: look.layout.map(() => 16) })) } : one,
    );
    assert.equal(starts(shots).length, 2);
    assert.deepEqual(starts(shots.map((one) => ({ ...one, looks: [] }))), [0]);
    const leader = shots.map((one, index) => (index < 2 ? { ...one, looks: [] } : one));
    assert.equal(starts(leader)[1], starts(shots)[1]);
  });

  it('tiles any film, says why, and finds the same wherever the film begins', () => {
    const random = fc.array(
      fc.record({
        length: fc.integer({ min: 40, max: 20_000 }),
        bin: fc.nat(63),
        bright: fc.nat(7),
        transition: fc.constantFrom('CUT' as const, 'FADE' as const, 'DISSOLVE' as const, 'WIPE' as const),
      }),
      { minLength: 1, maxLength: 20 },
    );
    fc.assert(
      fc.property(random, fc.nat(100_000), (drawn, shift) => {
        let at = 0;
        const shots = drawn.map(({ length, bin, bright, transition }, index) => {
          const look = { colours: { [bin]: 0.7, 5: 0.3 }, bright };
          const made = shot(at, at + length, look, index > 0 ? { transition } : {});
          at += length;
          return made;
        });
        const scenes = group(shots);
        assert.equal(scenes[0]!.startMs, 0);
        assert.equal(scenes.at(-1)!.endMs, at);
        for (const [index, scene] of scenes.entries()) {
          assert.equal(scene.endMs, scenes[index + 1]?.startMs ?? at);
          assert.ok(scene.confidence >= 0 && scene.confidence <= 1);
          assert.ok(scene.evidence.length > 0 && scene.evidence.every(({ note }) => note));
        }
        const moved = shots.map((one) => ({ ...one, startMs: one.startMs + shift, endMs: one.endMs + shift }));
        assert.deepEqual(
          starts(moved).map((start) => start - shift),
          scenes.map(({ startMs }) => startMs),
        );
      }),
    );
  });
});
