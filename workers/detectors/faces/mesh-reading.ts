/** What the mesh of a face says: where it is, how it is turned, how far its lips are apart, how far off it is. Pure. */
import { mean } from '../arithmetic.js';
import type { PixelBox } from '../pixel-box.js';
import { onPicture, type Point, type TurnedSquare } from '../rgb-picture.js';

/** A mesh on its picture: x and y in pixels of the picture, z in the same unit, growing away from the camera. */
export type FaceMesh = readonly { readonly x: number; readonly y: number; readonly z: number }[];

/** Head angles in radians; 0 looks into the camera. */
export interface HeadAngles {
  /** Positive when the face turns to the right edge of the picture. */
  readonly yaw: number;
  /** Positive when it looks down. */
  readonly pitch: number;
  /** Positive when it tilts clockwise, as the viewer sees it. */
  readonly roll: number;
}

/** Indices of MediaPipe's canonical face mesh; right and left are the person's own. */
const forehead = 10;
const chin = 152;
const rightCheek = 234;
const leftCheek = 454;
const rightEyeCorners = [33, 133] as const;
const leftEyeCorners = [362, 263] as const;
const noseTip = 1;
const mouthCorners = [61, 291] as const;
/** Upper and lower inner lip, in three places. */
const lipGaps = [
  [82, 87],
  [13, 14],
  [312, 317],
] as const;

/** Forehead to chin of a grown-up, measured over 3-D points of the mesh; chosen on faces of known distance. */
const faceHeightCm = 18.5;
/** Where nothing is known of the lens: 40° over the picture's longer side. */
const fieldOfView = (40 * Math.PI) / 180;

/** Points as the model gives them (x, y, depth in pixels of the cut-out), laid back onto the picture. */
export function meshOnPicture(points: Float32Array, square: TurnedSquare, cutSidePx: number): FaceMesh {
  const scale = square.sidePx / cutSidePx;
  return Array.from({ length: Math.floor(points.length / 3) }, (_, index) => {
    const [x = 0, y = 0, z = 0] = points.subarray(index * 3, index * 3 + 3);
    return { ...onPicture(square, cutSidePx, { x, y }), z: z * scale };
  });
}

/** The smallest upright box around the mesh: forehead to chin, ear to ear. */
export function meshBox(mesh: FaceMesh): PixelBox {
  let [left, top, right, bottom] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { x, y } of mesh) {
    left = Math.min(left, x);
    right = Math.max(right, x);
    top = Math.min(top, y);
    bottom = Math.max(bottom, y);
  }
  return { x: left, y: top, width: right - left, height: bottom - top };
}

/** The head's own axes (ear to ear, forehead to chin) as angles. */
export function headAngles(mesh: FaceMesh): HeadAngles {
  const down = unit(minus(point(mesh, chin), point(mesh, forehead)));
  const across = minus(point(mesh, leftCheek), point(mesh, rightCheek));
  const into = unit(cross(across, down));
  return {
    yaw: Math.atan2(-into.x, into.z),
    pitch: Math.asin(Math.max(-1, Math.min(1, -into.y))),
    roll: Math.atan2(-down.x, down.y),
  };
}

/** Eyes, nose and the mouth's middle. */
export function facePoints(mesh: FaceMesh) {
  return {
    rightEye: middle(mesh, rightEyeCorners),
    leftEye: middle(mesh, leftEyeCorners),
    nose: flat(point(mesh, noseTip)),
    mouth: middle(mesh, mouthCorners),
  };
}

/** Mean gap between the inner lips over the face's height, both in three dimensions. */
export function lipAperture(mesh: FaceMesh): number {
  const height = distance(point(mesh, forehead), point(mesh, chin));
  const gaps = lipGaps.map(([upper, lower]) => distance(point(mesh, upper), point(mesh, lower)));
  return height > 0 ? mean(gaps) / height : 0;
}

/** From the camera, in centimetres, on a picture of this size; good to a few per cent where the lens is as supposed. */
export function cameraDistanceCm(mesh: FaceMesh, picture: { readonly width: number; readonly height: number }): number {
  const focalLengthPx = Math.max(picture.width, picture.height) / 2 / Math.tan(fieldOfView / 2);
  const heightPx = distance(point(mesh, forehead), point(mesh, chin));
  return (focalLengthPx * faceHeightCm) / Math.max(1, heightPx);
}

interface Vector extends Point {
  readonly z: number;
}

const point = (mesh: FaceMesh, index: number): Vector => mesh[index] ?? { x: 0, y: 0, z: 0 };
const flat = ({ x, y }: Vector): Point => ({ x, y });
const minus = (a: Vector, b: Vector): Vector => ({ x: a.x - b.x, y: a.y - b.y, z: a.z - b.z });
const distance = (a: Vector, b: Vector) => Math.hypot(a.x - b.x, a.y - b.y, a.z - b.z);
const cross = (a: Vector, b: Vector): Vector => ({
  x: a.y * b.z - a.z * b.y,
  y: a.z * b.x - a.x * b.z,
  z: a.x * b.y - a.y * b.x,
});

function unit({ x, y, z }: Vector): Vector {
  const length = Math.hypot(x, y, z) || 1;
  return { x: x / length, y: y / length, z: z / length };
}

function middle(mesh: FaceMesh, [first, second]: readonly [number, number]): Point {
  const [a, b] = [point(mesh, first), point(mesh, second)];
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
}
