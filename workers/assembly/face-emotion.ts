import type { Emotion } from '../../schema/enums.js';
import type { Vad } from '../../schema/vad.js';

/** The expression model's words: our emotions, and where they lie by Russell & Mehrabian 1977 (V, A, D). */
const prototypes: Readonly<
  Record<string, { readonly emotion?: Emotion; readonly at: readonly [number, number, number] }>
> = {
  angry: { emotion: 'ANGER', at: [-0.51, 0.59, 0.25] },
  disgust: { emotion: 'DISGUST', at: [-0.6, 0.35, 0.11] },
  fear: { emotion: 'FEAR', at: [-0.64, 0.6, -0.43] },
  happy: { emotion: 'JOY', at: [0.81, 0.51, 0.46] },
  sad: { emotion: 'SADNESS', at: [-0.63, -0.27, -0.33] },
  surprise: { emotion: 'SURPRISE', at: [0.4, 0.67, -0.13] },
  neutral: { at: [0, 0, 0] },
};

/** Four of seven posed emotions were read rightly, and film is harder. */
const mostConfidence = 0.4;
/** A word below this share is not said. */
const leastShare = 0.4;

/** What a face shows, and how sure that is, 0…1; without an emotion where the face is calm or the model undecided. */
export interface FaceEmotion {
  readonly emotion?: Emotion;
  readonly expression?: string;
  readonly vad: Vad;
  readonly confidence: number;
}

/** The mean of the words' places by their shares, and the word that leads. */
export function faceEmotion(expressions: Readonly<Record<string, number>>): FaceEmotion | undefined {
  const known = Object.entries(expressions).filter(([word]) => prototypes[word]);
  const total = known.reduce((sum, [, share]) => sum + share, 0);
  const [first, ...rest] = known;
  if (!first || total <= 0) return undefined;
  const [word, share] = rest.reduce((best, next) => (next[1] > best[1] ? next : best), first);
  const axis = (index: 0 | 1 | 2) =>
    Number(
      (known.reduce((sum, [name, part]) => sum + part * (prototypes[name]?.at[index] ?? 0), 0) / total).toFixed(3),
    );
  const emotion = share / total >= leastShare ? prototypes[word]?.emotion : undefined;
  return {
    ...(emotion && { emotion }),
    ...(share / total >= leastShare && { expression: word }),
    vad: { valence: axis(0), arousal: axis(1), dominance: axis(2) },
    confidence: Number(((mostConfidence * share) / total).toFixed(2)),
  };
}
