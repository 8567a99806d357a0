/** Finds the passages that a script and a film's cues have in common. */
import type { Grams } from '../evaluation/lexical-similarity.js';
import { alignPassages, leastShare, type Passage, type Window } from './align-passages.js';
import { type Candidate, findCandidates } from './candidates.js';
import { type Chain, findChains } from './chain.js';
import type { FilmCue, ScriptLine } from './script-line.js';
import { fitTimeMap, residualOf, type TimeMap, type TimePair } from './time-map.js';
import type { Unit } from './units.js';

export interface Matched {
  /** In order of units. */
  readonly passages: readonly Passage[];
  /** From the script's clock to the film's; absent where the script has none, or it tells nothing. */
  readonly map?: TimeMap;
}

/** Beyond this time speaks against a pair; up to here it speaks for it. */
const offMs = 4_000;
const inTimeMs = 1_000;

/**
 * Seeds, chains, and groups between them; then, where the script has a clock that fits, once more by that clock: what is
 * said again and again goes where it is due.
 */
export function matchLines(
  lines: readonly ScriptLine[],
  units: readonly Unit[],
  cues: readonly FilmCue[],
  grams: readonly (Grams | undefined)[],
): Matched {
  const candidates = findCandidates(units, grams);
  const first = passagesAlong(findChains(candidates, cues.length), units, grams);
  const clock = unitClock(lines, units);
  if (!clock) return { passages: first };
  const fitted = (passages: readonly Passage[]) => fitTimeMap(startPairs(lines, units, cues, passages));
  const map = fitted(first);
  if (!map) return { passages: first };
  const offBy = (unit: number, cue: number) => {
    const { startMs = 0, endMs = 0 } = cues[cue] ?? {};
    const off = (filmMs: number) => residualOf(map, { scriptMs: clock[unit] as number, filmMs });
    const [early, late] = [off(endMs), off(startMs)];
    const outside = early >= 0 && late <= 0 ? 0 : Math.min(Math.abs(early), Math.abs(late));
    // Of two cues that would do, the one that begins nearer.
    return outside + Math.min(100, Math.abs(late) / 100);
  };
  const weighed = candidates.map((one) =>
    offBy(one.unit, one.cue) <= offMs ? one : { ...one, weight: one.weight / 8 },
  );
  const passages = passagesAlong(findChains(weighed, cues.length), units, grams, (unit, cue) => {
    const off = offBy(unit, cue);
    if (off > offMs) return leastShare.outOfTime;
    return leastShare.inTime + (leastShare.anywhere - leastShare.inTime) * Math.min(1, off / inTimeMs);
  });
  return { passages, map: fitted(passages) ?? map };
}

/** Long and alike enough to be no accident. */
export const isTelling =
  (units: readonly Unit[]) =>
  ({ units: some, similarity }: Passage): boolean =>
    similarity >= 0.6 && some.reduce((sum, unit) => sum + (units[unit]?.grams.length ?? 0), 0) >= 7;

/** The start of each line that is surely found, by both clocks. */
const startPairs = (
  lines: readonly ScriptLine[],
  units: readonly Unit[],
  cues: readonly FilmCue[],
  passages: readonly Passage[],
): TimePair[] =>
  passages.filter(isTelling(units)).flatMap(({ units: [unit = 0], cues: [cue = 0] }) => {
    const { line = 0 } = units[unit] ?? {};
    const isFirst = units[unit - 1]?.line !== line;
    const [scriptMs, filmMs] = [lines[line]?.startMs, cues[cue]?.startMs];
    return isFirst && scriptMs !== undefined && filmMs !== undefined ? [{ scriptMs, filmMs }] : [];
  });

/** When each unit begins by the script's clock: a line's time is shared out by length. Undefined without a clock. */
function unitClock(lines: readonly ScriptLine[], units: readonly Unit[]): number[] | undefined {
  if (units.some(({ line }) => lines[line]?.startMs === undefined)) return undefined;
  let passed = 0;
  return units.map(({ line, text }, n) => {
    const { startMs = 0, endMs = startMs, text: whole = '' } = lines[line] ?? {};
    passed = units[n - 1]?.line === line ? passed + (units[n - 1]?.text.length ?? 0) : 0;
    return startMs + ((endMs - startMs) * passed) / Math.max(1, whole.length, passed + text.length);
  });
}

