import { FabulaError } from '../../schema/errors.js';
import { languageTag } from '../../src/formats/language-tag.js';
import type { SubtitleFormat } from '../../src/formats/subtitles.js';
import { readSubtitles } from '../../src/formats/subtitles.js';
import type { FoundCue, ProbeFinding } from '../findings.js';
import { runFfmpeg } from '../media/ffmpeg.js';
import type { StageContext } from '../stage.js';
import { cuesOfText } from './subtitle-text.js';

export type SubtitleStream = ProbeFinding['subtitles'][number];

/** Words in a stream's title that say that it is not the whole dialogue. */
const partialTitle = /\b(?:forced|signs?|songs?|commentary|karaoke)\b/i;

/**
 * Text streams in the order in which they are tried: whole dialogue before forced lines and commentary, the language
 * that is spoken before translations, what players show unasked before the rest.
 */
export function rankTextStreams(streams: readonly SubtitleStream[], spoken: string | undefined): SubtitleStream[] {
  const primary = (language: string | undefined) => languageTag(language)?.split('-')[0];
  const isWhole = ({ forced, title }: SubtitleStream) => Number(!forced && !partialTitle.test(title ?? ''));
  const isSpoken = ({ language }: SubtitleStream) =>
    Number(spoken !== undefined && primary(language) === primary(spoken));
  return streams
    .filter(({ text }) => text)
    .toSorted(
      (a, b) =>
        isWhole(b) - isWhole(a) ||
        isSpoken(b) - isSpoken(a) ||
        Number(b.default) - Number(a.default) ||
        a.index - b.index,
    );
}

/** Cues of the first text stream that has any; `failures` says why others had none. */
export async function readTextStream(
  { film, signal }: StageContext,
  probe: ProbeFinding,
): Promise<{ cues: FoundCue[]; failures: string[] }> {
  const failures: string[] = [];
  for (const stream of rankTextStreams(probe.subtitles, probe.audio?.language))
    try {
      const format = formatFor(stream.codec);
      const codec = format === 'srt' ? ['-c:s', 'srt'] : ['-c:s', 'copy'];
      const outputOptions = ['-map', `0:${stream.index}`, ...codec, '-f', format];
      const { cues } = readSubtitles(await runFfmpeg({ input: film.path, outputOptions, signal }));
      const found = cuesOfText(cues, {
        source: 'STREAM',
        confidence: 0.95,
        note: noteOf(stream, probe.audio?.language),
        language: languageTag(stream.language),
        durationMs: probe.durationMs,
      });
      if (found.length > 0) return { cues: found, failures };
    } catch (error) {
      if (!(error instanceof FabulaError)) throw error;
      if (error.code !== 'FFMPEG_FAILED' && error.code !== 'SUBTITLES_UNREADABLE') throw error;
      failures.push(`Stream ${stream.index} (${stream.codec}) could not be read: ${error.message}`);
    }
  return { cues: [], failures };
}

/** ASS and WebVTT are taken as they are, for their speakers; the rest as SubRip. */
function formatFor(codec: string): SubtitleFormat {
  if (codec === 'ass' || codec === 'ssa') return 'ass';
  return codec === 'webvtt' ? 'webvtt' : 'srt';
}

function noteOf({ index, codec, language, default: isDefault }: SubtitleStream, spoken: string | undefined): string {
  const traits = [codec, language, isDefault && 'default', spoken && language === spoken && 'as spoken'].filter(
    Boolean,
  );
  return `Text stream ${index} of the film (${traits.join(', ')}): no file was given, and text outranks reading pictures`;
}
