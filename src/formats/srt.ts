import { parseCueTime } from './cue-time.js';
import { decodeEntities, stripTags } from './plain-text.js';
import { assembleCues, type RawCue, type Subtitles } from './subtitle-cue.js';

/** A timing line, however its arrow is drawn; what follows the second time (coordinates) is passed over. */
const timing = /^\s*(-?[\d:.,; ]+?)\s*(?:-+|[–—])>\s*(-?[\d:.,; ]*\d)\s*(?:[A-Za-z].*)?$/;
const arrow = /[-–—]>/;
/** In characters; keeps what is no subtitle file from taking for ever. */
const longestTiming = 300;

/**
 * Reads SubRip: numbered blocks of a timing line and text. Cues are told by their timing lines alone, so that missing
 * blank lines and numbers do no harm. SUBTITLES_UNREADABLE with the line.
 */
export function readSrt(text: string): Subtitles {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const starts = [...lines.keys()].filter((index) => isTimingLine(lines[index] ?? ''));
  return assembleCues(starts.map((start, order) => readCue(lines, start, starts[order + 1])));
}

/** A line meant as a cue's time: it matches, or it has an arrow between digits and is a broken one. */
const isTimingLine = (line: string) =>
  line.length <= longestTiming && arrow.test(line) && (timing.test(line) || /\d\s*[:.]\s*\d/.test(line));

function readCue(lines: readonly string[], start: number, next: number | undefined): RawCue {
  const [, from, to] = timing.exec(lines[start] ?? '') ?? [];
  const end = next === undefined ? lines.length : textEnd(lines, start, next);
  const text = lines.slice(start + 1, end).join('\n');
  return {
    line: start + 1,
    startMs: from === undefined ? undefined : parseCueTime(from),
    endMs: to === undefined ? undefined : parseCueTime(to),
    spoken: [{ text: plainText(text) }],
  };
}

/** Where a cue's text ends: before the number of the next cue, if that has one. */
function textEnd(lines: readonly string[], start: number, next: number): number {
  const number = next - 1;
  if (number <= start || !/^\s*\d+\s*$/.test(lines[number] ?? '')) return next;
  const isAfterBlank = number - 1 === start || (lines[number - 1] ?? '').trim() === '';
  // Without a blank line in front it may be a cue's text ("42"): then it must count on from this cue's number.
  const own = start > 0 ? Number((lines[start - 1] ?? '').trim() || Number.NaN) : Number.NaN;
  return isAfterBlank || Number(lines[number]) === own + 1 ? number : next;
}

/** SubRip's tags and, as players allow them in it, ASS overrides such as {\an8}. */
const plainText = (text: string) => decodeEntities(stripTags(text.replaceAll(/\{\\[^{}]*\}/g, '')));
