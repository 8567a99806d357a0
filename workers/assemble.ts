/** Puts what the stages found together into one episode's Narrative: ids, references, provenance. Pure. */
import type { Cue } from '../schema/cue.js';
import type { Episode, MediaReference } from '../schema/episode.js';
import { FabulaError } from '../schema/errors.js';
import type { Event } from '../schema/event.js';
import type { Keyframe } from '../schema/keyframe.js';
import { emptyNarrative, type Narrative } from '../schema/narrative.js';
import type { Scene } from '../schema/scene.js';
import type { Shot } from '../schema/shot.js';
import type { SignalTrack } from '../schema/signal-track.js';
import type { SpeechInterval } from '../schema/speech-interval.js';
import { readSpeaker } from '../src/formats/speaker.js';
import { type Interval, overlapMs } from '../src/narrative/intervals.js';
import { readLanguage } from './assembly/language.js';
import { withMainSubjects } from './assembly/main-subjects.js';
import { known, type NodeMaker, nodeMaker, provenanceOf } from './assembly/node-maker.js';
import { makePeople } from './assembly/people.js';
import { personsFromTags } from './assembly/persons.js';
import { makeSceneTexts } from './assembly/scene-texts.js';
import type { Findings, FoundEvent, StageName } from './findings.js';

export interface Assembly {
  readonly episodeId: string;
  readonly seriesId?: string;
  /** Place in the series, from 1. */
  readonly ordinal?: number;
  readonly title: string;
  readonly media?: MediaReference;
  readonly findings: Findings;
  /** The stages that ran, in their order, with the versions that provenance names. */
  readonly stages: readonly { readonly name: StageName; readonly version: string }[];
}

/**
 * The Narrative of all that was found, valid as long as the findings keep their contracts (scenes and shots tile the
 * film). Cues, speech and events that reach past the film are cut off at its end.
 */
export function assembleNarrative(assembly: Assembly): Narrative {
  const { findings, episodeId, stages } = assembly;
  const make = nodeMaker(episodeId, stages);
  const episode = makeEpisode(assembly);
  const scenes = makeScenes(findings, make);
  const shots = makeShots(findings, scenes, make);
  const { cues, cueIds } = makeCues(findings, episode.durationMs, make);
  const shotAt = (atMs: number) => runningAt(shots, atMs);
  const told = makeEvents(clipToFilm(findings.events.events, episode.durationMs), scenes, shots, cueIds, make);
  const texts = makeSceneTexts(clipToFilm(findings.cues.sceneTexts, episode.durationMs), shotAt, make);
  const seen = makePeople(findings, shotAt, make);
  return {
    ...emptyNarrative(episode),
    scenes,
    shots: withMainSubjects(shots, seen.appearances),
    keyframes: makeKeyframes(findings, shots, make),
    speech: makeSpeech(findings, episode.durationMs, make),
    objects: [...texts, ...seen.objects],
    cues,
    signals: makeSignals(findings, make),
    events: told.events,
    persons: [...told.persons, ...seen.persons],
    appearances: seen.appearances,
    embeddings: seen.embeddings,
  };
}

function makeEpisode({ episodeId, seriesId, ordinal, title, media, findings, stages }: Assembly): Episode {
  const { probe, shots, keyframes, cues } = findings;
  const probeVersion = stages.find(({ name }) => name === 'probe')?.version ?? 'unknown';
  const { language, otherReadings } = readLanguage(
    probe.audio?.language,
    cues.cues.map((cue) => cue.language),
  );
  return known<Episode>({
    id: episodeId,
    kind: 'Episode',
    episodeId,
    provenance: provenanceOf('probe', probeVersion, { confidence: 1, evidence: [], otherReadings }),
    seriesId,
    ordinal,
    source: 'FILM',
    title,
    media,
    durationMs: Math.max(probe.durationMs, shots.durationMs, ...shots.shots.slice(-1).map(({ endMs }) => endMs)),
    frameRate: probe.video.frameRate,
    width: probe.video.width,
    height: probe.video.height,
    language,
    contactSheetId: keyframes.contactSheetId || undefined,
    report: {
      stages: stages.map(({ name, version }) => ({ name, version, summary: findings[name].summary })),
      gaps: stages.flatMap(({ name }) => [...findings[name].gaps]),
    },
  });
}

const makeScenes = ({ scenes }: Findings, make: NodeMaker): Scene[] =>
  inOrder(scenes.scenes).map((found, index) => ({
    ...make('Scene', 'scenes', found.startMs, found),
    ordinal: index + 1,
    startMs: found.startMs,
    endMs: found.endMs,
    setting: found.setting,
  }));

const makeShots = ({ shots }: Findings, scenes: readonly Scene[], make: NodeMaker): Shot[] =>
  inOrder(shots.shots).map((found, index) => ({
    ...make('Shot', 'shots', found.startMs, found),
    sceneId: runningAt(scenes, found.startMs).id,
    ordinal: index + 1,
    startMs: found.startMs,
    endMs: found.endMs,
    transition: found.transition,
    mainSubjectIds: [],
  }));

const makeKeyframes = ({ keyframes }: Findings, shots: readonly Shot[], make: NodeMaker): Keyframe[] =>
  keyframes.keyframes
    .toSorted((a, b) => a.atMs - b.atMs)
    .map((found) =>
      known<Keyframe>({
        ...make('Keyframe', 'keyframes', found.atMs, found),
        shotId: runningAt(shots, found.shotStartMs).id,
        atMs: found.atMs,
        imageId: found.imageId,
        sharpness: found.sharpness,
        valid: found.valid,
        rejection: found.rejection,
      }),
    );

const makeSpeech = ({ sound }: Findings, durationMs: number, make: NodeMaker): SpeechInterval[] =>
  clipToFilm(sound.speech, durationMs).map((found) => ({
    ...make('SpeechInterval', 'sound', found.startMs, found),
    startMs: found.startMs,
    endMs: found.endMs,
  }));

function makeCues({ cues }: Findings, durationMs: number, make: NodeMaker) {
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

function makeSignals({ shots, sound }: Findings, make: NodeMaker): SignalTrack[] {
  const tracks = [
    ...shots.signals.map((track) => ({ stage: 'shots' as const, track })),
    ...(sound.loudness ? [{ stage: 'sound' as const, track: sound.loudness }] : []),
  ];
  return tracks.map(({ stage, track: { name, stepMs, unit, values } }) => ({
    ...make('SignalTrack', stage, 0, { confidence: 1, evidence: [] }),
    name,
    stepMs,
    unit,
    values: [...values],
  }));
}

/** Events, and the persons that their speaker tags name. */
function makeEvents(
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

/** The scene or shot that runs at a moment; the first one before the picture begins, the last one after its end. */
function runningAt<Node extends Interval>(nodes: readonly Node[], atMs: number): Node {
  const found = nodes.findLast(({ startMs }) => startMs <= atMs) ?? nodes[0];
  if (!found) throw new FabulaError('INVALID_NARRATIVE', 'The stages found no scene or no shot at all.');
  return found;
}

const inOrder = <Found extends Interval>(found: readonly Found[]): Found[] =>
  found.toSorted((a, b) => a.startMs - b.startMs || a.endMs - b.endMs);

/** In order of time, cut off where the film ends; what lies outside it altogether is left out. */
const clipToFilm = <Found extends Interval>(found: readonly Found[], durationMs: number): Found[] =>
  inOrder(
    found
      .map((one) => ({ ...one, startMs: Math.max(0, one.startMs), endMs: Math.min(one.endMs, durationMs) }))
      .filter(({ startMs, endMs }) => startMs < endMs),
  );
