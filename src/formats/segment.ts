/** Stretches of scripts as training loops send them: events in the words of OmniScript JSON, or in ours. */
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import type { ComparableEvent } from '../narrative/evaluation/comparable-script.js';
import { latestMs, readTimestamp } from './omniscript/timestamp.js';
import { locateJson } from './repair/json-in-prose.js';
import { lastEventMs } from './script/place-in-time.js';

/** What one segment may hold. */
export const segmentLimits = { events: 500, textLength: 10_000 } as const;

/** Of a text in which JSON is looked for, in UTF-16 units: looking takes longer than reading. */
const longestWrapped = 300_000;

const text = z.string().max(segmentLimits.textLength).nullish();
const moment = z.number().int().min(0).max(latestMs);
const eventSchema = z.object({
  startMs: moment.optional(),
  endMs: moment.optional(),
  timestamp: z.union([z.string().max(20), z.number()]).optional(),
  character: text,
  dialogue: text,
  action: text,
  expression: text,
  audioCue: text,
  audio_cue: text,
});
const eventsSchema = z.array(eventSchema).max(segmentLimits.events);
const segmentSchema = z.union([
  eventsSchema,
  z.object({ events: eventsSchema }),
  z.object({ script: z.array(z.object({ events: eventsSchema })).max(segmentLimits.events) }),
]);

/**
 * The events of a segment: a list of them, an object with `events`, a whole `script` of scenes, or any of these as JSON
 * text. Each has `timestamp` (`MM:SS`, `HH:MM:SS`, seconds) or `startMs`, and lasts to its `endMs`, else to the next
 * start, else to the segment's end. INVALID_INPUT says where the value does not fit.
 */
export function readSegment(value: unknown, segmentEndMs?: number): ComparableEvent[] {
  const read = segmentSchema.safeParse(typeof value === 'string' ? parseJson(value) : value);
  if (!read.success) throw unfit(read.error);
  const events = eventsIn(read.data);
  if (events.length > segmentLimits.events)
    throw new FabulaError('INVALID_INPUT', `The segment holds more than ${segmentLimits.events} events.`);
  const starts = events.map(({ startMs, timestamp }, n) => startMs ?? startOf(timestamp, n));
  const sorted = starts.toSorted((a, b) => a - b);
  return events.map(({ endMs, audioCue, audio_cue, character, dialogue, action, expression }, n) => {
    const startMs = starts[n] as number;
    const nextMs =
      sorted.find((other) => other > startMs) ?? Math.max(startMs + 1, segmentEndMs ?? startMs + lastEventMs);
    return {
      startMs,
      endMs: Math.max(startMs + 1, endMs ?? nextMs),
      hasExplicitEnd: endMs !== undefined,
      ...given({ character, dialogue, action, expression, audioCue: audioCue ?? audio_cue }),
    };
  });
}

function eventsIn(segment: z.infer<typeof segmentSchema>) {
  if (Array.isArray(segment)) return segment;
  return 'events' in segment ? segment.events : segment.script.flatMap(({ events }) => events);
}

/** Thoughts, fences and greetings around it do not matter; JSON that is broken is none. */
function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch (error) {
    const { at, end } = (value.length <= longestWrapped && locateJson(value)) || { at: 0, end: 0 };
    try {
      return JSON.parse(value.slice(at, end));
    } catch {
      throw new FabulaError('INVALID_INPUT', 'The segment is text, but no JSON.', undefined, { cause: error });
    }
  }
}

function given<Field extends string>(fields: Readonly<Record<Field, string | null | undefined>>) {
  const held = Object.entries<string | null | undefined>(fields).filter(([, value]) => value);
  return Object.fromEntries(held) as Partial<Record<Field, string>>;
}

function startOf(timestamp: string | number | undefined, n: number): number {
  if (timestamp === undefined) throw new FabulaError('INVALID_INPUT', `events[${n}] says no start.`, timestampHint);
  const { startMs } = readTimestamp(timestamp) ?? {};
  if (startMs !== undefined) return startMs;
  throw new FabulaError('INVALID_INPUT', `events[${n}].timestamp is no time of a film.`, timestampHint);
}

const timestampHint = 'Give startMs in milliseconds, or a timestamp such as 01:23 or 00:01:23.';

function unfit(error: z.ZodError): FabulaError {
  // Of a union, whichever reading came farthest says what is wrong.
  const [issue] = error.issues.flatMap((each) =>
    each.code === 'invalid_union'
      ? each.errors
          .toSorted((a, b) => depth(b) - depth(a))
          .flat()
          .slice(0, 1)
      : [each],
  );
  const path = issue?.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('') ?? '';
  return new FabulaError(
    'INVALID_INPUT',
    `${path.replace(/^\./, '') || 'The segment'} does not fit: ${issue?.message ?? 'it is no list of events'}.`,
  );
}

const depth = (issues: readonly z.core.$ZodIssue[]) => Math.max(0, ...issues.map(({ path }) => path.length));
