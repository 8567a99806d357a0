/** Lines of dialogue, read from cues: one a cue, or one a speaker where a cue holds two ("- Where?\n- Here."). */

/** What is shown on the picture for a while. */
export interface ShownText {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** The speaker as the subtitles name them. */
  readonly speakerTag?: string | undefined;
}

/** What one speaker of a cue says, or the sound that a cue describes. */
export interface CueLine {
  readonly type: 'LINE' | 'ACTION';
  readonly startMs: number;
  readonly endMs: number;
  readonly dialogue?: string;
  readonly audioCue?: string;
  readonly speakerTag?: string;
}

/** A dash at the start of a row marks a new speaker; hyphen, minus and the dashes are all in use. */
const speakerDash = /^\s*[-‐-―−]\s*(?=\S)/u;

/** `NAME: words`, in capitals, as subtitles tag speakers. */
const rowTag = /^(\p{Lu}[\p{Lu}\p{M}\p{N} .'’-]{0,38}(?:\([^)]{1,12}\))?)\s*[:：]\s+(?=\S)/u;

/** A whole cue in brackets or between notes describes a sound for those who cannot hear it. */
const soundCaption = /^(?:\[[^\]]*\]|\([^)]*\)|（[^）]*）|【[^】]*】|[♪♫#]\s.*|[♪♫].*)$/su;

const spaceless = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}，。！？、：；…]/u;

/** The lines of a cue in order, its time shared out among them by the length of what each says. */
export function linesOfCue(cue: ShownText): CueLine[] {
  const parts = splitSpeakers(cue.text);
  const whole = { startMs: cue.startMs, endMs: cue.endMs };
  const times = shareTime(
    whole,
    parts.map((part) => part.length),
  );
  return parts.map((part, place): CueLine => {
    const time = times[place] ?? whole;
    if (soundCaption.test(part))
      return { ...time, type: 'ACTION', audioCue: part.replaceAll(/^[[(（【♪♫#\s]+|[\])）】♪♫#\s]+$/gu, '') };
    const tag = rowTag.exec(part);
    const speakerTag = parts.length === 1 ? (cue.speakerTag ?? tag?.[1]) : tag?.[1];
    const dialogue = tag && speakerTag === tag[1] ? part.slice(tag[0].length) : part;
    return { ...time, type: 'LINE', dialogue, ...(speakerTag && { speakerTag }) };
  });
}

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
