/** Compares read cues with the truth: which were found, how well they were read, how far off their edges are. */
import { editDistance } from '../workers/detectors/text/text-similarity.js';

export interface TimedText {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

export interface CueScore {
  readonly truth: number;
  readonly found: number;
  /** Pairs whose times overlap by at least half of their union. */
  readonly matched: number;
  readonly f1: number;
  readonly characters: number;
  /** Edit distance over matched cues plus all characters of missed ones; a line break counts as a space. */
  readonly characterErrors: number;
  readonly maxEdgeErrorMs: number;
  /** What differs, for a person to read. */
  readonly differences: readonly string[];
}

const leastTimeIoU = 0.5;
const flat = (text: string) => text.replace(/\s+/g, ' ').trim();

export function scoreCues(truth: readonly TimedText[], found: readonly TimedText[]): CueScore {
  const left = new Set(found);
  const differences: string[] = [];
  let [matched, characters, characterErrors, maxEdgeErrorMs] = [0, 0, 0, 0];
  for (const cue of truth) {
    const wanted = flat(cue.text);
    characters += [...wanted].length;
    const best = [...left].map((one) => ({ one, iou: timeIoU(cue, one) })).sort((a, b) => b.iou - a.iou)[0];
    if (!best || best.iou < leastTimeIoU) {
      characterErrors += [...wanted].length;
      differences.push(`missed ${timesOf(cue)} ${wanted}`);
      continue;
    }
    left.delete(best.one);
    matched++;
    const errors = editDistance(wanted, flat(best.one.text));
    const edgeErrorMs = Math.max(Math.abs(cue.startMs - best.one.startMs), Math.abs(cue.endMs - best.one.endMs));
    characterErrors += errors;
    maxEdgeErrorMs = Math.max(maxEdgeErrorMs, edgeErrorMs);
    if (errors > 0 || edgeErrorMs > 60)
      differences.push(`${timesOf(cue)} ${wanted} → ${timesOf(best.one)} ${flat(best.one.text)}`);
  }
  for (const cue of left) differences.push(`false ${timesOf(cue)} ${flat(cue.text)}`);
  const f1 = truth.length + found.length === 0 ? 1 : (2 * matched) / (truth.length + found.length);
  return {
    truth: truth.length,
    found: found.length,
    matched,
    f1,
    characters,
    characterErrors,
    maxEdgeErrorMs,
    differences,
  };
}

function timeIoU(a: TimedText, b: TimedText): number {
  const both = Math.max(0, Math.min(a.endMs, b.endMs) - Math.max(a.startMs, b.startMs));
  return both / (a.endMs - a.startMs + b.endMs - b.startMs - both);
}

const timesOf = ({ startMs, endMs }: TimedText) => `${startMs}–${endMs}`;
