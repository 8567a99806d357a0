import type { FaceReading, FaceTrack } from '../../findings.js';
import type { DetectedFace } from '../../models/host.js';
import { intersectionOverUnion } from '../non-maximum.js';
import type { PixelBox } from '../pixel-box.js';
import type { TurnedSquare } from '../rgb-picture.js';
import type { FaceMesh, HeadAngles } from './mesh-reading.js';

/** A face on one picture, as far as it has been read. */
export interface SeenFace {
  readonly box: PixelBox;
  /** The detector's. */
  readonly score: number;
  readonly points: DetectedFace['points'];
  /** Where its mesh was read. */
  readonly square: TurnedSquare;
  /** Absent when no mesh fits: a face in profile, or none at all. */
  readonly mesh?: FaceMesh;
  readonly angles?: HeadAngles;
}

/** A face that is followed through a shot. */
export interface OpenTrack {
  last: SeenFace;
  lastMs: number;
  readonly startMs: number;
  /** Sightings with a mesh that fits, and by the detector. */
  fits: number;
  sightings: number;
  bestScore: number;
  embedded?: { readonly atMs: number; readonly angles: HeadAngles; readonly box: PixelBox };
  posedMs?: number;
  readonly readings: FaceReading[];
}

/** A face that is not seen for longer than this has left, in milliseconds. */
const lostAfterMs = 1600;
/** A face and the same one a moment later overlap by this much, or lie this near in face heights. */
const sameOverlap = 0.25;
const sameDistance = 0.6;
const sameSize = 1.6;

/** What makes a face of a track: two meshes that fit, or one sighting that leaves no doubt. */
const surelyAFace = 0.85;
/** Without any mesh the detector must have seen it this often, as surely. */
const sightingsWithoutMesh = 3;

/** Whether these are sightings of one face, `lostMs` apart. */
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
export function isBelieved({ fits, sightings, bestScore }: OpenTrack): boolean {
  if (fits >= 2) return true;
  if (bestScore < surelyAFace) return false;
  return fits === 1 || sightings >= sightingsWithoutMesh;
}

/** The track as a finding, inside its shot. */
export function closeTrack(
  { readings, startMs, lastMs, fits, sightings, bestScore }: OpenTrack,
  shot: { readonly startMs: number; readonly endMs: number },
  stepMs: number,
): FaceTrack {
  // A mesh that fits again and again says more than the detector's one number.
  const confidence = 1 - (1 - bestScore) * 0.5 ** Math.min(4, fits) * (fits + sightings > 1 ? 0.8 : 1);
  const endMs = Math.min(shot.endMs, lastMs + stepMs);
  const start = Math.max(shot.startMs, startMs);
  return {
    shotStartMs: shot.startMs,
    startMs: start,
    endMs,
    readings,
    confidence: Number(confidence.toFixed(3)),
    evidence: [{ startMs: start, endMs }],
  };
}
