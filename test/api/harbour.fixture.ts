/** A minute at a harbour: a small episode that can be read at a glance, with one node of most kinds. */
import { emptyNarrative, type Narrative } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Provenance } from '../../schema/provenance.js';
import type { Shot } from '../../schema/shot.js';
import { analysePresence } from '../../src/narrative/presence/presence.js';

const provenance: Provenance = { by: 'test', version: '1', confidence: 0.9, evidence: [], otherReadings: [] };

/** Content hashes of pictures that `api.fixture.ts` lays down, or that are not there. */
export const keyframeImage = 'aa'.repeat(32);
export const missingImage = 'bb'.repeat(32);

export function harbour(
  id = 'harbour',
  film = { root: 'films', path: 'harbour.mp4', sha256: 'cc'.repeat(32) },
): Narrative {
  const node = <Kind extends NarrativeNode['kind']>(kind: Kind, name: string) => ({
    id: `${id}:${name}`,
    kind,
    episodeId: id,
    provenance,
  });
  const shot = (ordinal: number, startMs: number, endMs: number, scene: 1 | 2): Shot => ({
    ...node('Shot', `shot${ordinal}`),
    ordinal,
    startMs,
    endMs,
    sceneId: `${id}:scene${scene}`,
    transition: ordinal === 1 ? 'START' : 'CUT',
    mainSubjectIds: ordinal === 2 ? [`${id}:mara`] : [],
  });
  const cue = (number: number, startMs: number, endMs: number, text: string, speakerTag?: string) => ({
    ...node('Cue', `cue${number}`),
    startMs,
    endMs,
    text,
    source: 'BURNED_IN' as const,
    ...(speakerTag && { speakerTag }),
  });
  const person = (name: string, screenTimeMs: number, lineCount: number) => ({
    ...node('Person', name.toLowerCase()),
    name,
    aliases: [],
    provisional: false,
    screenTimeMs,
    lineCount,
  });
  return analysePresence({
    ...emptyNarrative({
      ...node('Episode', ''),
      id,
      title: 'The harbour',
      source: 'FILM',
      media: film,
      durationMs: 60_000,
      frameRate: 25,
      width: 640,
      height: 360,
      contactSheetId: keyframeImage,
      report: {
        stages: [{ name: 'shots', version: '1', summary: '4 shots.' }],
        gaps: [{ stage: 'cues', missing: 'The language.', remedy: 'fabula models pull' }],
      },
    }),
    scenes: [
      { ...node('Scene', 'scene1'), ordinal: 1, startMs: 0, endMs: 30_000, setting: 'EXT', location: 'the quay' },
      { ...node('Scene', 'scene2'), ordinal: 2, startMs: 30_000, endMs: 60_000, setting: 'INT', location: 'an office' },
    ],
    shots: [shot(1, 0, 12_000, 1), shot(2, 12_000, 30_000, 1), shot(3, 30_000, 31_000, 2), shot(4, 31_000, 60_000, 2)],
    keyframes: [
      {
        ...node('Keyframe', 'keyframe1'),
        shotId: `${id}:shot1`,
        atMs: 6_000,
        imageId: keyframeImage,
        sharpness: 80,
        valid: true,
      },
      {
        ...node('Keyframe', 'keyframe2'),
        shotId: `${id}:shot2`,
        atMs: 13_000,
        imageId: missingImage,
        sharpness: 1,
        valid: false,
        rejection: 'BLUR',
      },
    ],
    persons: [person('Mara', 20_000, 2), person('Okafor', 10_000, 1)],
    appearances: [
      {
        ...node('Appearance', 'appearance1'),
        personId: `${id}:mara`,
        shotId: `${id}:shot2`,
        startMs: 12_000,
        endMs: 20_000,
        atMs: 13_000,
        faceBox: { x: 0.4, y: 0.1, width: 0.2, height: 0.3 },
        positionCm: { x: 10, y: 160, z: -20 },
        vad: { valence: -0.5, arousal: 0.7, dominance: 0.1 },
      },
    ],
    embeddings: [
      { ...node('IdentityEmbedding', 'face1'), appearanceId: `${id}:appearance1`, vector: [0.123456, 0.654321] },
    ],
    objects: [{ ...node('StoryObject', 'crate'), name: 'a crate', shotId: `${id}:shot1` }],
    speech: [
      { ...node('SpeechInterval', 'speech1'), startMs: 11_000, endMs: 15_000 },
      { ...node('SpeechInterval', 'speech2'), startMs: 40_000, endMs: 44_000 },
    ],
    cues: [
      cue(1, 11_000, 15_000, 'The ship leaves at dawn.', 'MARA'),
      cue(2, 40_000, 42_000, '富贵险中求', 'OKAFOR'),
      cue(3, 42_000, 44_000, 'Then we leave tonight.', 'MARA'),
    ],
    signals: [
      { ...node('SignalTrack', 'light'), name: 'LIGHT', stepMs: 1000, unit: 'mean luma 0…255', values: [16, 120.5] },
      { ...node('SignalTrack', 'motion'), name: 'MOTION', stepMs: 1000, unit: 'mean |Δluma|', values: [0, 3] },
    ],
    events: [
      {
        ...node('Event', 'event1'),
        ordinal: 1,
        type: 'LINE',
        startMs: 11_000,
        endMs: 15_000,
        sceneId: `${id}:scene1`,
        shotIds: [`${id}:shot1`, `${id}:shot2`],
        personId: `${id}:mara`,
        targetIds: [`${id}:okafor`],
        dialogue: 'The ship leaves at dawn.',
      },
      {
        ...node('Event', 'event2'),
        ordinal: 2,
        type: 'SILENCE',
        startMs: 45_000,
        endMs: 60_000,
        sceneId: `${id}:scene2`,
        shotIds: [`${id}:shot4`],
        targetIds: [],
        provenance: { ...provenance, evidence: [{ startMs: 45_000, endMs: 60_000, nodeId: `${id}:scene2` }] },
      },
    ],
    relationships: [
      {
        ...node('Relationship', 'crew'),
        fromId: `${id}:mara`,
        toId: `${id}:okafor`,
        startMs: 0,
        endMs: 31_000,
        relation: 'captain',
        polarity: 0.5,
        strength: 0.8,
        explicit: true,
      },
    ],
    highlights: [
      {
        ...node('Highlight', 'departure'),
        startMs: 12_000,
        endMs: 31_000,
        type: 'REVELATION',
        score: 7.5,
        reasoning: { text: 'The ship leaves.' },
        contributions: [{ term: 'dialogue', share: 1 }],
        setupEventIds: [`${id}:event1`],
      },
    ],
  });
}

