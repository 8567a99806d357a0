import { FabulaError } from '../../schema/errors.js';
import { type SpokenLine, speakersOf } from './speaker-tag.js';

/** Lines of a file, from 1; half-open. */
export interface LineRange {
  readonly from: number;
  readonly to: number;
}

/** One cue of a subtitle file. Times are milliseconds as the file gives them. */
export interface SubtitleCue {
  readonly startMs: number;
  readonly endMs: number;
  /** Plain text, lines separated by \n, without mark-up and speaker. */
  readonly text: string;
  /** The speaker as the file names them. */
  readonly speakerTag?: string;
  /** Where it stands, number or identifier and time included; in several places where repeats were joined. */
  readonly at: readonly LineRange[];
}

/** Something that was left out of what a file gave, and why. */
export interface SubtitleDefect {
  /** From 1. */
  readonly line: number;
  readonly defect: string;
}

/** What a subtitle file holds, in order of time. */
export interface Subtitles {
  readonly cues: readonly SubtitleCue[];
  readonly defects: readonly SubtitleDefect[];
  /** BCP 47 tag, where the file names its language. */
  readonly language?: string;
}

/** A cue as a format's reader finds it, before anything is checked. */
export interface RawCue {
  /** Of its timing line, from 1. */
  readonly line: number;
  /** Undefined where the time could not be read. */
  readonly startMs: number | undefined;
  readonly endMs: number | undefined;
  /** From its number or identifier to the end of its text. */
  readonly at: LineRange;
  /** The parts that different people speak; `speakerTag` is what the format itself says. */
  readonly spoken: readonly { readonly text: string; readonly speakerTag?: string }[];
}

/** No line stands this long on the picture; a longer one is a slip of the keyboard or an advertisement. */
const longestCueMs = 10 * 60_000;
/** Cues of the same words this close together are one: typesetters repeat a line frame by frame. */
const repeatGapMs = 50;

/**
 * The cues that make sense, in order of time; each speaker of a cue gets one of their own. What has no text is dropped
 * silently, what has no possible time with a note. SUBTITLES_UNREADABLE, with a line, when nothing is left or most
 * times cannot be read.
 */
export function assembleCues(raw: readonly RawCue[], language?: string): Subtitles {
  const defects: SubtitleDefect[] = [];
  const cues: SubtitleCue[] = [];
  for (const { line, startMs, endMs, spoken, at } of raw) {
    const defect = timeDefect(startMs, endMs);
    if (defect !== undefined || startMs === undefined || endMs === undefined)
      defects.push({ line, defect: defect ?? 'the time cannot be read' });
    else
      for (const part of spoken.flatMap(partsOf))
        if (part.text !== '') cues.push({ startMs, endMs, ...part, at: [at] });
  }
  const [first] = raw;
  if (!first) throw new FabulaError('SUBTITLES_UNREADABLE', 'Line 1: no cue begins anywhere.', hint);
  if (defects[0] && defects.length * 2 > raw.length)
    throw new FabulaError('SUBTITLES_UNREADABLE', `Line ${defects[0].line}: ${defects[0].defect}.`, hint);
  if (cues.length === 0) throw new FabulaError('SUBTITLES_UNREADABLE', `Line ${first.line}: no cue has text.`, hint);
  cues.sort((one, other) => one.startMs - other.startMs || one.endMs - other.endMs);
  return { cues: joinRepeats(cues), defects, ...(language !== undefined && { language }) };
}

const hint = 'Give a SubRip (.srt), WebVTT (.vtt) or Advanced SubStation Alpha (.ass) file.';

function timeDefect(startMs: number | undefined, endMs: number | undefined): string | undefined {
  if (startMs === undefined || endMs === undefined) return 'the time cannot be read';
  if (startMs < 0) return 'the cue starts before 0';
  if (endMs <= startMs) return 'the cue ends before it starts';
  if (endMs - startMs > longestCueMs) return 'the cue lasts longer than ten minutes';
  return undefined;
}

/** A part's lines, by speaker: the format's own word counts most, then a tag in the text. */
function partsOf(part: { text: string; speakerTag?: string }): SpokenLine[] {
  const named = part.speakerTag?.trim();
  return named ? [{ text: tidied(part.text), speakerTag: named }] : speakersOf(tidied(part.text));
}

/** Lines trimmed, empty ones left out, and what cannot be seen (marks of order, soft hyphens) removed. */
export function tidied(text: string): string {
  return text
    .replaceAll(/[\u200B\u200E\u200F\u202A-\u202E\u2060\u2066-\u2069\uFEFF\u00AD]/g, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.replaceAll(/[\s\u00A0]+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** Cues in order of time, those that repeat the one before at once made one. */
function joinRepeats(cues: readonly SubtitleCue[]): SubtitleCue[] {
  const lastOf = new Map<string, number>();
  const joined: SubtitleCue[] = [];
  for (const cue of cues) {
    const words = `${cue.speakerTag ?? ''}\n${cue.text}`;
    const index = lastOf.get(words);
    const last = index === undefined ? undefined : joined[index];
    if (index !== undefined && last && cue.startMs - last.endMs <= repeatGapMs)
      joined[index] = { ...last, endMs: Math.max(last.endMs, cue.endMs), at: [...last.at, ...cue.at] };
    else lastOf.set(words, joined.push(cue) - 1);
  }
  return joined;
}
