import type { FacePoints } from '../../models/host.js';
import type { Point, TurnedSquare } from '../rgb-picture.js';

/** Side of the cut-out that ArcFace and its kin learn on, in pixels. */
export const templateSidePx = 112;

/**
 * Where the eyes, the nose and the mouth lie on it: the five points of InsightFace's and OpenCV's alignment, the
 * corners of the mouth as their middle, which counts for two. Half a pixel is added, as centres of pixels lie at halves.
 */
const template: readonly (readonly [keyof FacePoints, Point, weight: number])[] = [
  ['rightEye', { x: 38.7946, y: 52.1963 }, 1],
  ['leftEye', { x: 74.0318, y: 52.0014 }, 1],
  ['nose', { x: 56.5252, y: 72.2366 }, 1],
  ['mouth', { x: 56.6397, y: 92.7849 }, 2],
];

/**
 * The square of the picture that lays a face's points onto the template, by the similarity (turn, scale, shift) with the
 * least squared error on the template (Umeyama 1991; in the plane, a division of complex numbers).
 */
export function templateSquare(points: FacePoints): TurnedSquare {
  const pairs = template.map(([name, to, weight]) => ({ from: points[name], to, weight }));
  const total = pairs.reduce((sum, { weight }) => sum + weight, 0);
  const mean = (side: 'from' | 'to', axis: keyof Point) =>
    pairs.reduce((sum, pair) => sum + pair.weight * pair[side][axis], 0) / total;
  const from = { x: mean('from', 'x'), y: mean('from', 'y') };
  const to = { x: mean('to', 'x'), y: mean('to', 'y') };
  // Template ≈ (real + i·imaginary) × picture, both about their means.
  let [real, imaginary, spread] = [0, 0, 0];
  for (const pair of pairs) {
    const [px, py] = [pair.from.x - from.x, pair.from.y - from.y];
    const [tx, ty] = [pair.to.x - to.x, pair.to.y - to.y];
    real += pair.weight * (px * tx + py * ty);
    imaginary += pair.weight * (px * ty - py * tx);
    spread += pair.weight * (px * px + py * py);
  }
  const size = real * real + imaginary * imaginary;
  if (size === 0) return { centre: from, sidePx: 1, angle: 0 };
  // The way from the mean to the middle of the cut-out, divided back onto the picture.
  const [u, v] = [templateSidePx / 2 - to.x, templateSidePx / 2 - to.y];
  const back = spread / size;
  return {
    centre: {
      x: from.x + (u * real + v * imaginary) * back,
      y: from.y + (v * real - u * imaginary) * back,
    },
    sidePx: (templateSidePx * spread) / Math.sqrt(size),
    angle: Math.atan2(-imaginary, real),
  };
}
