import assert from 'node:assert/strict';
import fc from 'fast-check';
import { subtractIntervals } from '../../src/narrative/intervals.js';
import { findLoudSounds, findSilences, findUnscriptedSpeech } from '../../workers/detectors/sound/sound-events.js';
import type { FoundSignal, FoundSpeech } from '../../workers/findings.js';

const loudness = (values: readonly number[]): FoundSignal => ({ name: 'LOUDNESS', stepMs: 1000, unit: 'dBFS', values });
const speech = (startMs: number, endMs: number): FoundSpeech => ({ startMs, endMs, confidence: 0.8, evidence: [] });
const level = (seconds: number, db: number): number[] => Array.from({ length: seconds }, (_, at) => db + (at % 2));

describe('what the sound alone tells', () => {
  it('finds speech that no line covers, and leaves out what lines and their edges explain', () => {
    const found = findUnscriptedSpeech(
      [speech(0, 4000), speech(10_000, 10_600), speech(20_000, 22_000)],
      [{ startMs: 200, endMs: 2000 }],
    );
    assert.deepEqual(
      found.map(({ startMs, endMs, type }) => [startMs, endMs, type]),
      [
        [2300, 4000, 'SPEECH'],
        [20_000, 22_000, 'SPEECH'],
      ],
    );
  });

  it('finds a pause between sounds, says how deep it is, and none before the first or after the last', () => {
    const values = [...level(5, -80), ...level(20, -25), ...level(4, -60), ...level(20, -25), ...level(6, -80)];
    const [pause, ...more] = findSilences(loudness(values), [], 55_000);
    assert.equal(more.length, 0);
    assert.deepEqual([pause!.startMs, pause!.endMs], [25_000, 29_000]);
    assert.match(pause!.evidence[0]!.note!, /35 dB below/);
  });

  it('takes a quiet in which somebody speaks for no pause', () => {
    const values = [...level(20, -25), ...level(4, -60), ...level(20, -25)];
    assert.equal(findSilences(loudness(values), [speech(21_000, 22_500)], 44_000).length, 0);
  });

  it('finds no pause in a film that is quiet throughout', () => {
    assert.equal(findSilences(loudness(level(60, -90)), [], 60_000).length, 0);
    assert.equal(findLoudSounds(loudness(level(60, -90)), [], 60_000).length, 0);
  });

  it('finds a bang and says by how much it stands out', () => {
    const values = [...level(15, -32), -10, ...level(15, -32)];
    const [bang, ...more] = findLoudSounds(loudness(values), [], 31_000);
    assert.equal(more.length, 0);
    assert.deepEqual([bang!.startMs, bang!.endMs, bang!.type], [15_000, 16_000, 'LOUD_SOUND']);
    assert.match(bang!.description!, /2[12] dB above/);
  });

  it('takes a shout, music that stays, and a slow swell for no loud sound', () => {
    const bang = [...level(15, -32), -10, ...level(15, -32)];
    assert.equal(findLoudSounds(loudness(bang), [speech(14_900, 16_100)], 31_000).length, 0);
    assert.equal(findLoudSounds(loudness([...level(15, -40), ...level(15, -15)]), [], 30_000).length, 0);
    const swell = [...level(15, -40), -36, -32, -28, -32, -36, ...level(15, -40)];
    assert.equal(findLoudSounds(loudness(swell), [], 35_000).length, 0);
  });

  it('finds the same at any level: the film is its own scale', () => {
    const values = [...level(12, -32), -8, ...level(12, -32), ...level(4, -52), ...level(12, -32)];
    const at = (gain: number) => {
      const louder = loudness(values.map((value) => value + gain));
      return [...findLoudSounds(louder, [], 41_000), ...findSilences(louder, [], 41_000)].map(({ startMs }) => startMs);
    };
    assert.deepEqual(at(0), [12_000, 25_000]);
    assert.deepEqual(at(6), at(0));
    assert.deepEqual(at(-6), at(0));
  });

  it('leaves exactly the uncovered time when stretches are subtracted', () => {
    const stretch = fc.tuple(fc.nat(60), fc.nat(20)).map(([startMs, length]) => ({ startMs, endMs: startMs + length }));
    fc.assert(
      fc.property(stretch, fc.array(stretch), (whole, taken) => {
        const left = subtractIntervals(whole, taken);
        for (let at = 0; at < 90; at++) {
          const inside = (one: { startMs: number; endMs: number }) => one.startMs <= at && at < one.endMs;
          assert.equal(left.some(inside), inside(whole) && !taken.some(inside));
        }
      }),
    );
  });
});
