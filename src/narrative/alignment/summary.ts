/** What an alignment came to, in figures and in words that a person can look through. */
import { clockTime } from '../clock-time.js';
import { counted } from '../counted.js';
import type { AlignedLine, Alignment, LineOutcome } from './alignment.js';
import { median } from './time-map.js';

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

/** Every line and where it went, in the order of the script, one a row. */
export const alignmentReport = (alignment: Alignment): string =>
  [
    `${alignment.title} (${alignment.format})`,
    ...sayAlignment(summaryOf(alignment)).map((fact) => `  ${fact}`),
    '',
    ...alignment.lines.map((line, n) => rowOf(line, n + 1, alignment)),
    '',
  ].join('\n');

function rowOf(line: AlignedLine, number: number, { laid }: Alignment): string {
  const { outcome, film, similarity, residualMs, unheard, why, speaker, text } = line;
  const cues = laid.filter(({ parts }) => parts.some((part) => part.line === number - 1));
  const said = `${speaker ? `${speaker.name}: ` : ''}${text.replaceAll('\n', ' / ')}`;
  const facts = [
    film && `${clockTime(film.startMs)}–${clockTime(film.endMs)}`,
    similarity !== undefined && `${Math.round(similarity * 100)} % alike`,
    residualMs !== undefined && `${residualMs > 0 ? '+' : ''}${residualMs} ms`,
    why,
  ].filter(Boolean);
  return [
    `${String(number).padStart(5)}  ${outcome.padEnd(9)}  ${said}`,
    `                  ${facts.join(', ')}`,
    ...cues.map(({ read }) => `                  film: ${read.replaceAll('\n', ' / ')}`),
    ...(unheard ? [`                  not in the film: ${unheard}`] : []),
  ].join('\n');
}
