/** What is said and heard: speech, cues, and events with the persons that they name, as nodes. Pure. */
import type { Cue } from '../../schema/cue.js';
import type { Event } from '../../schema/event.js';
import type { Narrative } from '../../schema/narrative.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import { readSpeaker } from '../../src/formats/speaker.js';
import { overlapMs } from '../../src/narrative/intervals.js';
import type { Findings, FoundEvent } from '../findings.js';
import { clipToFilm, runningAt } from './in-time.js';
import { known, type NodeMaker } from './node-maker.js';
import { personsFromTags } from './persons.js';

export const makeSpeech = ({ sound }: Findings, durationMs: number, make: NodeMaker): SpeechInterval[] =>
  clipToFilm(sound.speech, durationMs).map((found) => ({
    ...make('SpeechInterval', 'sound', found.startMs, found),
    startMs: found.startMs,
    endMs: found.endMs,
  }));

/** Cues, and their ids by their place in the finding. */
export function makeCues({ cues }: Findings, durationMs: number, make: NodeMaker) {
  const cueIds = new Map<number, string>();
  const numbered = cues.cues.map((found, index) => ({ ...found, index }));
  const nodes = clipToFilm(numbered, durationMs).map((found) => {
    const cue = known<Cue>({
      ...make('Cue', 'cues', found.startMs, found),
      startMs: found.startMs,
      endMs: found.endMs,
      text: found.text,
      source: found.source,
      language: found.language,
      speakerTag: found.speakerTag,
    });
    cueIds.set(found.index, cue.id);
    return cue;
  });
  return { cues: nodes, cueIds };
}

/** Events, and the persons that their speaker tags name. */
export function makeEvents(
  found: readonly FoundEvent[],
  scenes: readonly Scene[],
  shots: readonly Shot[],
  cueIds: ReadonlyMap<number, string>,
  make: NodeMaker,
): Pick<Narrative, 'events' | 'persons'> {
  const cueIdOf = ({ cue }: FoundEvent) => (cue === undefined ? undefined : cueIds.get(cue));
  const { persons, personOf } = personsFromTags(found, make, cueIdOf);
  const events = found.map((event, index) =>
    known<Event>({
      ...make('Event', 'events', event.startMs, withCue(event, cueIdOf(event))),
      ordinal: index + 1,
      type: event.type,
      startMs: event.startMs,
      endMs: event.endMs,
      sceneId: runningAt(scenes, event.startMs).id,
      shotIds: shots.filter((shot) => overlapMs(shot, event) > 0).map(({ id }) => id),
      personId: personOf(event)?.id,
      targetIds: [],
      dialogue: event.dialogue,
      voiceType: event.speakerTag === undefined ? undefined : readSpeaker(event.speakerTag)?.voiceType,
      audioCue: event.audioCue,
      description: event.description,
    }),
  );
  return { events, persons };
}

/** The event's grounds with its cue named beside the time that it was read from. */
function withCue(event: FoundEvent, cueId: string | undefined): FoundEvent {
  if (cueId === undefined) return event;
  const [first, ...rest] = event.evidence;
  return { ...event, evidence: [{ ...first, nodeId: cueId }, ...rest] };
}
