/** A place to film in: layers of drawing at different depths, and a camera that looks at them. */
import { group, round, type Svg } from './svg.js';

/** What the picture shows: its centre and its width, in cm. */
export interface Camera {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

export interface Layer {
  /** 0: infinitely far, does not move; 1: where the people stand; more: nearer than they are. */
  readonly depth: number;
  readonly drawing: Svg;
}

export interface DrawnSet {
  /** The camera under which all layers were drawn in register. */
  readonly home: Camera;
  /** Gradients and clip paths. */
  readonly defs: Svg;
  /** −1: light from the left, 1: from the right. */
  readonly light: -1 | 1;
  /** How much hair and scarves blow, 0…1. */
  readonly wind: number;
  /** What stands behind the people and before them, so many seconds into the scene. */
  readonly behind: (seconds: number) => readonly Layer[];
  readonly before: (seconds: number) => readonly Layer[];
  /** Colour of the light over everything, in picture coordinates. */
  readonly grade: (seconds: number) => Svg;
}

export const pictureWidth = 1280;
export const pictureHeight = 720;

/** A layer as the camera sees it: far layers move and grow less than near ones. */
export function seen(layer: Layer, camera: Camera, home: Camera): Svg {
  const x = home.x + (camera.x - home.x) * layer.depth;
  const y = home.y + (camera.y - home.y) * layer.depth;
  const scale = pictureWidth / (home.width * (camera.width / home.width) ** layer.depth);
  const [left, top] = [round(pictureWidth / 2 - x * scale), round(pictureHeight / 2 - y * scale)];
  return group({ transform: `translate(${left} ${top}) scale(${Math.round(scale * 1e4) / 1e4})` }, layer.drawing);
}