/** The passages along every chain: moved stretches by themselves, the main one through all that they leave. */
function passagesAlong(
  [main, ...moved]: readonly Chain[],
  units: readonly Unit[],
  grams: readonly (Grams | undefined)[],
  shareNeeded?: (unit: number, cue: number) => number,
): Passage[] {
  const takenUnits = new Set<number>();
  const takenCues = new Set<number>();
  const found: Passage[] = [];
  for (const { seeds } of moved) {
    const [a, z] = [seeds[0], seeds.at(-1)];
    if (!a || !z) continue;
    const own = range(a.unit, z.unit + 1, takenUnits);
    const there = range(a.cue, z.cue + 1, takenCues);
    for (const unit of own) takenUnits.add(unit);
    for (const cue of there) takenCues.add(cue);
    found.push(...along(seeds, own, there));
  }
  if (main && main.seeds.length > 0)
    found.push(...along(main.seeds, range(0, units.length, takenUnits), range(0, grams.length, takenCues)));
  return found.toSorted((a, b) => (a.units[0] ?? 0) - (b.units[0] ?? 0));

  function along(seeds: readonly Candidate[], own: readonly number[], there: readonly number[]): Passage[] {
    const unitAt = new Map(own.map((unit, n) => [unit, n]));
    const cueAt = new Map(there.map((cue, n) => [cue, n]));
    const local = seeds.flatMap(({ unit, cue }) => {
      const [row, column] = [unitAt.get(unit), cueAt.get(cue)];
      return row === undefined || column === undefined ? [] : [[row, column] as const];
    });
    return alignPassages(
      own.map((unit) => units[unit] as Unit),
      there.map((cue) => grams[cue]),
      windowAlong(local, own.length, there.length),
      shareNeeded && ((row, column) => shareNeeded(own[row] as number, there[column] as number)),
    ).map((passage) => ({
      ...passage,
      units: passage.units.map((row) => own[row] as number),
      cues: passage.cues.map((column) => there[column] as number),
    }));
  }
}

const range = (from: number, to: number, without: ReadonlySet<number>): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, n) => from + n).filter((n) => !without.has(n));

/** Cues beside a seed that are looked at, too; and cues a unit may be away from the ends of a chain. */
const margin = 3;
const perUnit = 3;
/** Most pairs that are looked at between two seeds; beyond, those along the diagonal. */
const mostBetween = 120_000;

/** The cues between the seeds around each unit. */
export function windowAlong(seeds: readonly (readonly [number, number])[], rows: number, columns: number): Window {
  const from = new Int32Array(rows);
  const to = new Int32Array(rows);
  let next = 0;
  let past = 0;
  for (let row = 0; row < rows; row++) {
    while (next < seeds.length && (seeds[next] as readonly [number, number])[0] <= row) next++;
    while (past < seeds.length && (seeds[past] as readonly [number, number])[0] < row) past++;
    const before = seeds[past - 1];
    const after = seeds[next];
    let low = before ? before[1] - margin : after ? after[1] - perUnit * (after[0] - row) - margin : 0;
    let high = after ? after[1] + margin : before ? before[1] + perUnit * (row - before[0]) + margin : columns - 1;
    if (before && after && (after[0] - before[0]) * (after[1] - before[1]) > mostBetween) {
      const middle = before[1] + ((after[1] - before[1]) * (row - before[0])) / (after[0] - before[0]);
      const half = mostBetween / (after[0] - before[0]) / 2;
      low = Math.max(low, Math.floor(middle - half));
      high = Math.min(high, Math.ceil(middle + half));
    }
    from[row] = Math.max(0, Math.min(low, columns));
    to[row] = Math.max(from[row] as number, Math.min(high + 1, columns));
  }
  for (let row = 1; row < rows; row++) to[row] = Math.max(to[row] as number, to[row - 1] as number);
  for (let row = rows - 2; row >= 0; row--) from[row] = Math.min(from[row] as number, from[row + 1] as number);
  return (row) => [from[row] as number, to[row] as number];
}
