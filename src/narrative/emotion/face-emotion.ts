import type { Emotion } from '../../../schema/enums.js';
import type { Vad } from '../../../schema/vad.js';
import { prototypes } from './plutchik.js';

/** What a face shows, and how sure that is, 0…1; without an emotion where the face is calm or the model undecided. */
export interface FaceEmotion {
  readonly emotion?: Emotion;
  /** The model's word, such as `angry`; `neutral` is one. Absent where the model is undecided. */
  readonly expression?: string;
  readonly vad: Vad;
  readonly confidence: number;
}

/** The expression model's words in Plutchik's terms; it has none for trust and anticipation. */
const emotionOfWord: Readonly<Record<string, Emotion | 'CALM'>> = {
  angry: 'ANGER',
  disgust: 'DISGUST',
  fear: 'FEAR',
  happy: 'JOY',
  sad: 'SADNESS',
  surprise: 'SURPRISE',
  neutral: 'CALM',
};
const places: Readonly<Record<Emotion | 'CALM', Vad>> = {
  ...prototypes,
  CALM: { valence: 0, arousal: 0, dominance: 0 },
};

/** Four of seven posed emotions were read rightly, and film is harder. */
const mostConfidence = 0.4;
/** A word below this share is not said. */
const leastShare = 0.4;

/**
 * The mean of the words' places by their shares, and the word that leads. `expressions` holds a share 0…1 for each of
 * the model's words; without a word that is known, the face says nothing.
 */
export function faceEmotion(expressions: Readonly<Record<string, number>>): FaceEmotion | undefined {
  const known = Object.entries(expressions).flatMap(([word, share]) => {
    const emotion = emotionOfWord[word];
    return emotion ? [{ word, emotion, share }] : [];
  });
  const total = known.reduce((sum, { share }) => sum + share, 0);
  const [first, ...rest] = known;
  if (!first || total <= 0) return undefined;
  const { word, emotion, share } = rest.reduce((best, next) => (next.share > best.share ? next : best), first);
  const mean = (axis: keyof Vad) =>
    Number(known.reduce((sum, one) => sum + (one.share / total) * places[one.emotion][axis], 0).toFixed(3));
  const decided = share / total >= leastShare;
  return {
    ...(decided && emotion !== 'CALM' && { emotion }),
    ...(decided && { expression: word }),
    vad: { valence: mean('valence'), arousal: mean('arousal'), dominance: mean('dominance') },
    confidence: Number((mostConfidence * (share / total)).toFixed(2)),
  };
}
