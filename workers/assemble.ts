/** Puts what the stages found together into one episode's Narrative: ids, references, provenance. Pure. */
import type { Episode, MediaReference } from '../schema/episode.js';
import { emptyNarrative, type Narrative } from '../schema/narrative.js';
import { makeCues, makeEvents, makeSpeech } from './assembly/cues-and-events.js';
import { clipToFilm, runningAt } from './assembly/in-time.js';
import { readLanguage } from './assembly/language.js';
import { withMainSubjects } from './assembly/main-subjects.js';
import { known, nodeMaker, provenanceOf } from './assembly/node-maker.js';
import { makePeople } from './assembly/people.js';
import { makeSceneTexts } from './assembly/scene-texts.js';
import { makeKeyframes, makeScenes, makeShots, makeSignals } from './assembly/scenes-and-shots.js';
import type { Findings, StageName } from './findings.js';

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
