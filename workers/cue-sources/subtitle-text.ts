import { languageOfScript } from '../../src/formats/language-tag.js';
import type { SubtitleCue } from '../../src/formats/subtitle-cue.js';
import type { FoundCue } from '../findings.js';

/** What subtitle text becomes in the graph. */
export interface SubtitleSource {
  readonly source: 'FILE' | 'STREAM';
  /** 0…1: how far the source is to be trusted with what is said. */
  readonly confidence: number;
  /** Where the cues come from and why from there. */
  readonly note: string;
  /** BCP 47 tag, where the source names it. */
  readonly language?: string;
  /** 0 when the container makes no claim. */
  readonly durationMs: number;
}

/** Cues of subtitle text as findings, cut off at the film's end; those that begin after it are left out. */
export function cuesOfText(cues: readonly SubtitleCue[], from: SubtitleSource): FoundCue[] {
  const language = from.language ?? languageOfScript(cues.map(({ text }) => text).join('\n'));
  const filmEndMs = from.durationMs > 0 ? from.durationMs : Number.POSITIVE_INFINITY;
  return cues
    .filter(({ startMs }) => startMs < filmEndMs)
    .map(({ startMs, endMs, text, speakerTag }) => ({
      startMs,
      endMs: Math.min(endMs, filmEndMs),
      text,
      source: from.source,
      ...(language !== undefined && { language }),
      ...(speakerTag !== undefined && { speakerTag }),
      confidence: from.confidence,
      evidence: [{ startMs, endMs: Math.min(endMs, filmEndMs), note: from.note }],
    }));
}
