import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Gap } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { languageTag } from '../../src/formats/language-tag.js';
import { readSubtitles } from '../../src/formats/subtitles.js';
import type { FoundCue } from '../findings.js';
import { cuesOfText } from './subtitle-text.js';

/** The longest films have subtitles of 300 kB. */
const largestBytes = 16 * 2 ** 20;

/** Cues of a subtitle file that the user gave. SUBTITLES_UNREADABLE with the line. */
export async function readSubtitleFile(path: string, durationMs: number): Promise<{ cues: FoundCue[]; gaps: Gap[] }> {
  const { cues, defects, language, format, encoding } = readSubtitles(await readWhole(path));
  const found = cuesOfText(cues, {
    source: 'FILE',
    confidence: 0.98,
    note: `Given subtitle file (${format}, ${encoding}): a person chose it, so it outranks every other source`,
    language: languageTag(language) ?? languageInName(path),
    durationMs,
  });
  if (found.length === 0)
    throw new FabulaError(
      'SUBTITLES_UNREADABLE',
      'Every cue of the subtitle file lies past the end of the film.',
      'Give the subtitles of this film.',
    );
  const gaps: Gap[] = [];
  const [first] = defects;
  if (first)
    gaps.push({
      stage: 'cues',
      missing: `${defects.length} cues of the subtitle file, left out; line ${first.line}: ${first.defect}.`,
      remedy: 'Correct these times and analyse the film again.',
    });
  if (found.length < cues.length)
    gaps.push({
      stage: 'cues',
      missing: `${cues.length - found.length} cues of the subtitle file lie past the end of the film.`,
      remedy: 'Check that the subtitles are of this version of the film.',
    });
  return { cues: found, gaps };
}

/** `film.pt-BR.srt` → `pt-BR`. */
export function languageInName(path: string): string | undefined {
  const tag = /\.([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,4})?)(?:\.(?:sdh|cc|hi|forced))?\.[A-Za-z\d]{2,4}$/.exec(
    basename(path),
  );
  return languageTag(tag?.[1]);
}

async function readWhole(path: string): Promise<Buffer> {
  try {
    const { size } = await stat(path);
    if (size <= largestBytes) return await readFile(path);
  } catch (cause) {
    throw new FabulaError(
      'SUBTITLES_UNREADABLE',
      'The subtitle file cannot be opened.',
      'Check its name and who may read it.',
      {
        cause,
      },
    );
  }
  throw new FabulaError(
    'SUBTITLES_UNREADABLE',
    'The file is too large for subtitles.',
    'Give a .srt, .vtt or .ass file.',
  );
}
