/** Asks an OpenAI-compatible endpoint what is said in a recording (POST /audio/transcriptions). */
import { z } from 'zod';
import { encodeWav } from '../media/wav.js';
import { askEndpoint, type LlmEndpoint } from './endpoint.js';

export interface HeardSegment {
  /** From the recording's start. */
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
  /** 0…1; absent where the model does not say. */
  readonly confidence?: number;
}

export interface Heard {
  /** As the model names it: a tag (`en`) or a word (`english`). */
  readonly language?: string;
  readonly segments: readonly HeardSegment[];
}

const answerSchema = z.object({
  text: z.string().optional(),
  language: z.string().nullish(),
  segments: z
    .array(
      z.object({
        start: z.number(),
        end: z.number(),
        text: z.string(),
        avg_logprob: z.number().nullish(),
        no_speech_prob: z.number().nullish(),
      }),
    )
    .nullish(),
});

/** What is said in a mono recording, with times inside it. REMOTE_FAILED with the reason, CANCELLED. */
export async function transcribeRemotely(
  samples: Float32Array,
  sampleRate: number,
  endpoint: LlmEndpoint,
  signal: AbortSignal,
): Promise<Heard> {
  const form = new FormData();
  form.set('file', new Blob([encodeWav(samples, sampleRate)], { type: 'audio/wav' }), 'speech.wav');
  form.set('model', endpoint.model);
  form.set('response_format', 'verbose_json');
  form.set('timestamp_granularities[]', 'segment');
  form.set('temperature', '0');
  const answer = await askEndpoint(endpoint, {
    ...{ path: 'audio/transcriptions', body: form, what: 'transcription', signal },
    parse: (body) => answerSchema.parse(JSON.parse(body)),
  });
  return readAnswer(answer, Math.round((samples.length / sampleRate) * 1000));
}

/** Segments in order, with times that lie inside the recording; an answer without segments is one segment. */
function readAnswer({ text, language, segments }: z.infer<typeof answerSchema>, lengthMs: number): Heard {
  const found = segments ?? (text === undefined ? [] : [{ start: 0, end: lengthMs / 1000, text }]);
  return {
    ...(language && { language }),
    segments: found
      .map(({ start, end, text: words, ...measured }) => ({
        startMs: Math.max(0, Math.round(start * 1000)),
        endMs: Math.min(lengthMs, Math.round(end * 1000)),
        text: words.trim(),
        ...confidenceOf(measured),
      }))
      .filter((segment) => segment.text !== '' && segment.endMs > segment.startMs && segment.confidence !== 0)
      .sort((one, other) => one.startMs - other.startMs),
  };
}

/** Whisper's own measure of silence: words that it makes up where nobody speaks count for nothing. */
function confidenceOf(measured: { avg_logprob?: number | null; no_speech_prob?: number | null }): {
  confidence?: number;
} {
  const { avg_logprob: logProbability, no_speech_prob: silence } = measured;
  if (logProbability === null || logProbability === undefined) return {};
  if (silence !== null && silence !== undefined && silence > 0.6 && logProbability < -1) return { confidence: 0 };
  return { confidence: Math.round(Math.exp(Math.min(0, logProbability)) * 1000) / 1000 };
}