/** An episode of many even shots of a second, each with a line, in scenes of ten shots. */
export function longEpisode(shotCount: number, id = 'long'): Narrative {
  const { episode } = harbour(id, { root: 'films', path: `${id}.mp4`, sha256: 'dd'.repeat(32) });
  const node = <Kind extends NarrativeNode['kind']>(kind: Kind, index: number) => ({
    id: `${id}:${kind.toLowerCase()}:${index}`,
    kind,
    episodeId: id,
    provenance,
  });
  const each = <Made>(count: number, make: (index: number) => Made) => Array.from({ length: count }, (_, i) => make(i));
  const span = (index: number, lengthMs: number) => ({
    startMs: index * lengthMs,
    endMs: Math.min((index + 1) * lengthMs, shotCount * 1000),
  });
  return {
    ...emptyNarrative({ ...episode, title: 'A long day', durationMs: shotCount * 1000 }),
    scenes: each(Math.ceil(shotCount / 10), (index) => ({
      ...node('Scene', index),
      ordinal: index + 1,
      ...span(index, 10_000),
      setting: 'UNKNOWN',
    })),
    shots: each(shotCount, (index) => ({
      ...node('Shot', index),
      ordinal: index + 1,
      ...span(index, 1000),
      sceneId: `${id}:scene:${Math.floor(index / 10)}`,
      transition: index === 0 ? 'START' : 'CUT',
      mainSubjectIds: [],
    })),
    cues: each(shotCount, (index) => ({
      ...node('Cue', index),
      ...span(index, 1000),
      text: `Line ${index} of the day`,
      source: 'FILE',
    })),
    speech: each(shotCount, (index) => ({ ...node('SpeechInterval', index), ...span(index, 1000) })),
    events: each(shotCount, (index) => ({
      ...node('Event', index),
      ...span(index, 1000),
      ordinal: index + 1,
      type: 'LINE',
      sceneId: `${id}:scene:${Math.floor(index / 10)}`,
      shotIds: [`${id}:shot:${index}`],
      personId: `${id}:person:${index}`,
      targetIds: [],
      dialogue: `Line ${index} of the day`,
    })),
    persons: each(shotCount, (index) => ({
      ...node('Person', index),
      name: `Extra ${index}`,
      aliases: [],
      provisional: false,
      // Many share one screen time, so that paging must break ties.
      screenTimeMs: (index % 3) * 1000,
      lineCount: 0,
    })),
  };
}
