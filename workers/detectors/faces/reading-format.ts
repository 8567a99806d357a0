/** How readings of faces are written down: shares of the frame, few digits, embeddings as text. Pure. */
import type { Box } from '../../../schema/box.js';
import type { FacePoints } from '../../models/host.js';
import { asShare } from '../arithmetic.js';
import type { PixelBox } from '../pixel-box.js';
import type { Point } from '../rgb-picture.js';
import { movePoints } from './detected-face.js';

interface Size {
  readonly width: number;
  readonly height: number;
}

const share = (value: number) => Number(value.toFixed(4));

/** The part of the box that lies on the frame. */
export function shareBox(box: PixelBox, { width, height }: Size): Box {
  const [left, top] = [asShare(box.x / width), asShare(box.y / height)];
  const [right, bottom] = [asShare((box.x + box.width) / width), asShare((box.y + box.height) / height)];
  return { x: share(left), y: share(top), width: share(right - left), height: share(bottom - top) };
}

export const sharePoint = ({ x, y }: Point, { width, height }: Size): Point => ({
  x: share(x / width),
  y: share(y / height),
});

export const sharePoints = (points: FacePoints, size: Size): FacePoints =>
  movePoints(points, (point) => sharePoint(point, size));

/**
 * A unit vector as the base64 of signed bytes. The vector's largest value becomes 127: only its direction counts, and
 * values of a thousand dimensions are small.
 */
export function packEmbedding(vector: Float32Array): string {
  const largest = vector.reduce((most, value) => Math.max(most, Math.abs(value)), 0) || 1;
  return Buffer.from(Int8Array.from(vector, (value) => Math.round((value / largest) * 127)).buffer).toString('base64');
}

/** The unit vector again, but for what rounding took. */
export function unpackEmbedding(text: string): Float32Array {
  const bytes = Buffer.from(text, 'base64');
  const vector = Float32Array.from(new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length));
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
