import fc from 'fast-check';
import type { Findings, FoundCue, FoundEvent } from '../../workers/findings.js';
import { oneShotFindings } from './findings.fixture.js';

const share = fc.double({ min: 0, max: 1, noNaN: true });
const stretch = (longestMs: number) =>
  fc.tuple(fc.nat(longestMs), fc.integer({ min: 1, max: 8000 })).map(([startMs, length]) => ({
    startMs,
    endMs: startMs + length,
    evidence: [{ startMs, endMs: startMs + length }],
  }));
const tag = fc.option(fc.constantFrom('MARA', 'Mara', 'mara (O.S.)', '老王', '???', 'O’NEILL', ''), { nil: undefined });

/** Cue times, speech and events that ignore the film's end; shots and scenes that tile it, as their contract says. */
export const randomFindings: fc.Arbitrary<Findings> = fc
  .record({
    lengths: fc.array(fc.integer({ min: 1, max: 20_000 }), { minLength: 1, maxLength: 12 }),
    sceneStarts: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    transitions: fc.array(fc.constantFrom('CUT', 'FADE', 'DISSOLVE', 'WIPE'), { minLength: 12, maxLength: 12 }),
    probeExtraMs: fc.integer({ min: -500, max: 500 }),
    times: fc.array(fc.tuple(stretch(100_000), share, tag, fc.string()), { maxLength: 15 }),
    eventTimes: fc.array(fc.tuple(stretch(100_000), share, tag, fc.option(fc.nat(14), { nil: undefined })), {
      maxLength: 15,
    }),
    speech: fc.array(fc.tuple(stretch(100_000), share), { maxLength: 8 }),
    loudness: fc.option(fc.array(fc.integer({ min: -90, max: -1 })), { nil: undefined }),
    keyframeShares: fc.array(share, { maxLength: 12 }),
  })
  .map((drawn) => {
    let startMs = 0;
    const shots = drawn.lengths.map((length, index) => {
      const shot = {
        startMs,
        endMs: startMs + length,
        transition: index === 0 ? ('START' as const) : (drawn.transitions[index] as 'CUT'),
        looks: [],
        confidence: 1,
        evidence: [],
      };
      startMs += length;
      return shot;
    });
    const durationMs = startMs;
    const starts = shots.filter((_, index) => index === 0 || drawn.sceneStarts[index]).map((shot) => shot.startMs);
    const cues: FoundCue[] = drawn.times.map(([time, confidence, speakerTag, text]) => ({
      ...time,
      confidence,
      text,
      source: 'FILE',
      speakerTag,
    }));
    const events: FoundEvent[] = drawn.eventTimes.map(([time, confidence, speakerTag, cue]) => ({
      ...time,
      type: 'LINE',
      confidence,
      dialogue: 'words',
      speakerTag,
      cue,
    }));
    return {
      ...oneShotFindings,
      probe: { ...oneShotFindings.probe, durationMs: Math.max(0, durationMs + drawn.probeExtraMs) },
      shots: { ...oneShotFindings.shots, durationMs, shots },
      scenes: {
        ...oneShotFindings.scenes,
        scenes: starts.map((start, index) => ({
          startMs: start,
          endMs: starts[index + 1] ?? durationMs,
          setting: 'UNKNOWN' as const,
          confidence: 0.5,
          evidence: [],
        })),
      },
      keyframes: {
        ...oneShotFindings.keyframes,
        keyframes: drawn.keyframeShares.map((at, index) => {
          const shot = shots[index % shots.length]!;
          return {
            shotStartMs: shot.startMs,
            atMs: Math.min(shot.endMs - 1, shot.startMs + Math.floor(at * (shot.endMs - shot.startMs))),
            imageId: 'ab',
            sharpness: at,
            valid: true,
            confidence: 1,
            evidence: [],
          };
        }),
      },
      sound: {
        ...oneShotFindings.sound,
        speech: drawn.speech.map(([time, confidence]) => ({ ...time, confidence })),
        ...(drawn.loudness && {
          loudness: { name: 'LOUDNESS' as const, stepMs: 1000, unit: 'dBFS', values: drawn.loudness },
        }),
      },
      cues: {
        ...oneShotFindings.cues,
        cues,
        sceneTexts: cues.slice(0, 3).map((cue) => ({ ...cue, why: 'It moves.' })),
      },
      events: { ...oneShotFindings.events, events },
    };
  });
