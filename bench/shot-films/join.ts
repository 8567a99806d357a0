import type { Random } from './random.js';

/** How one shot gives way to the next. Lengths in frames. */
export type Join =
  | { readonly how: 'cut'; readonly frames: 0 }
  | { readonly how: 'dissolve'; readonly frames: number }
  | { readonly how: 'fade'; readonly frames: number; readonly hold: number; readonly white: boolean }
  | { readonly how: 'wipe'; readonly frames: number; readonly shape: WipeShape; readonly softness: number };

export type WipeShape = 'left' | 'right' | 'up' | 'down' | 'diagonal' | 'circle';

export function chooseJoin(random: Random, rate: number): Join {
  const frames = (low: number, high: number) => Math.max(2, Math.round(random.between(low, high) * rate));
  const draw = random.share();
  if (draw < 0.6) return { how: 'cut', frames: 0 };
  if (draw < 0.76) return { how: 'dissolve', frames: frames(0.4, 2) };
  if (draw < 0.9) {
    const hold = random.pick([0, frames(0.1, 0.6)]);
    return { how: 'fade', frames: frames(0.6, 2) + hold, hold, white: random.share() < 0.35 };
  }
  const shape = random.pick<WipeShape>(['left', 'right', 'up', 'down', 'diagonal', 'circle']);
  return { how: 'wipe', frames: frames(0.4, 1.4), shape, softness: random.pick([0.02, 0.1]) };
}

/** Writes the picture `share` (0…1) of the way through a join into `out` (planar 4:2:0, limited range). */
export function blend(
  join: Join,
  share: number,
  before: Uint8Array,
  after: Uint8Array,
  width: number,
  height: number,
  out: Uint8Array,
): void {
  const lumaSize = width * height;
  switch (join.how) {
    case 'cut':
      out.set(share < 1 ? before : after);
      return;
    case 'dissolve':
      for (let at = 0; at < out.length; at++) out[at] = mix(before[at], after[at], share);
      return;
    case 'fade': {
      const ramp = (1 - join.hold / join.frames) / 2;
      const strength = Math.max(0, share < 0.5 ? 1 - share / ramp : 1 - (1 - share) / ramp);
      const source = share < 0.5 ? before : after;
      const plain = join.white ? 235 : 16;
      for (let at = 0; at < out.length; at++) out[at] = mix(at < lumaSize ? plain : 128, source[at], strength);
      return;
    }
    case 'wipe': {
      const planes = [
        { from: 0, width, height },
        { from: lumaSize, width: width / 2, height: height / 2 },
        { from: lumaSize * 1.25, width: width / 2, height: height / 2 },
      ];
      for (const plane of planes)
        for (let row = 0; row < plane.height; row++)
          for (let column = 0; column < plane.width; column++) {
            const at = plane.from + row * plane.width + column;
            const place = wipeOrder(join.shape, column / plane.width, row / plane.height);
            const reached = (share * (1 + join.softness) - place) / join.softness;
            out[at] = mix(before[at], after[at], Math.min(1, Math.max(0, reached)));
          }
      return;
    }
    default:
      join satisfies never;
  }
}

/** When a wipe reaches a place, 0…1. */
function wipeOrder(shape: WipeShape, x: number, y: number): number {
  switch (shape) {
    case 'left':
      return 1 - x;
    case 'right':
      return x;
    case 'up':
      return 1 - y;
    case 'down':
      return y;
    case 'diagonal':
      return (x + y) / 2;
    case 'circle':
      return Math.hypot(x - 0.5, y - 0.5) / 0.7072;
  }
}

const mix = (from: number | undefined, to: number | undefined, share: number) =>
  Math.round((from ?? 0) * (1 - share) + (to ?? 0) * share);
