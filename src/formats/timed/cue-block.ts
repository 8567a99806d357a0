/** Blocks of SubRip and WebVTT: a number or identifier, a time with settings, and a text below. */
import { ifReadable } from '../if-readable.js';
import type { Subtitles } from '../subtitle-cue.js';
import type { SubtitleLine } from './subtitle-line.js';

export interface CueBlock {
  /** The row above the time; undefined where there is none. */
  readonly above?: string | undefined;
  /** What stands behind the time, with the space before it. */
  readonly settings: string;
  /** The text with its mark-up, where it still says what it shall. */
  readonly payload?: string | undefined;
}

/** What stays of a block that shall say something else. */
export function cueBlock(old: string | undefined, line: SubtitleLine, read: (text: string) => Subtitles): CueBlock {
  const rows = old?.replace(/(?:\r\n|\r|\n)$/, '').split(/\r\n|\r|\n/) ?? [];
  const at = rows.findIndex((row) => /[-–—]>/.test(row));
  if (old === undefined || at < 0) return { settings: '' };
  const [, settings = ''] = /[-–—]>\s*-?[\d:.,; ]*\d(.*)$/.exec(rows[at] ?? '') ?? [];
  const above = at > 0 ? rows[at - 1] : undefined;
  const [said, ...others] = cuesIn(old, read);
  const isSaid = others.length === 0 && said?.text === line.text && said.speakerTag === line.speaker;
  return { above, settings: settings.trimEnd(), payload: isSaid ? rows.slice(at + 1).join('\n') : undefined };
}

/** The first payload that is read as the line shall say; else the first that has its words right. */
export function firstThatReads(
  payloads: readonly string[],
  { text, speaker }: SubtitleLine,
  read: (payload: string) => Subtitles,
): string {
  let wordsRight: string | undefined;
  for (const payload of payloads) {
    const [said, ...others] = cuesIn(payload, read);
    if (others.length > 0 || said?.text !== text) continue;
    if (said.speakerTag === speaker) return payload;
    wordsRight ??= payload;
  }
  return wordsRight ?? text;
}

const cuesIn = (text: string, read: (text: string) => Subtitles): Subtitles['cues'] =>
  ifReadable(() => read(text))?.cues ?? [];

/** What makes the next thing written stand behind a blank line. */
export const blankLine = (text: string): string =>
  text === '' || /(?:\r\n|\r|\n)[^\S\r\n]*(?:\r\n|\r|\n)$/.test(text) ? '' : /[\r\n]$/.test(text) ? '\n' : '\n\n';
