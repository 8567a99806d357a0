/** Lines of dialogue, read from cues: one a cue, or one a speaker where a cue holds two ("- Where?\n- Here."). */
import type { FoundCue, FoundEvent } from '../findings.js';

/** A dash at the start of a row marks a new speaker; hyphen, minus and the dashes are all in use. */
const speakerDash = /^\s*[-‐-―−]\s*(?=\S)/u;

/** `NAME: words`, in capitals, as subtitles tag speakers. */
const rowTag = /^(\p{Lu}[\p{Lu}\p{M}\p{N} .'’-]{0,38}(?:\([^)]{1,12}\))?)\s*[:：]\s+(?=\S)/u;

/** A whole cue in brackets or between notes describes a sound for those who cannot hear it. */
const soundCaption = /^(?:\[[^\]]*\]|\([^)]*\)|（[^）]*）|【[^】]*】|[♪♫#]\s.*|[♪♫].*)$/su;

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、：；…]/u;

/** The lines of all cues in order, each with its cue's index, confidence and time as evidence. */
export function readLines(cues: readonly FoundCue[]): FoundEvent[] {
  return cues.flatMap((cue, index) => linesOfCue(cue, index));
}

function linesOfCue(cue: FoundCue, index: number): FoundEvent[] {
  const parts = splitSpeakers(cue.text);
  const whole = { startMs: cue.startMs, endMs: cue.endMs };
  const times = shareTime(
    whole,
    parts.map((part) => part.length),
  );
  return parts.map((part, place) => {
    const time = times[place] ?? whole;
    const shared = { ...time, cue: index, confidence: cue.confidence };
    if (soundCaption.test(part))
      return {
        ...shared,
        type: 'ACTION' as const,
        audioCue: part.replaceAll(/^[[(（【♪♫#\s]+|[\])）】♪♫#\s]+$/gu, ''),
        evidence: [{ ...whole, note: 'A caption that describes a sound.' }],
      };
    const tag = rowTag.exec(part);
    const speakerTag = parts.length === 1 ? (cue.speakerTag ?? tag?.[1]) : tag?.[1];
    return {
      ...shared,
      type: 'LINE' as const,
      dialogue: tag && speakerTag === tag[1] ? part.slice(tag[0].length) : part,
      ...(speakerTag && { speakerTag }),
      evidence: [{ ...whole, note: noteOf(cue, parts.length) }],
    };
  });
}

const noteOf = (cue: FoundCue, speakers: number): string =>
  speakers === 1
    ? `The cue's own time; the text was read with confidence ${cue.confidence.toFixed(2)}.`
    : `One cue holds ${speakers} speakers; its time was shared out by the length of what each says.`;

/** What each speaker of a cue says, rows joined; one entry when no second row starts with a dash. */
export function splitSpeakers(text: string): string[] {
  const rows = text.split(/\r?\n/).filter((row) => row.trim() !== '');
  const marks = rows.filter((row) => speakerDash.test(row)).length;
  const parts: string[] = [];
  for (const row of rows) {
    const said = row.replace(speakerDash, '').trim();
    const last = parts.at(-1);
    if (last === undefined || (marks > 1 && speakerDash.test(row))) parts.push(said);
    else parts[parts.length - 1] = joinRows(last, said);
  }
  return parts.length > 0 ? parts : [text.trim()];
}

/** Chinese and Japanese rows join without a space. */
const joinRows = (above: string, below: string): string =>
  spaceless.test(above.at(-1) ?? '') && spaceless.test(below.at(0) ?? '') ? above + below : `${above} ${below}`;

/** Cuts a time into consecutive parts in proportion to `weights`, each at least a millisecond where there is room. */
function shareTime(
  time: { readonly startMs: number; readonly endMs: number },
  weights: readonly number[],
): { startMs: number; endMs: number }[] {
  const duration = time.endMs - time.startMs;
  if (duration < weights.length) return weights.map(() => ({ ...time }));
  const total = weights.reduce((sum, weight) => sum + weight, 0) || 1;
  let passed = 0;
  let startMs = time.startMs;
  return weights.map((weight, place) => {
    passed += weight;
    const ideal = time.startMs + Math.round((duration * passed) / total);
    const endMs = Math.min(Math.max(ideal, startMs + 1), time.endMs - (weights.length - 1 - place));
    const part = { startMs, endMs };
    startMs = endMs;
    return part;
  });
}
