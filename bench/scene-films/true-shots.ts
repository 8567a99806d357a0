/** The shots of a planned film as a perfect shot detector would find them. */
import type { FoundShot, ShotLook } from '../../workers/findings.js';
import { type FilmPlan, framesPerSecond } from './plan.js';
import { planFrames } from './render.js';

const size = { width: 64, height: 48 };
const looksPerShot = 5;

export async function trueShots(plan: FilmPlan, dataFolder: string): Promise<FoundShot[]> {
  const looks: ShotLook[] = [];
  for await (const frame of planFrames(plan, size, dataFolder))
    looks.push(lookOf(frame, Math.round((looks.length * 1000) / framesPerSecond)));
  return plan.shots.map(({ transition }, index) => {
    const [startMs = 0, endMs = 0] = plan.shotTimesMs.slice(index, index + 2);
    const inside = looks.filter(({ atMs }) => startMs <= atMs && atMs < endMs);
    const chosen = Array.from(
      { length: Math.min(looksPerShot, inside.length) },
      (_, at) => inside.slice(Math.floor(((at + 0.5) * inside.length) / looksPerShot))[0],
    );
    const shown = chosen.filter((look) => look !== undefined);
    return { startMs, endMs, transition, looks: shown, confidence: 1, evidence: [] };
  });
}

/** Histogram and grid of a yuv420p frame, as `ShotLook` defines them. */
function lookOf(frame: Buffer, atMs: number): ShotLook {
  const { width, height } = size;
  const pixels = width * height;
  const colours = Array<number>(64).fill(0);
  const layout = Array<number>(48).fill(0);
  for (let at = 0; at < pixels; at++) {
    const [row, column] = [Math.floor(at / width), at % width];
    const chroma = pixels + Math.floor(row / 2) * (width / 2) + Math.floor(column / 2);
    const luma = frame[at] ?? 0;
    const bin = (luma >> 6) * 16 + ((frame[chroma] ?? 0) >> 6) * 4 + ((frame[chroma + pixels / 4] ?? 0) >> 6);
    colours[bin] = (colours[bin] ?? 0) + 1 / pixels;
    const cell = Math.floor((row * 6) / height) * 8 + Math.floor((column * 8) / width);
    layout[cell] = (layout[cell] ?? 0) + (luma * 48) / pixels;
  }
  return { atMs, colours, layout };
}
