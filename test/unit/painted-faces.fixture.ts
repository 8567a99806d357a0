/** Faces as plain squares of colour on black, and models that see them: what is followed can be told by its colour. */
import type { FindingModels } from '../../workers/detectors/faces/face-finder.js';
import type { ReadingModels } from '../../workers/detectors/faces/face-reader.js';
import type { PixelBox } from '../../workers/detectors/pixel-box.js';
import type { RgbPicture } from '../../workers/detectors/rgb-picture.js';
import type { DetectedFace } from '../../workers/models/host.js';

export interface PaintedFace {
  /** Its red value, 1…255. */
  readonly colour: number;
  readonly box: PixelBox;
}

export function paint(faces: readonly PaintedFace[], width = 160, height = 90): RgbPicture {
  const rgb = new Uint8Array(width * height * 3);
  for (const { colour, box } of faces)
    for (let y = Math.max(0, box.y); y < Math.min(height, box.y + box.height); y++)
      for (let x = Math.max(0, box.x); x < Math.min(width, box.x + box.width); x++) rgb[(y * width + x) * 3] = colour;
  return { rgb, width, height };
}

/** Boxes of all colours on a picture. */
function coloured({ rgb, width, height }: RgbPicture): Map<number, PixelBox> {
  const boxes = new Map<number, PixelBox>();
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = rgb[(y * width + x) * 3]!;
      if (colour === 0) continue;
      const box = boxes.get(colour) ?? { x, y, width: 0, height: 0 };
      const [left, top] = [Math.min(box.x, x), Math.min(box.y, y)];
      const [right, bottom] = [Math.max(box.x + box.width, x + 1), Math.max(box.y + box.height, y + 1)];
      boxes.set(colour, { x: left, y: top, width: right - left, height: bottom - top });
    }
  return boxes;
}

export interface PaintedModels extends FindingModels, ReadingModels {
  readonly calls: { find: number; mesh: number; embed: number; pose: number };
}

/** `score`: what the detector gives each face; `fits`: whether the mesh finds a face under a colour. */
export function paintedModels(score = 0.9, fits: (colour: number) => boolean = () => true): PaintedModels {
  const calls = { find: 0, mesh: 0, embed: 0, pose: 0 };
  return {
    calls,
    async find(picture) {
      calls.find++;
      return [...coloured(picture).values()].map((box) => detected(box, score));
    },
    async mesh(cut) {
      calls.mesh++;
      const middle = cut.rgb[((cut.height / 2) * cut.width + cut.width / 2) * 3]!;
      const points = new Float32Array(468 * 3);
      if (middle === 0 || !fits(middle)) return { points, confidence: 0 };
      // Edges are blends of the colour and black.
      const bright = { ...cut, rgb: cut.rgb.map((value) => (Math.abs(value - middle) <= 2 ? middle : 0)) };
      return { points: meshIn(coloured(bright).get(middle)!), confidence: 1 };
    },
    async embed() {
      calls.embed++;
      return { embedding: Float32Array.of(1, 0), female: 0.5 };
    },
    expression: async () => ({ expressions: { neutral: 1 } }),
    async pose() {
      calls.pose++;
      return { joints: [{ joint: 'nose', x: 96, y: 96, confidence: 0.9 }] };
    },
  };
}

export function detected(box: PixelBox, score: number): DetectedFace {
  const at = (x: number, y: number) => ({ x: box.x + x * box.width, y: box.y + y * box.height });
  return {
    box,
    score,
    points: { rightEye: at(0.3, 0.35), leftEye: at(0.7, 0.35), nose: at(0.5, 0.55), mouth: at(0.5, 0.78) },
  };
}

/** A flat mesh that fills the box; the points that are read stand where they do on a face. */
export function meshIn(box: PixelBox): Float32Array {
  const places: Readonly<Record<number, readonly [number, number]>> = {
    ...{
      10: [0.5, 0],
      152: [0.5, 1],
      234: [0, 0.45],
      454: [1, 0.45],
      1: [0.5, 0.55],
      61: [0.35, 0.78],
      291: [0.65, 0.78],
    },
    ...{ 33: [0.25, 0.35], 133: [0.4, 0.35], 362: [0.6, 0.35], 263: [0.75, 0.35] },
    ...{ 82: [0.45, 0.77], 87: [0.45, 0.79], 13: [0.5, 0.77], 14: [0.5, 0.79], 312: [0.55, 0.77], 317: [0.55, 0.79] },
  };
  const points = new Float32Array(468 * 3);
  for (let index = 0; index < 468; index++) {
    const [x, y] = places[index] ?? [0.5, 0.5];
    points.set([box.x + x * box.width, box.y + y * box.height, 0], index * 3);
  }
  return points;
}
