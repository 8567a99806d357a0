import { FabulaError } from '../../schema/errors.js';
import { readAss } from './ass.js';
import { decodeText } from './decode-text.js';
import { readSrt } from './srt.js';
import type { Subtitles } from './subtitle-cue.js';
import { isAss, isTimed, isWebVtt } from './timed/tell-subtitles.js';
import { readWebVtt } from './webvtt.js';

export type SubtitleFormat = 'srt' | 'webvtt' | 'ass';

const readers: { readonly [Format in SubtitleFormat]: (text: string) => Subtitles } = {
  srt: readSrt,
  webvtt: readWebVtt,
  ass: readAss,
};

/** Reads a subtitle file of any format and encoding known here. SUBTITLES_UNREADABLE, with the line where there is one. */
export function readSubtitles(bytes: Uint8Array): Subtitles & { format: SubtitleFormat; encoding: string } {
  if (bytes.length === 0) throw unreadable('The subtitle file is empty.');
  const { text, encoding } = decodeText(bytes);
  const format = formatOf(text);
  return { ...readers[format](text), format, encoding };
}

/** Tells a subtitle format by its content. */
export function formatOf(text: string): SubtitleFormat {
  if (isWebVtt(text)) return 'webvtt';
  if (isAss(text)) return 'ass';
  if (isTimed(text)) return 'srt';
  const known = others.find(({ mark }) => mark.test(text));
  const [first = ''] = text.trim().split(/\r\n|\r|\n/);
  throw unreadable(
    known
      ? `Line 1: this is ${known.name}, which is not read here.`
      : `Line 1: no subtitle format begins with “${first.slice(0, 40)}”.`,
  );
}

const others = [
  { name: 'MicroDVD', mark: /^\s*\{\d+\}\{\d*\}/ },
  { name: 'TTML', mark: /<tt[\s>]/ },
  { name: 'SAMI', mark: /<SAMI>/i },
  { name: 'YouTube SBV or SubViewer', mark: /^\d{1,2}:\d{2}:\d{2}\.\d{2,3},\d{1,2}:\d{2}:\d{2}\.\d{2,3}/m },
] as const;

const unreadable = (message: string) =>
  new FabulaError(
    'SUBTITLES_UNREADABLE',
    message,
    'Convert it to SubRip, e.g. `ffmpeg -i OLD NEW.srt`, or give a .srt, .vtt or .ass file.',
  );
