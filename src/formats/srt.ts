/** SubRip (.srt), subtitles as numbered blocks: https://www.matroska.org/technical/subtitles.html#srt-subtitles. */
import { formatClock, parseCueTime } from './cue-time.js';
import type { Format } from './format.js';
import { decodeEntities, escapeMarkup, stripTags } from './plain-text.js';
import { assembleCues, type RawCue, type Subtitles } from './subtitle-cue.js';
import { blankLine, cueBlock, firstThatReads } from './timed/cue-block.js';
import { subtitleFormat } from './timed/subtitle-format.js';
import type { SubtitleLine } from './timed/subtitle-line.js';
import { isAss, isTimedCue, isWebVtt } from './timed/tell-subtitles.js';

export const srt: Format = subtitleFormat({
  ...{ name: 'srt', title: 'SubRip', version: '1', extensions: ['srt'] },
  recognise: (text) => (isTimedCue(text) && !isWebVtt(text) && !isAss(text) ? 0.95 : 0),
  read: readSrt,
  ...{ showsSpeakers: true, stepMs: 1, episode: [] },
  head: () => '',
  retitled: (head) => head,
  cue: writeCue,
  gap: blankLine,
});

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
  return assembleCues(starts.map((start, order) => readCue(lines, start, starts[order + 1], starts[order - 1])));
}

/** A line meant as a cue's time: it matches, or it has an arrow between digits and is a broken one. */
const isTimingLine = (line: string) =>
  line.length <= longestTiming && arrow.test(line) && (timing.test(line) || /\d\s*[:.]\s*\d/.test(line));

function readCue(
  lines: readonly string[],
  start: number,
  next: number | undefined,
  before: number | undefined,
): RawCue {
  const [, from, to] = timing.exec(lines[start] ?? '') ?? [];
  const end = next === undefined ? lines.length : textEnd(lines, start, next);
  const text = lines.slice(start + 1, end).join('\n');
  return {
    line: start + 1,
    startMs: from === undefined ? undefined : parseCueTime(from),
    endMs: to === undefined ? undefined : parseCueTime(to),
    at: { from: (hasNumber(lines, start, before) ? start - 1 : start) + 1, to: lastWords(lines, start, end) + 2 },
    spoken: [{ text: plainText(text) }],
  };
}

/** Whether the line above a time is the cue's number, and not the text of the cue before. */
const hasNumber = (lines: readonly string[], start: number, before: number | undefined): boolean =>
  before === undefined
    ? /^\uFEFF?\s*\d+\s*$/.test(lines[start - 1] ?? '')
    : textEnd(lines, before, start) === start - 1;

const lastWords = (lines: readonly string[], start: number, end: number): number => {
  let last = end - 1;
  while (last > start && (lines[last] ?? '').trim() === '') last--;
  return last;
};

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

function writeCue(line: SubtitleLine, old: string | undefined, number: number): string {
  const time = `${formatClock(line.startMs, ',')} --> ${formatClock(line.endMs, ',')}`;
  const { above = String(number), settings, payload } = cueBlock(old, line, readSrt);
  return `${above}\n${time}${settings}\n${payload ?? payloadOf(line, time)}\n`;
}

/** As players show it, or, where that would be read as mark-up, a time or a name, with references in its place. */
function payloadOf(line: SubtitleLine, time: string): string {
  const { text, speaker } = line;
  const escaped = escapeMarkup(text).replaceAll('{\\', '&#123;\\');
  const tag = speaker?.replaceAll(/\s+/g, ' ').trim();
  const tagged = tag ? [`${tag}: ${text}`, `${tag}: ${escaped}`] : [];
  return firstThatReads([...tagged, text, escaped], line, (payload) => readSrt(`1\n${time}\n${payload}\n`));
}
