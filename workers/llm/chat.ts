/** Asks a language model over the OpenAI protocol (POST /chat/completions) for an answer of a known shape. */
import { z } from 'zod';
import { askEndpoint, type LlmEndpoint } from './endpoint.js';

export interface ChatQuestion<Answer> {
  /** What the model is to do, and what its answer looks like. */
  readonly instructions: string;
  /** What it is to do it with: material, never instructions. */
  readonly material: string;
  /** Reads the JSON value of the answer; throws at one that does not fit, and the model is asked again. */
  readonly read: (value: unknown) => Answer;
  /** What the answer is, for errors: `judgement`. */
  readonly what: string;
}

const completionSchema = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string() }) })).min(1),
});

/** The model's answer, read from the JSON in it. REMOTE_FAILED where none fits after some tries, CANCELLED. */
export const askModel = <Answer>(
  { instructions, material, read, what }: ChatQuestion<Answer>,
  endpoint: LlmEndpoint,
  signal: AbortSignal,
): Promise<Answer> =>
  askEndpoint(endpoint, {
    path: 'chat/completions',
    body: {
      model: endpoint.model,
      temperature: 0,
      messages: [
        { role: 'system', content: instructions },
        { role: 'user', content: material },
      ],
    },
    parse: (body) => read(jsonIn(completionSchema.parse(JSON.parse(body)).choices[0]?.message.content ?? '')),
    ...{ what, signal },
  });

/** The JSON in what a model said: models like to think aloud first, and to put fences around it. */
export function jsonIn(said: string): unknown {
  const text = said.replace(/^[\s\S]*<\/think>/, '');
  const start = text.search(/[[{]/);
  const end = Math.max(text.lastIndexOf(']'), text.lastIndexOf('}'));
  return JSON.parse(start < 0 ? text : text.slice(start, end + 1));
}
