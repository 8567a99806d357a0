import type { Footage } from './footage.js';
import type { Random } from './random.js';

interface Disc {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly speedX: number;
  readonly speedY: number;
  readonly colour: readonly [number, number, number];
}

/** What the camera does over a shot. */
export type Camera = 'still' | 'shaking' | 'panning' | 'whipping' | 'zooming';

/**
 * Paints a set nobody has seen: a textured, lit background under a moving camera, with discs that wander over it.
 * Pictures are planar 4:2:0, limited range.
 */
export function paintScene(random: Random, size: { width: number; height: number }, camera: Camera): Footage {
  const waves = Array.from({ length: 7 }, () => {
    const angle = random.between(0, Math.PI);
    const frequency = 2 ** random.between(0, 5);
    return {
      x: Math.cos(angle) * frequency,
      y: Math.sin(angle) * frequency,
      phase: random.between(0, 6.28),
      height: random.between(6, 60) / Math.sqrt(frequency),
    };
  });
  const base = [random.between(40, 190), random.between(96, 160), random.between(96, 160)] as const;
  const tint = [random.between(-0.4, 0.4), random.between(-0.4, 0.4)] as const;
  const discs: Disc[] = Array.from({ length: random.integer(1, 6) }, () => ({
    x: random.share(),
    y: random.share(),
    radius: random.between(0.03, 0.22),
    speedX: random.between(-0.25, 0.25),
    speedY: random.between(-0.15, 0.15),
    colour: [random.between(16, 235), random.between(80, 176), random.between(80, 176)],
  }));
  const heading = random.between(0, 6.28);
  const speed = camera === 'whipping' ? random.between(0.5, 1.5) : random.between(0.1, 0.7);
  const whipFrom = random.between(0.4, 1.2);
  const whipSeconds = random.between(0.25, 0.5);
  const growth = random.between(0.1, 0.6) * random.pick([-1, 1]);
  return (seconds, target) => {
    const shake = camera === 'shaking' ? 0.02 : 0;
    const whipped = Math.min(1, Math.max(0, (seconds - whipFrom) / whipSeconds));
    const travel = camera === 'panning' ? speed * seconds : camera === 'whipping' ? speed * whipped : 0;
    const cameraX = travel * Math.cos(heading) + shake * Math.sin(seconds * 23);
    const cameraY = travel * Math.sin(heading) * 0.4 + shake * Math.cos(seconds * 31);
    const zoom = camera === 'zooming' ? Math.exp(growth * seconds) : 1;
    const { width, height } = size;
    const chromaWidth = width / 2;
    const lumaSize = width * height;
    const chromaSize = lumaSize / 4;
    for (let row = 0; row < height; row++) {
      for (let column = 0; column < width; column++) {
        const x = (column / width - 0.5) / zoom + cameraX;
        const y = (row / width - 0.28) / zoom + cameraY;
        let texture = 0;
        for (const wave of waves) texture += wave.height * triangle(wave.x * x + wave.y * y + wave.phase);
        let [luma, cb, cr]: readonly number[] = [
          base[0] + texture,
          base[1] + tint[0] * texture,
          base[2] + tint[1] * texture,
        ];
        for (const disc of discs) {
          const dx = x - 0.6 * triangle(disc.x + disc.speedX * seconds);
          const dy = y - 0.4 * triangle(disc.y + disc.speedY * seconds);
          if (dx * dx + dy * dy < disc.radius * disc.radius) {
            luma = disc.colour[0] + texture * 0.2;
            [, cb, cr] = disc.colour;
          }
        }
        target[row * width + column] = clamp(luma ?? 0);
        if (row % 2 === 0 && column % 2 === 0) {
          const at = lumaSize + (row / 2) * chromaWidth + column / 2;
          target[at] = clamp(cb ?? 128);
          target[at + chromaSize] = clamp(cr ?? 128);
        }
      }
    }
  };
}

const clamp = (value: number) => Math.min(235, Math.max(16, value));
const wrap = (value: number) => value - Math.floor(value);
/** Period 1, between −1 and 1. */
const triangle = (phase: number) => 4 * Math.abs(wrap(phase) - 0.5) - 1;
