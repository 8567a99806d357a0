/** The shots of a planned film as a perfect shot detector would find them. */
import { packLook, unpackLook } from '../../workers/detectors/shots/look.js';
import { chromaHeight, chromaWidth } from '../../workers/detectors/shots/small-frame.js';
import type { FoundShot, ShotLook } from '../../workers/findings.js';
import { type FilmPlan, framesPerSecond } from './plan.js';
import { planFrames } from './render.js';

const size = { width: 2 * chromaWidth, height: 2 * chromaHeight };
/** As many as the shots stage takes of a shot of ten seconds. */
const looksPerShot = 5;

export async function trueShots(plan: FilmPlan, dataFolder: string): Promise<FoundShot[]> {
  const looks: ShotLook[] = [];
  for await (const frame of planFrames(plan, size, dataFolder))
    looks.push(unpackLook(packLook(Math.round((looks.length * 1000) / framesPerSecond), coarseOf(frame))));
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

/** Luma (averaged over 2×2), Cb and Cr of a yuv420p frame, each as large as its chroma: what the shots stage looks at. */
function coarseOf(frame: Buffer): Uint8Array {
  const { width, height } = size;
  const samples = (width * height) / 4;
  const coarse = new Uint8Array(3 * samples);
  for (let at = 0; at < samples; at++) {
    const corner = Math.floor(at / (width / 2)) * 2 * width + (at % (width / 2)) * 2;
    const four = [corner, corner + 1, corner + width, corner + width + 1];
    coarse[at] = four.reduce((sum, pixel) => sum + (frame[pixel] ?? 0), 0) / 4;
  }
  coarse.set(frame.subarray(width * height), samples);
  return coarse;
}
