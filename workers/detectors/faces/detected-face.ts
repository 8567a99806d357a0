/** Moving a face that was found from one picture's coordinates to another's. Pure. */
import type { DetectedFace, FacePoints } from '../../models/host.js';
import { onPicture, type Point, type TurnedSquare } from '../rgb-picture.js';

/** The same points, each moved. */
export const movePoints = (
  { rightEye, leftEye, nose, mouth }: FacePoints,
  move: (point: Point) => Point,
): FacePoints => ({ rightEye: move(rightEye), leftEye: move(leftEye), nose: move(nose), mouth: move(mouth) });

/** A face found on the cut-out of an upright square (`cutSidePx` on each side), on the picture it was cut from. */
export function faceOnPicture(
  { box, score, points }: DetectedFace,
  square: TurnedSquare,
  cutSidePx: number,
): DetectedFace {
  const scale = square.sidePx / cutSidePx;
  const move = (point: Point) => onPicture(square, cutSidePx, point);
  return {
    box: { ...move(box), width: box.width * scale, height: box.height * scale },
    score,
    points: movePoints(points, move),
  };
}
