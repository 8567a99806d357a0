/** Lays a script's words and speakers over the cues and lines of a narrative. */
import type { Cue } from '../../../schema/cue.js';
import type { Event } from '../../../schema/event.js';
import type { Narrative } from '../../../schema/narrative.js';
import { correctField } from '../correct-field.js';
import { commonGrams } from '../evaluation/lexical-similarity.js';
import { isDense } from '../evaluation/normal-text.js';
import { freeIds } from '../free-ids.js';
import { overlapMs } from '../intervals.js';
import type { Alignment, LaidCue } from './alignment.js';
import { alignment as made, rounded, scriptName, sourceOf, withNote, wordsWin } from './by-alignment.js';
import type { FoundCue } from './find-laid.js';
import { withRows } from './own-rows.js';
import type { ScriptSpeaker } from './script-line.js';
import { unitReader } from './units.js';

/** What one speaker says on one cue. */
export interface Spoken {
  readonly speaker?: ScriptSpeaker;
  readonly text: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Line numbers of the script, from 1. */
  readonly lines: readonly number[];
}

/** The parts of a cue, neighbours by one speaker together. */
export function spokenOn({ parts }: LaidCue, { lines }: Alignment): Spoken[] {
  const spoken: Spoken[] = [];
  for (const { line, text, startMs, endMs } of parts) {
    const speaker = lines[line]?.speaker;
    const last = spoken.at(-1);
    if (last && last.speaker?.name === speaker?.name)
      spoken[spoken.length - 1] = {
        ...last,
        ...{ text: joinWords(last.text, text), endMs, lines: [...last.lines, line + 1] },
      };
    else spoken.push({ ...(speaker && { speaker }), text, startMs, endMs, lines: [line + 1] });
  }
  return spoken;
}

const joinWords = (one: string, other: string) =>
  isDense(one.at(-1) ?? '') && isDense(other.at(0) ?? '') ? one + other : `${one} ${other}`;

/** The events that rest on each cue, in order of time. */
export const eventsByCue = ({ events }: Narrative): Map<string, Event[]> => {
  const byCue = new Map<string, Event[]>();
  for (const event of events)
    for (const cueId of new Set(event.provenance.evidence.map((each) => each.nodeId)))
      if (cueId !== undefined) byCue.set(cueId, [...(byCue.get(cueId) ?? []), event]);
  return byCue;
};

/** The cue with the script's words and speaker; what was read is kept beside them. */
export function laidCue({ cue, laid }: FoundCue, spoken: readonly Spoken[], alignment: Alignment): Cue {
  const [first, ...others] = spoken;
  if (!first) return cue;
  const source = sourceOf(laid.similarity);
  const text = others.length > 0 ? spoken.map((each) => `- ${each.text}`).join('\n') : first.text;
  const name = others.length === 0 ? first.speaker?.name : undefined;
  const worded = saying(cue, 'text', withRows(cue.text, laid.compared ?? cue.text, text), laid.similarity);
  const tagged =
    name === undefined || name === cue.speakerTag ? worded : correctField(worded, cue, 'speakerTag', name, source);
  return tagged === cue ? cue : withNote(tagged, noteOf(spoken, laid.similarity, alignment));
}

/** The node with the script's words, or, where they are too unlike, with these among the other readings. */
function saying<Node extends Cue | Event>(
  node: Node,
  field: 'text' | 'dialogue',
  text: string,
  similarity: number,
): Node {
  const read = (node as unknown as Readonly<Record<string, unknown>>)[field];
  if (read === text) return node;
  const source = sourceOf(similarity);
  if (similarity >= wordsWin) return correctField(node, node, field, text, source);
  const reading = { field, value: text, ...source };
  return { ...node, provenance: { ...node.provenance, otherReadings: [...node.provenance.otherReadings, reading] } };
}

const noteOf = (spoken: readonly Spoken[], similarity: number, alignment: Alignment) =>
  `${spoken.flatMap(({ lines }) => lines).length > 1 ? 'Lines' : 'Line'} ${spoken.flatMap(({ lines }) => lines).join(', ')} of ${scriptName(alignment)}; ${Math.round(similarity * 100)} % alike.`;

/** A line's new words and speaker; `event` is absent where the film has none for it yet. */
export interface LaidLine {
  readonly event: Event;
  readonly isNew: boolean;
}

/**
 * The lines of one cue as the script has them: one event a speaker where the film had fewer, each with its words and
 * who says them. Where the film told more speakers apart than the script, they keep their words.
 */
export function laidLines(
  { cue, laid }: FoundCue,
  spoken: readonly Spoken[],
  events: readonly Event[],
  alignment: Alignment,
  personIdOf: (name: string) => string | undefined,
  make: (startMs: number, endMs: number) => Event,
): LaidLine[] {
  if (events.some(({ type }) => type !== 'LINE')) return [];
  const read = unitReader();
  const isSame = events.length === spoken.length;
  const speak = (event: Event, { speaker, text }: Spoken, withWords: boolean): Event => {
    const worded = withWords ? saying(event, 'dialogue', text, laid.similarity) : event;
    const personId = speaker && personIdOf(speaker.name);
    const source = sourceOf(laid.similarity);
    const named =
      personId && personId !== event.personId ? correctField(worded, event, 'personId', personId, source) : worded;
    const { voiceType } = speaker ?? {};
    const voiced =
      voiceType && voiceType !== event.voiceType ? correctField(named, event, 'voiceType', voiceType, source) : named;
    return voiced === event ? event : withNote(voiced, noteOf(spoken, laid.similarity, alignment));
  };
  if (events.length > spoken.length)
    return events.map((event) => {
      const own = read(event.dialogue ?? '');
      const shared = (text: string) => commonGrams(own ?? new Float64Array(), read(text) ?? new Float64Array());
      const best = spoken.toSorted((a, b) => shared(b.text) - shared(a.text))[0];
      return { event: best ? speak(event, best, false) : event, isNew: false };
    });
  return spoken.map((each, n) => {
    const held = events[n];
    const event = held ?? fromCue(make(each.startMs, each.endMs), cue, laid.similarity);
    // Where one line becomes two, each gets its share of the time.
    const timed =
      isSame || !held ? event : { ...event, startMs: each.startMs, endMs: Math.max(each.endMs, each.startMs + 1) };
    return { event: speak(timed, each, true), isNew: !held };
  });
}

const fromCue = (event: Event, { id, startMs, endMs }: Cue, similarity: number): Event => ({
  ...event,
  provenance: {
    ...{ by: made.by, version: made.version, confidence: rounded(similarity), otherReadings: [] },
    evidence: [{ startMs, endMs, nodeId: id }],
  },
});

/** Makes events of a narrative, with ids that are free. */
export function eventMaker({ episode, scenes, shots, events }: Narrative): (startMs: number, endMs: number) => Event {
  const freeId = freeIds(episode.id, events);
  return (startMs, endMs) => {
    const id = freeId('event', startMs);
    const end = Math.min(Math.max(endMs, startMs + 1), episode.durationMs);
    const scene = scenes.findLast((each) => each.startMs <= startMs) ?? scenes[0];
    return {
      ...{ id, kind: 'Event', episodeId: episode.id, ordinal: 1, type: 'LINE', startMs, endMs: end, targetIds: [] },
      provenance: { by: made.by, version: made.version, confidence: 0, evidence: [], otherReadings: [] },
      sceneId: scene?.id ?? '',
      shotIds: shots.filter((shot) => overlapMs(shot, { startMs, endMs: end }) > 0).map((shot) => shot.id),
    };
  };
}
