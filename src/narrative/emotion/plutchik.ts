import type { Emotion } from '../../../schema/enums.js';
import type { Vad } from '../../../schema/vad.js';

/** Where each primary emotion lies in valence, arousal and dominance (Russell & Mehrabian 1977), −1…1. */
export const prototypes: Readonly<Record<Emotion, Vad>> = {
  JOY: { valence: 0.81, arousal: 0.51, dominance: 0.46 },
  TRUST: { valence: 0.38, arousal: 0.13, dominance: -0.08 },
  FEAR: { valence: -0.64, arousal: 0.6, dominance: -0.43 },
  SURPRISE: { valence: 0.4, arousal: 0.67, dominance: -0.13 },
  SADNESS: { valence: -0.63, arousal: -0.27, dominance: -0.33 },
  DISGUST: { valence: -0.6, arousal: 0.35, dominance: 0.11 },
  ANGER: { valence: -0.51, arousal: 0.59, dominance: 0.25 },
  ANTICIPATION: { valence: 0.64, arousal: 0.51, dominance: 0.17 },
};
