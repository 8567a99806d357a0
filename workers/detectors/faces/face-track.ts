import type { Interval } from '../../../src/narrative/intervals.js';
import type { FaceReading, FaceTrack } from '../../people-findings.js';
import { intersectionOverUnion } from '../non-maximum.js';
import type { PixelBox } from '../pixel-box.js';
import type { SeenFace } from './face-finder.js';
import type { HeadAngles } from './mesh-reading.js';
import { frameStepSeconds } from './sample-plan.js';

/** A face that is followed through a shot. */
export interface OpenTrack {
  last: SeenFace;
  lastMs: number;
  startMs: number;
  /** Sightings with a mesh that fits. */
  fits: number;
  /** How well the best of them does, 0…1. */
  bestFit: number;
  /** What the detector gave, each time it saw this face. */
  readonly scores: number[];
  /** What it looked like when it was last described. */
  embedded?: { readonly atMs: number; readonly angles: HeadAngles | undefined; readonly box: PixelBox };
  posedMs?: number;
  readonly readings: FaceReading[];
}

/** A face that is not seen for longer than this has left, in milliseconds. */
const lostAfterMs = 1600;
/** A face and the same one a moment later overlap by this much, or lie this near in face heights and are alike in size. */
const sameOverlap = 0.25;
const sameDistance = 0.6;
const sameSize = 1.6;
/** Of a face that the detector is not sure of, it must have been at least this sure, and a mesh fitted as well as this. */
const leastScore = 0.42;
const leastBestFit = 0.8;
/** The detector is sure from the first score on; without any mesh it takes several sightings of the higher one. */
const sureWithMesh = 0.7;
const sureWithoutMesh = 0.85;
const sightingsWithoutMesh = 3;

export const openTrack = (atMs: number, seen: SeenFace): OpenTrack => ({
  last: seen,
  lastMs: atMs,
  startMs: atMs,
  fits: seen.mesh ? 1 : 0,
  bestFit: seen.fit ?? 0,
  scores: [],
  readings: [],
});

/** Takes the next sighting into the track. */
export function sight(track: OpenTrack, atMs: number, seen: SeenFace): void {
  track.last = seen;
  track.lastMs = atMs;
  if (seen.mesh) track.fits++;
  track.bestFit = Math.max(track.bestFit, seen.fit ?? 0);
}

/** Whether two boxes, a moment apart, are of one face. */
export function isSameFace(before: PixelBox, now: PixelBox): boolean {
  if (intersectionOverUnion(before, now) >= sameOverlap) return true;
  const ratio = before.height / now.height;
  if (ratio > sameSize || ratio < 1 / sameSize) return false;
  const dx = before.x + before.width / 2 - now.x - now.width / 2;
  const dy = before.y + before.height / 2 - now.y - now.height / 2;
  return Math.hypot(dx, dy) < sameDistance * Math.max(before.height, now.height);
}

export const isLost = (track: OpenTrack, atMs: number) => atMs - track.lastMs > lostAfterMs;

/** Two readings that agree, or one that is beyond doubt. */
export function isBelieved({ fits, bestFit, scores }: OpenTrack): boolean {
  const score = Math.max(0, ...scores);
  if (fits > 1) return score >= sureWithMesh || (score >= leastScore && bestFit >= leastBestFit);
  if (fits === 1) return score >= sureWithMesh && bestFit >= leastBestFit;
  return scores.filter((score) => score >= sureWithoutMesh).length >= sightingsWithoutMesh;
}

/** The track as a finding, inside its shot; a face that is there at the last look stays until the shot's end. */
export function closeTrack(track: OpenTrack, shot: Interval, isThereAtTheEnd: boolean): FaceTrack {
  const startMs = Math.max(shot.startMs, track.startMs);
  const lastedMs = track.lastMs + Math.round(frameStepSeconds * 1000);
  const endMs = isThereAtTheEnd ? shot.endMs : Math.min(shot.endMs, lastedMs);
  return {
    shotStartMs: shot.startMs,
    startMs,
    endMs,
    readings: track.readings,
    confidence: Number(trackConfidence(track).toFixed(3)),
    evidence: [{ startMs, endMs }],
  };
}

/** A mesh that fits again and again says more than the detector's best score alone. */
const trackConfidence = ({ fits, scores }: OpenTrack) =>
  1 - (1 - Math.max(0, ...scores)) * 0.5 ** Math.min(4, Math.max(0, fits - 1));
