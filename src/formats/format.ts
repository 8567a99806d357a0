/** The contract of a foreign format: what reads a text into a Narrative and writes one out of it. */
import type { Narrative } from '../../schema/narrative.js';

/** What became of something in a text that could not be taken as it stands. */
export interface ReportItem {
  /**
   * CHANGED: taken, but not to the letter; ESTIMATED: not in the text, worked out; LOST: in the text, and in the
   * narrative not even as `foreign`.
   */
  readonly what: 'CHANGED' | 'ESTIMATED' | 'LOST';
  /** Where in the text's structure, such as `$.script[3].events[0].timestamp`; for text without one, left out. */
  readonly path?: string;
  /** From 1. */
  readonly line?: number;
  /** From 1, in UTF-16 units. */
  readonly column?: number;
  /** One sentence. */
  readonly reason: string;
}

/** What a text was read as. */
export interface Reading {
  /** Valid (`validateNarrative`). */
  readonly narrative: Narrative;
  /** In the order of the text; nothing that was changed, estimated or lost is missing from it. */
  readonly report: readonly ReportItem[];
}

export interface ReadOptions {
  readonly episodeId: string;
  /** Stands above the title that the text gives itself. */
  readonly title?: string | undefined;
  /** For a text that gives itself none. */
  readonly fallbackTitle?: string | undefined;
}

/** Something of a Narrative that a text does not hold. */
export interface Dropped {
  /** What it is: a list of the Narrative (`keyframes`), or a field (`shots.camera`). */
  readonly what: string;
  readonly count: number;
  /** One sentence. */
  readonly reason: string;
}

export interface Written {
  readonly text: string;
  /** All that reading the text again will not give back; empty where nothing is lost. */
  readonly dropped: readonly Dropped[];
}

export interface Format {
  /** As users type it: small letters and hyphens. Also the key of what it keeps in `foreign`. */
  readonly name: string;
  /** As people call it. */
  readonly title: string;
  /** Changes whenever the same text may be read as something else: provenance names it, and imports are made anew. */
  readonly version: string;
  /** Without the dot, the usual one first. Only for naming files: a format is told by content. */
  readonly extensions: readonly [string, ...string[]];
  /** How sure it is, from content alone, that a text is in this format: 0…1. Fast, and never throws. */
  recognise(text: string): number;
  /**
   * SCRIPT_UNREADABLE, with line and column where known, for a text of which nothing can be made. Absent where a format
   * is only written.
   */
  read?(text: string, options: ReadOptions): Reading;
  /**
   * What was read from this format comes out as it was, to the letter where its nodes say what they said then. Absent
   * where a format is only read.
   */
  write?(narrative: Narrative): Written;
}
