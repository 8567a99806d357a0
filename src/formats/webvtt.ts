import { parseCueTime } from './cue-time.js';
import { decodeEntities } from './plain-text.js';
import { assembleCues, type RawCue, type Subtitles } from './subtitle-cue.js';

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
  for (let index = headerEnd(lines); index < lines.length; ) {
    const line = lines[index] ?? '';
    if (line.includes('-->')) {
      const end = payloadEnd(lines, index + 1);
      cues.push(readCue(lines, index, end));
      index = end;
    } else if (/^(?:NOTE|STYLE|REGION)(?:\s|$)/.test(line)) index = blockEnd(lines, index);
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

function readCue(lines: readonly string[], start: number, end: number): RawCue {
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
