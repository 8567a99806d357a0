/** What aligning a script to a film found: kept with the edit, laid over the film's cues, and shown to people. */
import type { ScriptLine, ScriptPlace } from './script-line.js';
import type { TimeMap } from './time-map.js';

/**
 * MATCHED: the film has cues that say it. ESTIMATED: none does, but the film has room for it where it stands between
 * lines that were found, or by the script's clock. UNPLACED: neither.
 */
export const lineOutcomes = ['MATCHED', 'ESTIMATED', 'UNPLACED'] as const;
export type LineOutcome = (typeof lineOutcomes)[number];

/** A line of the script, and where it is in the film. */
export interface AlignedLine extends ScriptLine {
  readonly outcome: LineOutcome;
  /** When it is said in the film. */
  readonly film?: { readonly startMs: number; readonly endMs: number };
  /** Dice's coefficient of n-grams with the cues, 0…1. */
  readonly similarity?: number;
  /** How far the film's time is from where the script's clock puts it, in milliseconds. */
  readonly residualMs?: number;
  /** What of a matched line stands on no cue. */
  readonly unheard?: string;
  /** Why a line is not placed. */
  readonly why?: string;
}

/** What the script says on one cue of the film. */
export interface LaidCue {
  readonly cueId: string;
  readonly startMs: number;
  readonly endMs: number;
  /** What the film's cue says. */
  readonly read: string;
  /** The rows of it that are in the script's language, where it has others, too. */
  readonly compared?: string;
  readonly similarity: number;
  readonly parts: readonly LaidPart[];
}

/** A line's words on one cue. */
export interface LaidPart {
  /** Index of the line. */
  readonly line: number;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
}

export interface Alignment {
  readonly alignmentVersion: 1;
  readonly title: string;
  readonly format: string;
  readonly lines: readonly AlignedLine[];
  readonly places: readonly ScriptPlace[];
  /** In order of the film. */
  readonly laid: readonly LaidCue[];
  readonly map?: TimeMap;
  /** Share of what could be found that was, by n-grams: of the script or of the film, whichever says less. 0…1. */
  readonly covered: number;
  /** Cues of the film that no line stands on. */
  readonly otherCues: number;
}
