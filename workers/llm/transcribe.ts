/** Asks an OpenAI-compatible endpoint what is said in a recording (POST /audio/transcriptions). */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import { encodeWav } from '../media/wav.js';

export interface TranscriptionEndpoint {
  /** Up to and including the version, e.g. `http://localhost:8000/v1`. */
  readonly url: string;
  readonly key?: string;
  readonly model: string;
  /** One request is given up after this. */
  readonly timeoutMs?: number;
  /** Wait before the second try; doubled before each further one. */
  readonly backOffMs?: number;
}

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

const tries = 4;
const defaultTimeoutMs = 120_000;
const defaultBackOffMs = 1000;
/** What an endpoint asks to wait is honoured up to this. */
const longestWaitMs = 60_000;

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

/**
 * What is said in a mono recording, with times inside it. Busy and broken answers (429, 5xx, no or wrong JSON, no
 * connection) are tried again with growing pauses. REMOTE_FAILED with the reason, CANCELLED.
 */
export async function transcribeRemotely(
  samples: Float32Array,
  sampleRate: number,
  endpoint: TranscriptionEndpoint,
  signal: AbortSignal,
): Promise<Heard> {
  const lengthMs = Math.round((samples.length / sampleRate) * 1000);
  const file = new Blob([encodeWav(samples, sampleRate)], { type: 'audio/wav' });
  let pauseMs = endpoint.backOffMs ?? defaultBackOffMs;
  for (let attempt = 1; ; attempt++) {
    const outcome = await ask(file, endpoint, signal);
    if ('answer' in outcome) return readAnswer(outcome.answer, lengthMs);
    if (attempt === tries || !outcome.worthRetrying) throw remoteFailed(outcome.reason, outcome.hint);
    await sleep(Math.min(longestWaitMs, outcome.waitMs ?? pauseMs), undefined, { signal }).catch(() => {
      throw cancelled();
    });
    pauseMs *= 2;
  }
}

type Outcome =
  | { readonly answer: z.infer<typeof answerSchema> }
  | { readonly reason: string; readonly hint?: string; readonly worthRetrying: boolean; readonly waitMs?: number };

async function ask(file: Blob, endpoint: TranscriptionEndpoint, signal: AbortSignal): Promise<Outcome> {
  const timeout = AbortSignal.timeout(endpoint.timeoutMs ?? defaultTimeoutMs);
  const form = new FormData();
  form.set('file', file, 'speech.wav');
  form.set('model', endpoint.model);
  form.set('response_format', 'verbose_json');
  form.set('timestamp_granularities[]', 'segment');
  form.set('temperature', '0');
  try {
    const response = await fetch(`${endpoint.url.replace(/\/+$/, '')}/audio/transcriptions`, {
      method: 'POST',
      headers: endpoint.key === undefined ? {} : { authorization: `Bearer ${endpoint.key}` },
      body: form,
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    const body = await response.text();
    return response.ok ? parseAnswer(body) : refusal(response, body);
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (timeout.aborted) return { reason: 'it did not answer in time', worthRetrying: true };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    return { reason: `it cannot be reached${code}`, hint: 'Check FABULA_LLM_URL.', worthRetrying: true };
  }
}

function parseAnswer(body: string): Outcome {
  try {
    return { answer: answerSchema.parse(JSON.parse(body)) };
  } catch {
    return { reason: 'its answer is no transcription', hint: 'Check FABULA_LLM_URL.', worthRetrying: true };
  }
}

const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

function refusal(response: Response, body: string): Outcome {
  const { status } = response;
  const reason = [`it answered ${status}`, complaintIn(body)].filter(Boolean).join(': ');
  if (status === 401 || status === 403) return { reason, hint: 'Check FABULA_LLM_KEY.', worthRetrying: false };
  if (status === 404) return { reason, hint: 'Check FABULA_LLM_URL and the model’s name.', worthRetrying: false };
  const waitSeconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return {
    reason,
    worthRetrying: status === 408 || status === 409 || status === 429 || status >= 500,
    ...(waitSeconds >= 0 && { waitMs: waitSeconds * 1000 }),
  };
}

function complaintIn(body: string): string {
  try {
    const { error } = errorSchema.parse(JSON.parse(body));
    return (typeof error === 'string' ? error : error.message).slice(0, 200);
  } catch {
    return '';
  }
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

const remoteFailed = (reason: string, hint?: string) =>
  new FabulaError('REMOTE_FAILED', `The transcription endpoint failed: ${reason}.`, hint);

const cancelled = () => new FabulaError('CANCELLED', 'The work was cancelled.');
