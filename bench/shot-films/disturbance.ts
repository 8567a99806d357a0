import type { Random } from './random.js';

/** Something that changes the picture a lot within a shot and is no boundary. Frames count from the shot's start. */
export interface Disturbance {
  readonly name: 'flash' | 'lightning' | 'strobe' | 'exposure' | 'caption' | 'passer-by' | 'dropout' | 'blackout';
  readonly from: number;
  readonly frames: number;
  readonly strength: number;
}

/** How a film tries a detector: flashes only, or also what most often passes for a boundary. */
export type Trial = 'flashes' | 'everything';

/** At most one a shot, and only in one long enough to keep it away from the joins. */
export function chooseDisturbance(
  random: Random,
  rate: number,
  shotFrames: number,
  trial: Trial,
): Disturbance | undefined {
  const margin = Math.round(rate * 0.4);
  if (random.share() < 0.45) return undefined;
  const seconds = (low: number, high: number) => Math.max(1, Math.round(random.between(low, high) * rate));
  const flashes = [
    { name: 'flash', frames: random.integer(1, 3) },
    { name: 'lightning', frames: seconds(0.2, 0.5) },
    { name: 'strobe', frames: seconds(0.4, 1) },
  ] as const;
  const others = [
    { name: 'exposure', frames: seconds(0.4, 1.5) },
    { name: 'caption', frames: seconds(0.6, 1.4) },
    { name: 'passer-by', frames: seconds(0.3, 0.8) },
    { name: 'dropout', frames: 1 },
    { name: 'blackout', frames: random.integer(1, 3) },
  ] as const;
  const { name, frames } = random.pick(trial === 'flashes' ? flashes : [...flashes, ...others]);
  if (frames + 2 * margin > shotFrames) return undefined;
  const from = random.integer(margin, shotFrames - margin - frames);
  return { name, from, frames, strength: random.between(0.5, 1) };
}

/** Disturbs a picture (planar 4:2:0, limited range) in place. */
export function disturb(what: Disturbance, frame: number, picture: Uint8Array, width: number, height: number): void {
  const at = frame - what.from;
  if (at < 0 || at >= what.frames) return;
  const lumaSize = width * height;
  const towards = (level: number, share: number) => {
    for (let index = 0; index < lumaSize; index++) picture[index] = (picture[index] ?? 0) * (1 - share) + level * share;
    for (let index = lumaSize; index < picture.length; index++)
      picture[index] = (picture[index] ?? 0) * (1 - share) + 128 * share;
  };
  const share = at / what.frames;
  switch (what.name) {
    case 'flash':
      towards(235, what.strength);
      break;
    case 'lightning':
      towards(235, what.strength * Math.exp(-6 * ((share * 2) % 1)));
      break;
    case 'strobe':
      if (at % 4 < 2) towards(235, what.strength * 0.8);
      break;
    case 'exposure':
      towards(what.strength > 0.75 ? 235 : 16, 0.6 * what.strength * Math.sin(Math.PI * share));
      break;
    case 'caption':
      for (let row = Math.floor(height * 0.8); row < height * 0.92; row++)
        for (let column = Math.floor(width * 0.2); column < width * 0.8; column++)
          if ((column >> 2) % 3 && (row >> 2) % 4) picture[row * width + column] = 235;
      break;
    case 'passer-by': {
      const centre = -0.3 + 1.6 * share;
      for (let row = Math.floor(height * 0.1); row < height; row++)
        for (let column = 0; column < width; column++)
          if (Math.abs(column / width - centre) < 0.25 * what.strength) picture[row * width + column] = 30 + (row % 40);
      break;
    }
    case 'dropout':
      picture.copyWithin(0, lumaSize >> 1, lumaSize);
      break;
    case 'blackout':
      towards(16, 1);
      break;
    default:
      what.name satisfies never;
  }
}
