import type { KeyframeRejection } from '../../../schema/enums.js';
import type { FoundKeyframe } from '../../findings.js';
import { upperMedian } from '../arithmetic.js';
import { rejectionOf } from './honesty.js';
import type { ChosenFrame } from './slot-watch.js';

/** A chosen frame whose picture is saved. */
export type SavedFrame = Omit<ChosenFrame, 'pixels'> & { readonly imageId: string };

/** Judges the frames that won their slots against the whole film, and puts them in order of time. */
export function honestKeyframes(won: readonly SavedFrame[]): FoundKeyframe[] {
  const filmSharpness = upperMedian(won.map(({ measures }) => measures.sharpness));
  return won
    .toSorted((a, b) => a.atMs - b.atMs)
    .map(({ slot, atMs, measures, shotTextured, imageId }) => {
      const rejection = rejectionOf(measures, { filmSharpness, shotTextured });
      return {
        shotStartMs: slot.shotStartMs,
        atMs,
        imageId,
        sharpness: round(measures.sharpness),
        valid: rejection === undefined,
        ...(rejection && { rejection }),
        confidence: round(confidenceOf(measures.sharpness, filmSharpness, rejection)),
        evidence: [{ startMs: atMs, endMs: atMs + 1, note: noteOf(measures, rejection) }],
      };
    });
}

/** Surer the sharper a frame is beside the film's median; 0…1. */
function confidenceOf(sharpness: number, filmSharpness: number, rejection: KeyframeRejection | undefined): number {
  if (rejection === 'BLACK' || rejection === 'FLAT') return 0.95;
  const share = sharpness / Math.max(1e-6, sharpness + 0.1 * filmSharpness);
  return rejection ? 0.5 + 0.5 * (1 - share) : 0.5 + 0.5 * share;
}

const noteOf = ({ sharpness, light, contrast, textured }: SavedFrame['measures'], rejection?: KeyframeRejection) =>
  `${rejection ? `Turned down (${rejection.toLowerCase()})` : 'The best of its stretch'}: sharpness ${sharpness.toFixed(0)}, ` +
  `light ${light.toFixed(0)}, contrast ${contrast.toFixed(0)}, something to see in ${Math.round(100 * textured)} % of it.`;

const round = (value: number) => Math.round(value * 1000) / 1000;
