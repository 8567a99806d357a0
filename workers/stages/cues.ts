import type { Gap } from '../../schema/episode.js';
import { languageOfScript } from '../../src/formats/language-tag.js';
import { speakersOf } from '../../src/formats/speaker-tag.js';
import { overlapMs } from '../../src/narrative/intervals.js';
import { languageInName, readSubtitleFile } from '../cue-sources/subtitle-file.js';
import { readTextStream } from '../cue-sources/text-stream.js';
import { openListener, readTranscript } from '../cue-sources/transcript.js';
import type { CuesFinding, Findings, FoundCue, FoundSpeech } from '../findings.js';
import { defineStage, type StageContext } from '../stage.js';
import { readBurnedInCues } from './burned-in-cues.js';

/**
 * What is said, from the best source that there is: a given subtitle file, a text stream of the container, subtitles
 * on the picture, a transcript of the speech. One source is taken, and each cue says which and why.
 */
export const cuesStage = defineStage({
  name: 'cues',
  version: '3',
  needs: ['probe', 'shots', 'sound'],
  settings: ({ subtitles, transcription, pulled }) => ({
    subtitles: subtitles && { sha256: subtitles.sha256, language: languageInName(subtitles.path) },
    transcription: transcription && { url: transcription.url, model: transcription.model },
    whisper: pulled?.TRANSCRIBE,
  }),
  run: async (context, read): Promise<CuesFinding> => {
    const { subtitles } = context.settings;
    if (subtitles) {
      const { cues, gaps } = await readSubtitleFile(subtitles.path, read.probe.durationMs);
      return describeCues(cues, [...gaps, ...misfit(cues, read.sound.speech)]);
    }
    const stream = await readTextStream(context, read.probe);
    const gaps = stream.failures.map(unreadableStream);
    if (stream.cues.length > 0) return describeCues(stream.cues, [...gaps, ...misfit(stream.cues, read.sound.speech)]);
    const { cues, sceneTexts } = await readBurnedInCues(context, read);
    if (cues.length > 0) return { ...describeCues(withLanguage(cues.flatMap(bySpeaker)), gaps), sceneTexts };
    return { ...(await transcribe(context, read, gaps)), sceneTexts };
  },
});

type Read = Pick<Findings, 'probe' | 'sound'>;

async function transcribe(context: StageContext, read: Read, gaps: readonly Gap[]): Promise<CuesFinding> {
  if (read.sound.speech.length === 0) return describeCues([], gaps);
  const listener = openListener(context);
  if (!listener) return describeCues([], [...gaps, noListener(read)]);
  const { cues, failure } = await readTranscript(context, read, listener);
  const found = describeCues(withLanguage(cues), failure ? [...gaps, failure] : gaps);
  return failure ? { ...found, passing: true } : found;
}

const sourceNames = {
  FILE: 'the given subtitle file',
  STREAM: 'a text stream of the film',
  BURNED_IN: 'subtitles on the picture',
  TRANSCRIPT: 'a transcript of the speech',
} as const;

function describeCues(cues: readonly FoundCue[], gaps: readonly Gap[]): CuesFinding {
  const [first] = cues;
  const summary = first ? `${cues.length} cues from ${sourceNames[first.source]}.` : 'No cues.';
  return { cues, sceneTexts: [], gaps, summary };
}

/** A cue read off the picture, one for each speaker that it names, with why it was read there. */
function bySpeaker(cue: FoundCue): FoundCue[] {
  const why = 'Read off the picture: there is no subtitle file and no text stream';
  const evidence = cue.evidence.map((each) => ({ ...each, note: [each.note, why].filter(Boolean).join('. ') }));
  return speakersOf(cue.text).map((spoken) => ({ ...cue, ...spoken, evidence }));
}

/** Cues whose source does not name their language get it from their script, where that leaves no doubt. */
function withLanguage(cues: readonly FoundCue[]): FoundCue[] {
  const language = languageOfScript(cues.map(({ text }) => text).join('\n'));
  return cues.map((cue) => (cue.language === undefined && language !== undefined ? { ...cue, language } : cue));
}

/** Subtitles whose time is spoken for less than this belong to another film, or are shifted. */
const leastSpoken = 0.25;
/** Less speech than this says nothing about the subtitles. */
const leastSpeechMs = 10_000;

function misfit(cues: readonly FoundCue[], speech: readonly FoundSpeech[]): Gap[] {
  const total = (intervals: readonly { startMs: number; endMs: number }[]) =>
    intervals.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  if (total(speech) < leastSpeechMs) return [];
  const spokenMs = cues.reduce(
    (sum, cue) => sum + speech.reduce((part, stretch) => part + overlapMs(cue, stretch), 0),
    0,
  );
  const share = spokenMs / Math.max(1, total(cues));
  if (share >= leastSpoken) return [];
  return [
    {
      stage: 'cues',
      missing: `Subtitles that fit: somebody speaks during only ${Math.round(share * 100)} % of their time.`,
      remedy: 'Give the subtitles of this version of the film with `fabula analyze FILM --subtitles FILE`.',
    },
  ];
}

const unreadableStream = (failure: string): Gap => ({
  stage: 'cues',
  missing: failure,
  remedy: 'Give the subtitles as a file with `fabula analyze FILM --subtitles FILE`.',
});

function noListener({ probe, sound }: Read): Gap {
  const spokenMs = sound.speech.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0);
  const pictures = probe.subtitles.some(({ text }) => !text)
    ? ' Its subtitle streams hold pictures, which are not read.'
    : '';
  return {
    stage: 'cues',
    missing: `The words of ${(spokenMs / 1000).toFixed(0)} s of speech: the film has no readable subtitles, and nothing here can transcribe.${pictures}`,
    remedy:
      'Run `fabula analyze FILM --subtitles FILE`, or `FABULA_LLM_URL=http://HOST/v1 fabula analyze FILM` with an endpoint that transcribes.',
  };
}
