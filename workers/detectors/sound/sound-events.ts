/**
 * What the sound track alone tells: speech that no line covers, pauses, bangs. The rules are ours; levels are RMS in
 * dBFS a second, judged on the film's own scale, because mixes differ by more than what happens in them.
 */
import { type Interval, overlapMs, subtractIntervals } from '../../../src/narrative/intervals.js';
import type { FoundEvent, FoundSignal, FoundSpeech } from '../../findings.js';
import { mean, median } from '../arithmetic.js';

/** Lines are shown a little longer or shorter than they are heard. */
const linePaddingMs = 300;
const shortestSpeechMs = 700;
const shortestSilenceMs = 3000;
/** A pause lies this far below the film's usual level. */
const pauseDropDb = 15;
/** A film that never gets louder than this has no level to fall from. */
const audibleDb = -55;
const burstRiseDb = 10;
const onsetRiseDb = 6;
const longestBurst = 5;
/** Seconds on either side that make the level around a sound. */
const surroundings = 10;

/** Stretches of speech of at least .7 s that no line covers. */
export function findUnscriptedSpeech(speech: readonly FoundSpeech[], lines: readonly Interval[]): FoundEvent[] {
  const covered = lines.map(({ startMs, endMs }) => ({
    startMs: startMs - linePaddingMs,
    endMs: endMs + linePaddingMs,
  }));
  return speech.flatMap((heard) =>
    subtractIntervals(heard, covered)
      .filter((rest) => rest.endMs - rest.startMs >= shortestSpeechMs)
      .map((rest) => ({
        type: 'SPEECH' as const,
        ...rest,
        confidence: heard.confidence,
        audioCue: 'speech',
        description: 'Somebody speaks; the words are not known.',
        evidence: [{ ...rest, note: `Speech is heard for ${seconds(rest)} s and no line covers it.` }],
      })),
  );
}

/**
 * Pauses of at least 3 s between sounds: 15 dB or more below the film's usual level, nobody speaking. The quiet
 * before a film's first sound and after its last one is no pause.
 */
export function findSilences(loudness: FoundSignal, spoken: readonly Interval[], durationMs: number): FoundEvent[] {
  const usual = usualLevelDb(loudness.values);
  if (usual === undefined) return [];
  const isQuiet = loudness.values.map(
    (level, at) => level <= usual - pauseDropDb && !spokenIn(secondAt(loudness, at), spoken),
  );
  return runsOf(isQuiet)
    .filter(([from, to]) => from > 0 && to < isQuiet.length)
    .map(([from, to]) => ({
      from,
      to,
      ...clip({ startMs: from * loudness.stepMs, endMs: to * loudness.stepMs }, durationMs),
    }))
    .filter(({ startMs, endMs }) => endMs - startMs >= shortestSilenceMs)
    .map(({ from, to, startMs, endMs }) => {
      const drop = usual - mean(loudness.values.slice(from, to));
      return {
        type: 'SILENCE' as const,
        startMs,
        endMs,
        confidence: 1 - 2 ** (-drop / pauseDropDb),
        audioCue: 'silence',
        description: `A pause of ${seconds({ startMs, endMs })} s.`,
        evidence: [
          {
            startMs,
            endMs,
            note: `${drop.toFixed(0)} dB below the film's usual ${usual.toFixed(0)} dBFS; nobody speaks.`,
          },
        ],
      };
    });
}

/** Sounds of at most 5 s that set in suddenly and stand 10 dB or more above the level around them, and are no speech. */
export function findLoudSounds(loudness: FoundSignal, spoken: readonly Interval[], durationMs: number): FoundEvent[] {
  const { values, stepMs } = loudness;
  const usual = usualLevelDb(values);
  if (usual === undefined) return [];
  const around = values.map((_, at) => levelAround(values, at));
  const isBurst = values.map((level, at) => {
    const local = around[at];
    return local !== undefined && level >= usual && level - Math.max(local, audibleDb) >= burstRiseDb;
  });
  return runsOf(isBurst).flatMap(([from, to]) => {
    const time = clip({ startMs: from * stepMs, endMs: to * stepMs }, durationMs);
    const peak = Math.max(...values.slice(from, to));
    const rise = peak - Math.max(around[from] ?? audibleDb, audibleDb);
    const before = values[from - 1];
    const suddenly = before !== undefined && (values[from] ?? before) - before >= onsetRiseDb;
    const talking = spoken.reduce((sum, speech) => sum + overlapMs(time, speech), 0) > (time.endMs - time.startMs) / 2;
    if (!suddenly || talking || to - from > longestBurst || time.startMs >= time.endMs) return [];
    return {
      type: 'LOUD_SOUND' as const,
      ...time,
      confidence: 1 - 2 ** (-rise / burstRiseDb),
      audioCue: 'loud sound',
      description: `A sudden sound, ${rise.toFixed(0)} dB above the level around it.`,
      evidence: [{ ...time, note: `${peak.toFixed(0)} dBFS against ${(peak - rise).toFixed(0)} dBFS around it.` }],
    };
  });
}

/** The median of the seconds in which anything can be heard; undefined when there is hardly one. */
function usualLevelDb(values: readonly number[]): number | undefined {
  const audible = values.filter((level) => level > audibleDb);
  return audible.length >= 3 ? median(audible) : undefined;
}

/** Median level of the seconds before and after one, itself and its neighbours left out; both sides must exist. */
function levelAround(values: readonly number[], at: number): number | undefined {
  const before = values.slice(Math.max(0, at - surroundings), Math.max(0, at - 1));
  const after = values.slice(at + 2, at + 1 + surroundings);
  return before.length >= 2 && after.length >= 2 ? Math.max(median(before), median(after)) : undefined;
}

const secondAt = (signal: FoundSignal, at: number): Interval => ({
  startMs: at * signal.stepMs,
  endMs: (at + 1) * signal.stepMs,
});

/** Whether more than a fifth of a stretch is spoken in: intervals are padded, so their edges reach into pauses. */
const spokenIn = (time: Interval, spoken: readonly Interval[]): boolean =>
  spoken.some((speech) => overlapMs(time, speech) > (time.endMs - time.startMs) / 5);

/** [from, to) of every run of true. */
function runsOf(marks: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  for (const [at, marked] of marks.entries()) {
    const last = runs.at(-1);
    if (!marked) continue;
    if (last && last[1] === at) last[1] = at + 1;
    else runs.push([at, at + 1]);
  }
  return runs;
}

const clip = (time: Interval, durationMs: number): Interval => ({
  startMs: Math.min(time.startMs, durationMs),
  endMs: Math.min(time.endMs, durationMs),
});
const seconds = ({ startMs, endMs }: Interval): string => ((endMs - startMs) / 1000).toFixed(1);
