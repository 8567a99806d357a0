/**
 * How strongly a cut's evidence speaks for a new scene: log likelihood ratios in nats, added up. Those of speech are
 * counts on studyforrest's hour of *Forrest Gump* (a line goes on over 15 % of its scene boundaries and 29 % of its
 * other cuts). Those of the picture were set on generated films and on a real scene of twelve setups (`bench/scenes.bench.ts`).
 * Those of loudness are a cautious guess: no film with known scenes and sound was at hand.
 */
import { clamp } from '../arithmetic.js';
import type { CutEvidence } from './cut-evidence.js';

const contrast = { weight: 12, neutral: 0.29 };
/** A setup that returns ties; one that does not says nothing, for many scenes show each setup once. */
const link = { weight: 10, neutral: 0.7 };
const strangeness = { weight: 20, neutral: 0.05 };
/** However clear a picture is, it never outweighs everything else. */
const mostByPicture = 6;
const fade = 3.5;
const dissolve = 0.7;
const spokenOver = -0.66;
const spokenBeside = 0.18;
const loudness = { perDb: 0.05, neutralDb: 5, least: -0.2, most: 0.5 };

/** Log odds of a scene starting at a cut, without what its time says (`scene-durations.ts`). */
export function sceneLogOdds(cut: CutEvidence): number {
  if (cut.blind) return -mostByPicture;
  return byPicture(cut) + byTransition(cut) + bySpeech(cut) + byLoudness(cut);
}

const byPicture = (cut: CutEvidence): number =>
  clamp(
    contrast.weight * (cut.contrast - contrast.neutral) -
      link.weight * Math.max(0, cut.link - link.neutral) +
      strangeness.weight * Math.max(0, cut.strangeness - strangeness.neutral),
    -mostByPicture,
    mostByPicture,
  );

function byTransition({ transition, outOfBlack }: CutEvidence): number {
  if (outOfBlack) return fade;
  switch (transition) {
    case 'FADE':
      return fade;
    case 'DISSOLVE':
    case 'WIPE':
      return dissolve;
    case 'CUT':
    case 'START':
      return 0;
    default:
      return transition satisfies never;
  }
}

const bySpeech = ({ spoken }: CutEvidence): number => (spoken === undefined ? 0 : spoken ? spokenOver : spokenBeside);

const byLoudness = ({ loudnessStepDb }: CutEvidence): number =>
  loudnessStepDb === undefined
    ? 0
    : clamp(loudness.perDb * (loudnessStepDb - loudness.neutralDb), loudness.least, loudness.most);
