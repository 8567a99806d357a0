import { type FacePoints, type ModelCalls, meshSidePx } from '../../models/host.js';
import type { FaceReading } from '../../people-findings.js';
import { cutSquare, onPicture, type RgbPicture } from '../rgb-picture.js';
import { clothingColours, packColours } from './clothing.js';
import { faceQuality } from './face-quality.js';
import { bodySquare } from './face-squares.js';
import type { OpenTrack } from './face-track.js';
import { cameraDistanceCm, lipAperture } from './mesh-reading.js';
import { packEmbedding, shareBox, sharePoint, sharePoints } from './reading-format.js';

/** What reading faces asks of the models. */
export interface ReadingModels {
  /** Cuts the face out as its model wants it. */
  embed(picture: RgbPicture, points: FacePoints): Promise<ModelCalls['faces.embed']['out']>;
  expression(cut: RgbPicture): Promise<ModelCalls['faces.expression']['out']>;
  pose(cut: RgbPicture): Promise<ModelCalls['bodies.pose']['out']>;
}

/** A face is described again after this long at the soonest, or the second long if it has hardly moved. */
const embedEveryMs = 1350;
const embedStillEveryMs = 4000;
/** A head that turned by this, in radians, or moved by this share of its height has moved. */
const turned = 0.12;
const moved = 0.25;
const poseEveryMs = 1900;
const leastJointConfidence = 0.2;

/** Reads the face that a track was last seen with; `scale`: pixels of the film as shown over those of the picture. */
export async function readFace(
  models: ReadingModels,
  picture: RgbPicture,
  scale: number,
  track: OpenTrack,
  look: boolean,
): Promise<FaceReading> {
  const { last, lastMs: atMs } = track;
  const { box, points, mesh, angles, score, square } = last;
  const cut = cutSquare(picture, square, meshSidePx);
  const quality = faceQuality(cut, box.height * scale, angles);
  const reading: FaceReading = {
    atMs,
    box: shareBox(box, picture),
    points: sharePoints(points, picture),
    score: Number(score.toFixed(3)),
    quality,
    ...(angles && { angles: rounded(angles) }),
    ...(mesh && { distanceCm: Math.round(cameraDistanceCm(mesh, picture)) }),
    ...(mesh && quality.lipVisibility > 0 && { lipAperture: Number(lipAperture(mesh).toFixed(4)) }),
  };
  if (!look || !mesh) return reading;
  return {
    ...reading,
    ...(await models.expression(cut)),
    ...(isDueForEmbedding(track) && (await embed(models, picture, track))),
    ...(atMs - (track.posedMs ?? Number.NEGATIVE_INFINITY) >= poseEveryMs && {
      pose: await readPose(models, picture, track),
    }),
  };
}

/** Whether the track's face shows something new since it was last described. */
export function isDueForEmbedding({ embedded, last, lastMs }: OpenTrack): boolean {
  if (!embedded) return true;
  const since = lastMs - embedded.atMs;
  if (since < embedEveryMs) return false;
  const [now, then] = [last.angles, embedded.angles];
  const hasTurned = Math.hypot((now?.yaw ?? 0) - (then?.yaw ?? 0), (now?.pitch ?? 0) - (then?.pitch ?? 0)) > turned;
  const away = Math.hypot(last.box.x - embedded.box.x, last.box.y - embedded.box.y) / last.box.height;
  return hasTurned || away > moved || since >= embedStillEveryMs;
}

async function embed(models: ReadingModels, picture: RgbPicture, track: OpenTrack) {
  const { points, angles, box } = track.last;
  const { embedding, unsteadiness, female, age } = await models.embed(picture, points);
  const clothing = clothingColours(picture, box);
  track.embedded = { atMs: track.lastMs, angles, box };
  return {
    embedding: packEmbedding(embedding),
    ...(unsteadiness !== undefined && { unsteadiness: Number(unsteadiness.toFixed(4)) }),
    ...(female !== undefined && { female: Number(female.toFixed(3)) }),
    ...(age !== undefined && { age: Number(age.toFixed(1)) }),
    ...(clothing && { clothing: packColours(clothing) }),
  };
}

async function readPose(models: ReadingModels, picture: RgbPicture, track: OpenTrack): Promise<FaceReading['pose']> {
  track.posedMs = track.lastMs;
  const square = bodySquare(track.last.box);
  const { joints } = await models.pose(cutSquare(picture, square, meshSidePx));
  return joints
    .map(({ joint, confidence, ...point }) => ({
      joint,
      ...sharePoint(onPicture(square, meshSidePx, point), picture),
      confidence: Number(confidence.toFixed(2)),
    }))
    .filter(({ x, y, confidence }) => confidence >= leastJointConfidence && x >= 0 && y >= 0 && x <= 1 && y <= 1);
}

const rounded = ({ yaw, pitch, roll }: { yaw: number; pitch: number; roll: number }) => ({
  yaw: Number(yaw.toFixed(3)),
  pitch: Number(pitch.toFixed(3)),
  roll: Number(roll.toFixed(3)),
});
