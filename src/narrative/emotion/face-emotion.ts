import type { Emotion } from '../../../schema/enums.js';
import type { Vad } from '../../../schema/vad.js';
import { feelingStrength, nearestEmotion, prototypes } from './plutchik.js';

/** What an expression model gave one face at one moment: a share 0…1 for each of its words. */
export interface ExpressionReading {
  readonly expressions: Readonly<Record<string, number>>;
  /** How much this moment counts beside the others, above 0: how well the face could be read. */
  readonly weight?: number;
}

export interface FaceEmotion {
  /** The model's word for what the face shows most, such as `angry`; `neutral` is one. */
  readonly expression: string;
  readonly vad: Vad;
  /** Absent where the face shows next to nothing. */
  readonly emotion?: Emotion;
  /** 0…1; never high, see `shareRight`. */
  readonly confidence: number;
}

/** The model's words in Plutchik's terms; it has none for trust and anticipation, and what is neutral is no emotion. */
const emotionOfWord: Readonly<Record<string, Emotion>> = {
  angry: 'ANGER',
  disgust: 'DISGUST',
  fear: 'FEAR',
  happy: 'JOY',
  sad: 'SADNESS',
  surprise: 'SURPRISE',
};
/** Of seven posed expressions the bundled model names four; in film, where nobody poses, hardly more. */
const shareRight = 4 / 7;
/** A mixture shorter than this shows nothing that has a name. */
const leastStrength = 0.2;

/**
 * What a face shows over some moments: its words' prototypes (Russell & Mehrabian 1977) mixed by their shares, and the
 * emotion nearest to that. Undefined without a reading.
 */
export function readFaceEmotion(readings: readonly ExpressionReading[]): FaceEmotion | undefined {
  const shares = meanShares(readings);
  const [expression, share] = [...shares].reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  if (expression === '') return undefined;
  const vad = mixed(shares);
  const emotion = feelingStrength(vad) >= leastStrength ? nearestEmotion(vad, Object.values(emotionOfWord)) : undefined;
  return { expression, vad, ...(emotion && { emotion }), confidence: shareRight * Math.min(1, share) };
}

/** Mean share of each word over the readings, in order of the words. */
function meanShares(readings: readonly ExpressionReading[]): Map<string, number> {
  const sums = new Map<string, number>();
  const total = readings.reduce((sum, { weight = 1 }) => sum + weight, 0);
  for (const { expressions, weight = 1 } of readings)
    for (const [word, share] of Object.entries(expressions))
      sums.set(word, (sums.get(word) ?? 0) + (share * weight) / total);
  return new Map([...sums].sort(([a], [b]) => (a < b ? -1 : 1)));
}

function mixed(shares: ReadonlyMap<string, number>): Vad {
  const sum = { valence: 0, arousal: 0, dominance: 0 };
  for (const [word, share] of shares) {
    const emotion = emotionOfWord[word];
    if (!emotion) continue;
    const { valence, arousal, dominance } = prototypes[emotion];
    sum.valence += share * valence;
    sum.arousal += share * arousal;
    sum.dominance += share * dominance;
  }
  const within = (value: number) => Number(Math.max(-1, Math.min(1, value)).toFixed(3));
  return { valence: within(sum.valence), arousal: within(sum.arousal), dominance: within(sum.dominance) };
}
