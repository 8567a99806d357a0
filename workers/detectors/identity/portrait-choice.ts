/** Which reading of a face makes the portrait: large, sharp, from the front, calm, eyes open. Pure. */
import type { FacePoints } from '../../models/host.js';
import type { FaceReading } from '../../people-findings.js';
import { asShare } from '../arithmetic.js';
import { movePoints } from '../faces/detected-face.js';
import type { PixelBox } from '../pixel-box.js';
import type { RgbPicture, TurnedSquare } from '../rgb-picture.js';

/** Past these a larger or sharper face makes no better portrait: pixels, variance of the Laplacian. */
const largePx = 160;
const sharp = 400;
/** Candidates lie this far apart, in milliseconds: neighbours are all blinking. */
const apartMs = 700;
/** A face's height in distances from the eyes to the mouth; the portrait's side, and its centre below the eyes, in the same. */
const eyesToMouthOfEyes = 0.87;
const portraitSide = 5.2;
const portraitDrop = 0.7;

/** Indices of MediaPipe's mesh: upper lid, lower lid, both corners, of each eye. */
const eyes = [
  [159, 145, 33, 133],
  [386, 374, 362, 263],
] as const;
/** Height over width of an open eye (Soukupová & Čech 2016); closed ones have a third of it. */
const openEye = 0.28;

/** How good a portrait the reading would make, 0…1, as far as it tells. */
export function portraitScore({ quality, angles, expressions, box }: FaceReading): number {
  const size = Math.min(1, quality.heightPx / largePx);
  const clarity = Math.min(1, quality.sharpness / sharp);
  const frontal = angles ? Math.max(0, Math.cos(angles.yaw * 1.5)) * Math.max(0, Math.cos(angles.pitch * 1.5)) : 0.1;
  const calm = 0.7 + 0.3 * (expressions?.neutral ?? 0);
  const whole = box.x > 0 && box.y > 0 && box.x + box.width < 1 && box.y + box.height < 1 ? 1 : 0.5;
  return Math.sqrt(size) * (0.4 + 0.6 * clarity) * frontal * calm * whole;
}

/** The best readings, best first, none near another in time. */
export function portraitCandidates(readings: readonly FaceReading[], most: number): FaceReading[] {
  const chosen: FaceReading[] = [];
  const best = readings.toSorted((a, b) => portraitScore(b) - portraitScore(a) || a.atMs - b.atMs);
  for (const reading of best) {
    if (chosen.length === most) break;
    if (chosen.every(({ atMs }) => Math.abs(atMs - reading.atMs) >= apartMs)) chosen.push(reading);
  }
  return chosen;
}

/** How far the eyes are open, 0…1, from the mesh's points (x, y, z of each). */
export function eyeOpenness(points: Float32Array): number {
  const apart = (a: number, b: number) =>
    Math.hypot((points[a * 3] ?? 0) - (points[b * 3] ?? 0), (points[a * 3 + 1] ?? 0) - (points[b * 3 + 1] ?? 0));
  const ratios = eyes.map(([upper, lower, from, to]) => apart(upper, lower) / Math.max(1e-6, apart(from, to)));
  return asShare(Math.max(...ratios) / openEye);
}

/** The reading's points on a picture of this size, in pixels. */
export const pointsOn = ({ points }: FaceReading, { width, height }: Omit<RgbPicture, 'rgb'>): FacePoints =>
  movePoints(points, ({ x, y }) => ({ x: x * width, y: y * height }));

export const boxOn = ({ box }: FaceReading, { width, height }: Omit<RgbPicture, 'rgb'>): PixelBox => ({
  x: box.x * width,
  y: box.y * height,
  width: box.width * width,
  height: box.height * height,
});

/** Head and shoulders, upright, moved so as to stay on the picture as far as it can. */
export function portraitSquare(points: FacePoints, { width, height }: Omit<RgbPicture, 'rgb'>): TurnedSquare {
  const x = (points.rightEye.x + points.leftEye.x) / 2;
  const y = (points.rightEye.y + points.leftEye.y) / 2;
  const eyeDistance = Math.hypot(points.rightEye.x - points.leftEye.x, points.rightEye.y - points.leftEye.y);
  const unit = Math.max(Math.hypot(points.mouth.x - x, points.mouth.y - y), eyeDistance / eyesToMouthOfEyes);
  const sidePx = Math.max(2, Math.min(unit * portraitSide, width, height));
  const within = (at: number, length: number) => Math.max(sidePx / 2, Math.min(length - sidePx / 2, at));
  return { centre: { x: within(x, width), y: within(y + portraitDrop * unit, height) }, sidePx, angle: 0 };
}
