/** WebVTT (.vtt), the subtitles of the web: https://www.w3.org/TR/webvtt1. */
import type { Narrative } from '../../schema/narrative.js';
import { formatClock, parseCueTime } from './cue-time.js';
import type { Format } from './format.js';
import { decodeEntities, escapeMarkup } from './plain-text.js';
import { assembleCues, type RawCue, type Subtitles } from './subtitle-cue.js';
import { blankLine, cueBlock } from './timed/cue-block.js';
import { subtitleFormat } from './timed/subtitle-format.js';
import type { SubtitleLine } from './timed/subtitle-line.js';
import { isWebVtt } from './timed/tell-subtitles.js';

export const webvtt: Format = subtitleFormat({
  ...{ name: 'webvtt', title: 'WebVTT', version: '1', extensions: ['vtt'] },
  recognise: (text) => (isWebVtt(text) ? 1 : 0),
  read: readWebVtt,
  ...{ showsSpeakers: false, stepMs: 1, episode: [] },
  head: writeHead,
  retitled: (head) => head,
  cue: writeCue,
  gap: blankLine,
});

const timing = /^\s*(-?[\d:., ]+?)\s*-->\s*(-?[\d:., ]*\d)(?:\s+.*)?$/;
/** In characters, settings included; keeps what is no subtitle file from taking for ever. */
const longestTiming = 1000;

/**
 * Reads WebVTT (w3.org/TR/webvtt1): header, cues with identifiers, settings, voice spans and escapes; NOTE, STYLE and
 * REGION blocks are passed over. SUBTITLES_UNREADABLE with the line.
 */
export function readWebVtt(text: string): Subtitles {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  const cues: RawCue[] = [];
  let free = headerEnd(lines);
  for (let index = free; index < lines.length; ) {
    const line = lines[index] ?? '';
    if (line.includes('-->')) {
      const end = payloadEnd(lines, index + 1);
      const hasIdentifier = index > free && (lines[index - 1] ?? '').trim() !== '';
      cues.push({ ...readCue(lines, index, end), at: { from: index + (hasIdentifier ? 0 : 1), to: end + 1 } });
      index = end;
      free = end;
    } else if (/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)) {
      index = blockEnd(lines, index);
      free = index;
    }
    // An identifier, or what the standard tells readers to pass over.
    else index++;
  }
  return assembleCues(cues, headerLanguage(lines));
}

/** The header ends at the first blank line, or where a file without one begins its first cue. */
function headerEnd(lines: readonly string[]): number {
  const end = lines.findIndex((line) => line.trim() === '' || line.includes('-->'));
  return end < 0 ? lines.length : end;
}

function blockEnd(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index > from && (line.trim() === '' || line.includes('-->')));
  return end < 0 ? lines.length : end;
}

function payloadEnd(lines: readonly string[], from: number): number {
  const end = lines.findIndex((line, index) => index >= from && (line.trim() === '' || line.includes('-->')));
  if (end < 0) return lines.length;
  // Without a blank line between two cues, the second one's identifier stands above its time.
  const isIdentifier = (lines[end] ?? '').includes('-->') && end > from && /^\s*\d+\s*$/.test(lines[end - 1] ?? '');
  return isIdentifier ? end - 1 : end;
}

function readCue(lines: readonly string[], start: number, end: number): Omit<RawCue, 'at'> {
  const line = lines[start] ?? '';
  const [, from, to] = (line.length <= longestTiming && timing.exec(line)) || [];
  return {
    line: start + 1,
    startMs: from === undefined ? undefined : parseCueTime(from),
    endMs: to === undefined ? undefined : parseCueTime(to),
    spoken: voicesOf(lines.slice(start + 1, end).join('\n')),
  };
}

/** A payload cut at its voice spans: `<v.loud Mara>Run!</v>`; other tags and inner times are dropped. */
function voicesOf(payload: string): RawCue['spoken'] {
  const spoken: { text: string; speakerTag?: string }[] = [];
  let speakerTag: string | undefined;
  for (const piece of payload.split(/(<\/?v(?:[.\s][^<>]*)?>)/i)) {
    const voice = /^<(\/?)v(?:\.[^\s<>]*)?(?:\s+([^<>]*))?>$/i.exec(piece);
    if (voice) speakerTag = voice[1] ? undefined : decodeEntities(voice[2] ?? '').trim() || undefined;
    else {
      const text = plainText(piece);
      const last = spoken.at(-1);
      if (last && last.speakerTag === speakerTag) last.text += text;
      else if (text.trim() !== '') spoken.push({ text, ...(speakerTag !== undefined && { speakerTag }) });
    }
  }
  return spoken;
}

/** A ruby's small gloss is left out: it repeats the word in another script. */
const plainText = (text: string) =>
  decodeEntities(
    text.replaceAll(/<rt(?:[.\s][^<>]*)?>.*?(?:<\/rt>|$)/gis, '').replaceAll(/<[/a-zA-Z\d][^<>]*>|<>/g, ''),
  );

function headerLanguage(lines: readonly string[]): string | undefined {
  const header = lines
    .slice(0, headerEnd(lines))
    .map((line) => /^Language\s*[:=]\s*([A-Za-z-]{2,12})\s*$/.exec(line)?.[1]);
  return header.find((language) => language !== undefined);
}

/** Its language as the files of video sites say it. */
function writeHead({ episode: { language } }: Narrative): string {
  const isTag = language !== undefined && /^[A-Za-z-]{2,12}$/.test(language);
  return isTag ? `WEBVTT\nLanguage: ${language}\n\n` : 'WEBVTT\n\n';
}

function writeCue(line: SubtitleLine, old: string | undefined): string {
  const { above, settings, payload } = cueBlock(old, line, (text) => readWebVtt(`WEBVTT\n\n${text}`));
  const identifier = above === undefined ? '' : `${above}\n`;
  const time = `${formatClock(line.startMs, '.')} --> ${formatClock(line.endMs, '.')}`;
  return `${identifier}${time}${settings}\n${payload ?? payloadOf(line)}\n`;
}

function payloadOf({ text, speaker }: SubtitleLine): string {
  const name = speaker?.replaceAll(/\s+/g, ' ').trim();
  const escaped = escapeMarkup(text);
  return name ? `<v ${escapeMarkup(name)}>${escaped}</v>` : escaped;
}
