import type { Box } from '../../../schema/box.js';
import type { FaceReading, FaceTrack } from '../../people-findings.js';
import { upperMedian } from '../arithmetic.js';
import { unpackColours } from '../faces/clothing.js';
import { unpackEmbedding } from '../faces/reading-format.js';

/** A track of one face as far as its identity goes. */
export interface IdentityTrack {
  /** Its place among the tracks of `PeopleFinding`. */
  readonly index: number;
  readonly shotStartMs: number;
  readonly startMs: number;
  readonly endMs: number;
  /** Where the face is when the track begins and when it ends. */
  readonly first: Box;
  readonly last: Box;
  /** Weighted mean of unit vectors; shorter than 1 where they disagree. */
  readonly mean: Float32Array;
  /** How far the embedding moves where the person stays the same, a cosine distance. */
  readonly unsteadiness: number;
  /** Readings that the mean rests on. */
  readonly readings: number;
  /** Height of the face, the middle one of those readings, in pixels of the film. */
  readonly heightPx: number;
  /** Mean shares of the colours worn, where they can be seen. */
  readonly clothing?: Float32Array;
  /** Whether it rests on faces that look into the camera and are large enough. */
  readonly clear: boolean;
}

/** Past these a face no longer shows surely who it is, in radians and in pixels of the film. */
const mostTurnedRad = 0.35;
const leastHeightPx = 48;
/** A "face" that its own mirror image or less detail changes more than this is none, or cannot be read. */
const mostUnsteady = 0.15;
/** Of a model that does not say how steady it is. */
const usualUnsteadiness = 0.05;
/** More readings than this make a track's mean no surer: they are too much alike. */
const mostReadings = 5;

type Embedded = FaceReading & { readonly embedding: string };

/** What is known of the identities of these tracks; those of which no face can be read are left out. */
export function identityTracks(tracks: readonly FaceTrack[]): IdentityTrack[] {
  return tracks.flatMap((track, index) => {
    const readable = track.readings.filter(isReadable);
    const clear = readable.filter(isClear);
    const used = clear.length > 0 ? clear : readable;
    const [first, last] = [track.readings[0], track.readings.at(-1)];
    if (used.length === 0 || !first || !last) return [];
    const { shotStartMs, startMs, endMs } = track;
    const clothing = meanColours(readable);
    return [
      {
        ...{ index, shotStartMs, startMs, endMs, first: first.box, last: last.box },
        ...meanOf(used),
        readings: Math.min(mostReadings, used.length),
        clear: clear.length > 0,
        heightPx: upperMedian(used.map(({ quality }) => quality.heightPx)),
        ...(clothing && { clothing }),
      },
    ];
  });
}

const isReadable = (reading: FaceReading): reading is Embedded =>
  reading.embedding !== undefined && unsteadinessOf(reading) <= mostUnsteady;

/** Whether a face, be it turned away, is large enough for its identity to be read. */
export const isLarge = (track: IdentityTrack | undefined): boolean => (track?.heightPx ?? 0) >= leastHeightPx;

/** Whether a face looks into the camera and is large enough for its identity to be read. */
export const isClear = ({ angles, quality }: FaceReading): boolean =>
  angles !== undefined &&
  Math.abs(angles.yaw) < mostTurnedRad &&
  Math.abs(angles.pitch) < mostTurnedRad &&
  quality.heightPx >= leastHeightPx;

export const unsteadinessOf = ({ unsteadiness }: FaceReading): number => unsteadiness ?? usualUnsteadiness;

function meanColours(readings: readonly FaceReading[]): Float32Array | undefined {
  const worn = readings.flatMap(({ clothing }) => (clothing === undefined ? [] : [unpackColours(clothing)]));
  return worn[0]?.map((_, bin) => worn.reduce((sum, shares) => sum + (shares[bin] ?? 0), 0) / worn.length);
}

/** The steadier a reading, the more it says. */
function meanOf(readings: readonly Embedded[]): Pick<IdentityTrack, 'mean' | 'unsteadiness'> {
  const weights = readings.map((reading) => 1 / Math.max(0.01, unsteadinessOf(reading)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let mean: Float32Array | undefined;
  let unsteadiness = 0;
  for (const [at, reading] of readings.entries()) {
    const share = (weights[at] ?? 0) / total;
    const vector = unpackEmbedding(reading.embedding);
    mean ??= new Float32Array(vector.length);
    for (let dimension = 0; dimension < mean.length; dimension++)
      mean[dimension] = (mean[dimension] ?? 0) + share * (vector[dimension] ?? 0);
    unsteadiness += share * unsteadinessOf(reading);
  }
  return { mean: mean ?? new Float32Array(0), unsteadiness };
}
