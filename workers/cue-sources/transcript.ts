import { join } from 'node:path';
import type { Gap } from '../../schema/episode.js';
import { FabulaError } from '../../schema/errors.js';
import { languageTag } from '../../src/formats/language-tag.js';
import { type Interval, overlapMs } from '../../src/narrative/intervals.js';
import { chunkSpeech } from '../detectors/sound/speech-chunks.js';
import type { FoundCue, ProbeFinding, SoundFinding } from '../findings.js';
import { type Heard, transcribeRemotely } from '../llm/transcribe.js';
import { cutSamples, type SoundClip } from '../media/cut-samples.js';
import { readSamples } from '../media/samples.js';
import { sileroSampleRate as sampleRate } from '../models/host.js';
import type { StageContext } from '../stage.js';

/** Something that listens to at most half a minute of sound. */
interface Listener {
  /** For provenance, e.g. `whisper-1`. */
  readonly name: string;
  /** Trust in a segment whose model does not say how sure it is. */
  readonly confidence: number;
  readonly listen: (samples: Float32Array, language: string | undefined) => Promise<Heard>;
}

/** Segments that the speech intervals cover by less than this are made up: Whisper talks over music. */
const leastSpeech = 0.2;
/** So many chunks are listened to before the film's language counts as known. */
const languageVotes = 3;

/** Who can listen: the remote endpoint first, as the larger model, then a pulled Whisper; undefined when nobody can. */
export function openListener({ settings, models, modelsFolder, signal }: StageContext): Listener | undefined {
  const { transcription, pulled } = settings;
  if (transcription)
    return {
      name: transcription.model,
      confidence: 0.8,
      listen: (samples) => transcribeRemotely(samples, sampleRate, transcription, signal),
    };
  const whisper = pulled?.TRANSCRIBE;
  if (whisper) {
    const folder = join(modelsFolder, whisper.name);
    return {
      name: whisper.name,
      confidence: 0.7,
      listen: (samples, language) => models.call('whisper.transcribe', { samples, folder, language }, signal),
    };
  }
  return undefined;
}

/**
 * Cues of what is said where somebody speaks. A listener that fails ends the transcript there, with the reason in
 * `failure`; what was heard before it stays.
 */
export async function readTranscript(
  context: StageContext,
  { probe, sound }: { readonly probe: ProbeFinding; readonly sound: SoundFinding },
  listener: Listener,
): Promise<{ cues: FoundCue[]; failure?: Gap }> {
  if (!probe.audio) return { cues: [] };
  const lastSpokenMs = sound.speech.at(-1)?.endMs ?? 0;
  const chunks = chunkSpeech(sound.speech, sound.loudness?.values ?? [], Math.max(probe.durationMs, lastSpokenMs));
  const { film, signal } = context;
  const request = { path: film.path, streamIndex: probe.audio.index, sampleRate, blockLength: sampleRate, signal };
  const cues: FoundCue[] = [];
  const languages: string[] = [];
  const spoken = languageTag(probe.audio.language)?.split('-')[0];
  for await (const clip of cutSamples(readSamples(request), sampleRate, chunks))
    try {
      const known = spoken ?? (languages.length >= languageVotes ? mostFrequent(languages) : undefined);
      const heard = await listener.listen(clip.samples, known);
      const language = languageTag(heard.language);
      if (language !== undefined) languages.push(language);
      cues.push(...cuesOf(heard, clip, sound.speech, listener, language));
      context.progress(Math.min(1, clip.endMs / lastSpokenMs));
    } catch (error) {
      if (!(error instanceof FabulaError) || error.code === 'CANCELLED') throw error;
      return { cues, failure: failureGap(error, clip) };
    }
  return { cues };
}

function cuesOf(
  heard: Heard,
  clip: SoundClip,
  speech: readonly Interval[],
  by: Listener,
  language?: string,
): FoundCue[] {
  return heard.segments.flatMap((segment): FoundCue[] => {
    const startMs = clip.startMs + segment.startMs;
    const endMs = Math.min(clip.endMs, clip.startMs + segment.endMs);
    const spokenMs = speech.reduce((sum, stretch) => sum + overlapMs(stretch, { startMs, endMs }), 0);
    if (endMs <= startMs || spokenMs < leastSpeech * (endMs - startMs)) return [];
    const note = `Heard by ${by.name}: there is no subtitle file, text stream or burned-in subtitle`;
    return [
      {
        startMs,
        endMs,
        text: segment.text,
        source: 'TRANSCRIPT',
        ...(language !== undefined && { language }),
        confidence: segment.confidence ?? by.confidence,
        evidence: [{ startMs, endMs, note }],
      },
    ];
  });
}

function failureGap(error: FabulaError, { startMs }: Interval): Gap {
  const clock = `${Math.floor(startMs / 60_000)}:${String(Math.floor(startMs / 1000) % 60).padStart(2, '0')}`;
  return {
    stage: 'cues',
    missing: `A transcript from ${clock} on. ${error.message}`,
    remedy: error.hint ?? 'Analyse the film again when the endpoint answers.',
  };
}

function mostFrequent(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}
