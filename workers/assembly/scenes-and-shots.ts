/** Scenes, shots, keyframes and the film's signals as nodes. Pure. */
import type { Keyframe } from '../../schema/keyframe.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SignalTrack } from '../../schema/signal-track.js';
import type { Findings } from '../findings.js';
import { inOrder, runningAt } from './in-time.js';
import { known, type NodeMaker } from './node-maker.js';

export const makeScenes = ({ scenes }: Findings, make: NodeMaker): Scene[] =>
  inOrder(scenes.scenes).map((found, index) => ({
    ...make('Scene', 'scenes', found.startMs, found),
    ordinal: index + 1,
    startMs: found.startMs,
    endMs: found.endMs,
    setting: found.setting,
  }));

export const makeShots = ({ shots }: Findings, scenes: readonly Scene[], make: NodeMaker): Shot[] =>
  inOrder(shots.shots).map((found, index) => ({
    ...make('Shot', 'shots', found.startMs, found),
    sceneId: runningAt(scenes, found.startMs).id,
    ordinal: index + 1,
    startMs: found.startMs,
    endMs: found.endMs,
    transition: found.transition,
    mainSubjectIds: [],
  }));

export const makeKeyframes = ({ keyframes }: Findings, shots: readonly Shot[], make: NodeMaker): Keyframe[] =>
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

export function makeSignals({ shots, sound }: Findings, make: NodeMaker): SignalTrack[] {
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
