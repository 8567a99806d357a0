/** What an alignment came to, in figures and in words that a person can look through. */
import { clockTime } from '../clock-time.js';
import { counted } from '../counted.js';
import { median } from '../median.js';
import type { Alignment, LineOutcome } from './alignment.js';

export interface AlignmentSummary {
  readonly title: string;
  readonly format: string;
  readonly lines: number;
  readonly matched: number;
  readonly estimated: number;
  readonly unplaced: number;
  /** Cues of the film, and those of them that no line stands on. */
  readonly cues: number;
  readonly otherCues: number;
  /** Share of what could be found that was, by n-grams, 0…1. */
  readonly covered: number;
  /** Median of the matched lines', 0…1. */
  readonly similarity: number;
  /** Where the script has a clock that fits: film = rate · script + shift, piece by piece. */
  readonly rate?: number;
  readonly shiftsMs?: readonly number[];
  /** Median distance of the film's times from where the script's clock puts the lines. */
  readonly medianResidualMs?: number;
}

export function summaryOf({ title, format, lines, laid, otherCues, covered, map }: Alignment): AlignmentSummary {
  const count = (outcome: LineOutcome) => lines.filter((line) => line.outcome === outcome).length;
  return {
    ...{ title, format, lines: lines.length },
    ...{ matched: count('MATCHED'), estimated: count('ESTIMATED'), unplaced: count('UNPLACED') },
    ...{ cues: laid.length + otherCues, otherCues, covered: Math.round(1000 * covered) / 1000 },
    similarity: median(lines.flatMap(({ similarity }) => similarity ?? [])),
    ...(map && {
      rate: Number(map.rate.toFixed(6)),
      shiftsMs: map.pieces.map(({ shiftMs }) => shiftMs),
      medianResidualMs: Math.round(map.medianResidualMs),
    }),
  };
}

/** One sentence a fact. */
export function sayAlignment(summary: AlignmentSummary): string[] {
  const { lines, matched, estimated, unplaced, cues, otherCues, similarity, rate, shiftsMs = [] } = summary;
  const shifts = shiftsMs.map((ms) => `${(ms / 1000).toFixed(1)} s`).join(', ');
  return [
    `${matched} of ${counted(lines, 'line')} found in the film, at the median ${Math.round(similarity * 100)} % alike; ${estimated} with an estimated time, ${unplaced} not placed`,
    `${counted(cues - otherCues, 'cue')} of ${cues} have the script’s words`,
    rate === undefined
      ? 'by words alone: the script has no clock that fits'
      : `by the script’s clock: ${rate.toFixed(5)} × its time, shifted by ${shifts}; ${summary.medianResidualMs} ms off at the median`,
  ];
}

/** Where a line went. */
export interface Placement {
  /** Its number in the script, from 1. */
  readonly line: number;
  readonly text: string;
  readonly speaker?: string;
  readonly outcome: LineOutcome;
  /** When it is said in the film. */
  readonly startMs?: number;
  readonly endMs?: number;
  readonly cueIds: readonly string[];
  /** 0…1 */
  readonly similarity?: number;
  /** How far the film's time is from where the script's clock puts it. */
  readonly residualMs?: number;
  /** What of it stands on no cue. */
  readonly unheard?: string;
  /** Why it is not placed. */
  readonly why?: string;
}

/** Every line and where it went, in the order of the script. */
export function placementsOf({ lines, laid }: Alignment): Placement[] {
  const cueIds = lines.map((): string[] => []);
  for (const { cueId, parts } of laid) for (const { line } of parts) cueIds[line]?.push(cueId);
  return lines.map(({ text, speaker, outcome, film, similarity, residualMs, unheard, why }, n) => ({
    ...{ line: n + 1, text, ...(speaker && { speaker: speaker.name }), outcome },
    ...(film && { startMs: film.startMs, endMs: film.endMs }),
    ...{ cueIds: [...new Set(cueIds[n])] },
    ...(similarity !== undefined && { similarity }),
    ...(residualMs !== undefined && { residualMs }),
    ...(unheard !== undefined && { unheard }),
    ...(why !== undefined && { why }),
  }));
}

/** The same to read: one a row. */
export function alignmentReport(alignment: Alignment): string {
  const read = new Map(alignment.laid.map((each) => [each.cueId, each.read]));
  return [
    `${alignment.title} (${alignment.format})`,
    ...sayAlignment(summaryOf(alignment)).map((fact) => `  ${fact}`),
    '',
    ...placementsOf(alignment).map((placement) => rowOf(placement, read)),
    '',
  ].join('\n');
}

const indent = ' '.repeat(18);

function rowOf(placement: Placement, read: ReadonlyMap<string, string>): string {
  const { line, outcome, startMs, endMs, similarity, residualMs, unheard, why, speaker, text, cueIds } = placement;
  const facts = [
    startMs !== undefined && endMs !== undefined && `${clockTime(startMs)}–${clockTime(endMs)}`,
    similarity !== undefined && `${Math.round(similarity * 100)} % alike`,
    residualMs !== undefined && `${residualMs > 0 ? '+' : ''}${residualMs} ms`,
    why,
  ].filter(Boolean);
  return [
    `${String(line).padStart(5)}  ${outcome.padEnd(9)}  ${speaker ? `${speaker}: ` : ''}${inOneRow(text)}`,
    indent + facts.join(', '),
    ...cueIds.map((id) => `${indent}film: ${inOneRow(read.get(id) ?? '')}`),
    ...(unheard ? [`${indent}not in the film: ${unheard}`] : []),
  ].join('\n');
}

const inOneRow = (text: string) => text.replaceAll('\n', ' / ');
