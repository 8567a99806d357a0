/** Which part of the picture each model looks at, from what is known of a face. Pure. */
import type { FacePoints } from '../../models/host.js';
import type { PixelBox } from '../pixel-box.js';
import type { Point, TurnedSquare } from '../rgb-picture.js';

/** MediaPipe's mesh was trained on faces with this much around them. */
const meshMargin = 1.5;
/**
 * Side of the identity cut-out in distances from the eyes to the mouth, and its centre on that way: the face's box and
 * three tenths around it, as the pictures were cut that the model learned from (VGGFace2, Cao et al. 2018).
 */
const alignedSide = 3.6;
const alignedCentre = 0.4;
/** An eye distance as long as this times the way to the mouth is a frontal face's. */
const eyesOverMouth = 0.87;
/** A body in heights of its face, and how far below the face its middle lies. */
const bodySide = 6;
const bodyDrop = 1.9;

/** The square that the mesh is read on. */
export const meshSquare = (box: PixelBox, points: FacePoints): TurnedSquare => ({
  centre: centreOf(box),
  sidePx: Math.max(box.width, box.height) * meshMargin,
  angle: eyeLine(points),
});

/** The square that identity is read on: eyes level, of a size that turning the head hardly changes. */
export function alignedSquare(points: FacePoints): TurnedSquare {
  const eyes = between(points.rightEye, points.leftEye, 0.5);
  const toMouth = apart(eyes, points.mouth);
  const unit = Math.max(toMouth, apart(points.rightEye, points.leftEye) / eyesOverMouth);
  return {
    centre: between(eyes, points.mouth, alignedCentre),
    sidePx: Math.max(1, unit * alignedSide),
    angle: eyeLine(points),
  };
}

/** The square in which the body under a face is looked for. */
export const bodySquare = (face: PixelBox): TurnedSquare => {
  const { x, y } = centreOf(face);
  return { centre: { x, y: y + bodyDrop * face.height }, sidePx: bodySide * face.height, angle: 0 };
};

const eyeLine = ({ rightEye, leftEye }: FacePoints) => Math.atan2(leftEye.y - rightEye.y, leftEye.x - rightEye.x);
const apart = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const centreOf = ({ x, y, width, height }: PixelBox): Point => ({ x: x + width / 2, y: y + height / 2 });
const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});
