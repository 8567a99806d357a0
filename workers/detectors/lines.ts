/** What cues say as found events, each with its cue's index, confidence and time as evidence. */
import { linesOfCue } from '../../src/narrative/cue-lines.js';
import type { FoundCue, FoundEvent } from '../findings.js';

/** The lines of all cues in order. */
export const readLines = (cues: readonly FoundCue[]): FoundEvent[] =>
  cues.flatMap((cue, index) => {
    const lines = linesOfCue(cue);
    const whole = { startMs: cue.startMs, endMs: cue.endMs };
    return lines.map((line) => ({
      ...line,
      cue: index,
      confidence: cue.confidence,
      evidence: [
        { ...whole, note: line.type === 'LINE' ? noteOf(cue, lines.length) : 'A caption that describes a sound.' },
      ],
    }));
  });

const noteOf = (cue: FoundCue, speakers: number): string =>
  speakers === 1
    ? `The cue's own time; the text was read with confidence ${cue.confidence.toFixed(2)}.`
    : `One cue holds ${speakers} speakers; its time was shared out by the length of what each says.`;
