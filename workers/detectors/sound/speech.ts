/**
 * Speech intervals from speech probabilities: hysteresis, after Silero's own reference iterator, and two checks of ours
 * that keep out what only resembles speech.
 */
import { mean } from '../arithmetic.js';

/** What was heard in each window of a recording; all lists have one value a window. */
export interface HeardWindows {
  /** That somebody speaks, 0…1. */
  readonly probabilities: readonly number[];
  /** As SpectralMovement gives them. */
  readonly weighted: readonly number[];
  readonly energies: readonly number[];
}

export interface SpeechRule {
  /** An interval begins where the probability reaches this, */
  readonly onset: number;
  /** and ends where it falls below this. */
  readonly offset: number;
  /** Intervals less than this apart are one: a breath, a stop consonant. */
  readonly joinMs: number;
  /** Added at both ends, because a word's first and last sounds are faint. */
  readonly padMs: number;
  /** Speech is sure somewhere: the probability reaches `sure` for `sureMs` in all. */
  readonly sure: number;
  readonly sureMs: number;
  /** Speech moves: mean spectral movement, weighted by energy. */
  readonly movement: number;
}

/**
 * Measured on film dialogue, speech under noise and music down to 0 dB, and 45 generated tones, notes and noises:
 * speech moves by .66…3.1; tremolos and alarms, which Silero takes for speech, by 0…0.45.
 */
export const speechRule: SpeechRule = {
  onset: 0.5,
  offset: 0.35,
  joinMs: 300,
  padMs: 100,
  sure: 0.9,
  sureMs: 96,
  movement: 0.55,
};

export interface SpeechStretch {
  readonly startMs: number;
  readonly endMs: number;
  /** Mean probability of the windows in it, 0…1. */
  readonly confidence: number;
  /** Highest probability of a window in it, 0…1. */
  readonly peak: number;
}

/** Where somebody speaks, in order and without overlap; nothing is found past `durationMs`. */
export function findSpeech(
  heard: HeardWindows,
  windowMs: number,
  durationMs: number,
  rule: SpeechRule = speechRule,
): SpeechStretch[] {
  const stretches: SpeechStretch[] = [];
  for (const run of joinRuns(runsOf(heard.probabilities, rule), rule.joinMs / windowMs)) {
    const probabilities = heard.probabilities.slice(run.first, run.end);
    const sureMs = probabilities.filter((probability) => probability >= rule.sure).length * windowMs;
    if (sureMs < rule.sureMs || movementOf(heard, run) < rule.movement) continue;
    // Two stretches that are kept apart may still meet once padded.
    const startMs = Math.max(stretches.at(-1)?.endMs ?? 0, Math.round(run.first * windowMs - rule.padMs));
    const endMs = Math.min(durationMs, Math.round(run.end * windowMs + rule.padMs));
    if (endMs <= startMs) continue;
    stretches.push({ startMs, endMs, confidence: mean(probabilities), peak: Math.max(...probabilities) });
  }
  return stretches;
}

/** Windows [first, end). */
interface Run {
  readonly first: number;
  readonly end: number;
}

function runsOf(probabilities: readonly number[], rule: SpeechRule): Run[] {
  const runs: Run[] = [];
  let first: number | undefined;
  for (const [index, probability] of probabilities.entries()) {
    if (first === undefined && probability >= rule.onset) first = index;
    if (first !== undefined && probability < rule.offset) {
      runs.push({ first, end: index });
      first = undefined;
    }
  }
  if (first !== undefined) runs.push({ first, end: probabilities.length });
  return runs;
}

function joinRuns(runs: readonly Run[], maxGap: number): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && run.first - last.end < maxGap) joined[joined.length - 1] = { first: last.first, end: run.end };
    else joined.push(run);
  }
  return joined;
}

/** Mean spectral movement within a run; its first windows are compared with what came before it, so they are left out. */
function movementOf({ weighted, energies }: HeardWindows, { first, end }: Run): number {
  let sum = 0;
  let energy = 0;
  for (let index = first + 3; index < end; index++) {
    sum += weighted[index] ?? 0;
    energy += energies[index] ?? 0;
  }
  return energy > 0 ? sum / energy : 0;
}
