import { type DetectedFace, type ModelCalls, meshSidePx } from '../../models/host.js';
import type { PixelBox } from '../pixel-box.js';
import { cutSquare, type RgbPicture, type TurnedSquare } from '../rgb-picture.js';
import { movePoints } from './detected-face.js';
import { meshSquare } from './face-squares.js';
import { type FaceMesh, facePoints, type HeadAngles, headAngles, meshBox, meshOnPicture } from './mesh-reading.js';

/** What finding faces asks of the models. */
export interface FindingModels {
  find(picture: RgbPicture): Promise<readonly DetectedFace[]>;
  mesh(cut: RgbPicture): Promise<ModelCalls['faces.mesh']['out']>;
}

/** A face on one picture. */
export interface SeenFace {
  readonly box: PixelBox;
  /** The detector's. */
  readonly score: number;
  readonly points: DetectedFace['points'];
  /** Where its mesh was read. */
  readonly square: TurnedSquare;
  /** Absent when no mesh fits: a face in profile, or none at all. */
  readonly mesh?: FaceMesh;
  /** How well it fits, 0…1. */
  readonly fit?: number;
  readonly angles?: HeadAngles;
}

/** The mesh says itself whether there is a face under it, 0…1; on film it says 0 or 1 and hardly anything between. */
const meshFits = 0.5;
/** From this score on a mesh that does not fit is tried again on other squares; below it that finds faces in clouds. */
const worthTryingAgain = 0.42;
/** The detector's box is often somewhat too large, too small or too high: sides, in sides of the first square; shifts down in box heights. */
const otherSquares = [
  { side: 0.8, down: 0 },
  { side: 1.25, down: 0 },
  { side: 1.25, down: 0.12 },
] as const;
/** Nothing can be read of a face lower than this. */
export const leastFaceHeightPx = 14;
/** Parts of a picture overlap by at least this share. */
const partOverlap = 0.25;

/** Reads the mesh in a square; undefined when there is no face in it. */
export async function readMesh(
  models: FindingModels,
  picture: RgbPicture,
  square: TurnedSquare,
  score: number,
): Promise<SeenFace | undefined> {
  const { points, confidence } = await models.mesh(cutSquare(picture, square, meshSidePx));
  if (confidence < meshFits) return undefined;
  const mesh = meshOnPicture(points, square, meshSidePx);
  const box = meshBox(mesh);
  if (box.height < leastFaceHeightPx || !isMiddleInside(box, picture)) return undefined;
  return { box, score, points: facePoints(mesh), square, mesh, fit: confidence, angles: headAngles(mesh) };
}

/** Reads the mesh of a face that was detected, trying again around it; without a mesh the face as it was detected. */
export async function readDetected(
  models: FindingModels,
  picture: RgbPicture,
  { box, score, points }: DetectedFace,
): Promise<SeenFace> {
  const square = meshSquare(box, points);
  const first = await readMesh(models, picture, square, score);
  if (first) return first;
  if (score >= worthTryingAgain)
    for (const { side, down } of otherSquares) {
      const centre = { x: square.centre.x, y: square.centre.y + down * box.height };
      const seen = await readMesh(models, picture, { ...square, centre, sidePx: square.sidePx * side }, score);
      if (seen) return seen;
    }
  return { box, score, points, square };
}

/**
 * Faces on parts of the picture, which a detector that shrinks all it gets sees larger than on the whole; in pixels of
 * the whole, a face on two parts twice. Nothing for a picture that is about square.
 */
export async function findOnParts(models: FindingModels, picture: RgbPicture): Promise<DetectedFace[]> {
  const found: DetectedFace[] = [];
  for (const part of partsOf(picture)) {
    const [left, top] = [part.centre.x - part.sidePx / 2, part.centre.y - part.sidePx / 2];
    for (const face of await models.find(cutSquare(picture, part, part.sidePx)))
      found.push(movedBy(face, Math.round(left), Math.round(top)));
  }
  return found.sort((a, b) => b.score - a.score);
}

/** Overlapping squares as high (of a tall picture: as wide) as the picture, side by side. */
export function partsOf({ width, height }: { readonly width: number; readonly height: number }): TurnedSquare[] {
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  if (long < short * (1 + partOverlap)) return [];
  const count = Math.ceil((long / short - partOverlap) / (1 - partOverlap));
  return Array.from({ length: count }, (_, index) => {
    const along = Math.floor(short / 2 + (index * (long - short)) / (count - 1));
    const across = short / 2;
    return { centre: width >= height ? { x: along, y: across } : { x: across, y: along }, sidePx: short, angle: 0 };
  });
}

function movedBy({ box, score, points }: DetectedFace, dx: number, dy: number): DetectedFace {
  const move = <Place extends { x: number; y: number }>(place: Place) => ({
    ...place,
    x: place.x + dx,
    y: place.y + dy,
  });
  return { box: move(box), score, points: movePoints(points, move) };
}

function isMiddleInside({ x, y, width, height }: PixelBox, picture: RgbPicture): boolean {
  const [middleX, middleY] = [x + width / 2, y + height / 2];
  return middleX > 0 && middleY > 0 && middleX < picture.width && middleY < picture.height;
}
