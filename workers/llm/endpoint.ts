/** One request to an endpoint that speaks the OpenAI protocol, with time-outs and other tries. */
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';

export interface LlmEndpoint {
  /** Up to and including the version, e.g. `http://localhost:8000/v1`. */
  readonly url: string;
  readonly key?: string;
  readonly model: string;
  /** One request is given up after this. */
  readonly timeoutMs?: number;
  /** Wait before the second try; doubled before each further one. */
  readonly backOffMs?: number;
}

export interface LlmRequest<Answer> {
  /** Under the endpoint's address, e.g. `chat/completions`. */
  readonly path: string;
  /** A form is sent as such, anything else as JSON. */
  readonly body: FormData | object;
  /** Throws at what is no answer; it is asked for again then. */
  readonly parse: (body: string) => Answer;
  /** What the endpoint is for, and what its answer should have been: `transcription`. */
  readonly what: string;
  readonly signal: AbortSignal;
}

const tries = 4;
const defaultTimeoutMs = 120_000;
const defaultBackOffMs = 1000;
/** What an endpoint asks to wait is honoured up to this. */
const longestWaitMs = 60_000;

/**
 * Asks until there is an answer. Busy and broken ones (429, 5xx, what `parse` throws at, no connection) are tried again
 * with growing pauses. REMOTE_FAILED with the reason, CANCELLED.
 */
export async function askEndpoint<Answer>(endpoint: LlmEndpoint, request: LlmRequest<Answer>): Promise<Answer> {
  const { what, signal } = request;
  let pauseMs = endpoint.backOffMs ?? defaultBackOffMs;
  for (let attempt = 1; ; attempt++) {
    const outcome = await ask(endpoint, request);
    if ('answer' in outcome) return outcome.answer;
    if (attempt === tries || !outcome.worthRetrying)
      throw new FabulaError('REMOTE_FAILED', `The ${what} endpoint failed: ${outcome.reason}.`, outcome.hint);
    await sleep(Math.min(longestWaitMs, outcome.waitMs ?? pauseMs), undefined, { signal }).catch(() => {
      throw cancelled();
    });
    pauseMs *= 2;
  }
}

type Outcome<Answer> =
  | { readonly answer: Answer }
  | { readonly reason: string; readonly hint?: string; readonly worthRetrying: boolean; readonly waitMs?: number };

async function ask<Answer>(
  { url, key, timeoutMs = defaultTimeoutMs }: LlmEndpoint,
  { path, body, parse, what, signal }: LlmRequest<Answer>,
): Promise<Outcome<Answer>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const isForm = body instanceof FormData;
  try {
    const response = await fetch(`${url.replace(/\/+$/, '')}/${path}`, {
      method: 'POST',
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(!isForm && { 'content-type': 'application/json' }),
      },
      body: isForm ? body : JSON.stringify(body),
      redirect: 'error',
      signal: AbortSignal.any([signal, timeout]),
    });
    const text = await response.text();
    if (!response.ok) return refusal(response, text);
    try {
      return { answer: parse(text) };
    } catch {
      return { reason: `its answer is no ${what}`, hint: 'Check FABULA_LLM_URL.', worthRetrying: true };
    }
  } catch (error) {
    if (signal.aborted) throw cancelled();
    if (timeout.aborted) return { reason: 'it did not answer in time', worthRetrying: true };
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    const code = cause instanceof Error && 'code' in cause ? ` (${String(cause.code)})` : '';
    return { reason: `it cannot be reached${code}`, hint: 'Check FABULA_LLM_URL.', worthRetrying: true };
  }
}

const errorSchema = z.object({ error: z.union([z.string(), z.object({ message: z.string() })]) });

function refusal(
  response: Response,
  body: string,
): { reason: string; hint?: string; worthRetrying: boolean; waitMs?: number } {
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

const cancelled = () => new FabulaError('CANCELLED', 'The work was cancelled.');
