import { silenceDb } from './loudness.js';

/** Where the loudest of the last seconds is brought to, in dBFS; Silero hears film speech best at −20…−14. */
const targetDb = -18;
/** Quieter sound than −58 dBFS stays quiet: what it holds is mostly the recorder's own noise. */
const maxGainDb = 40;
/** How long a loud sound keeps the gain down. */
const memorySeconds = 30;

/**
 * The factor by which a stretch of sound is amplified before it is searched for speech, never below 1: Silero loses a
 * third of the words in a film mixed 35 dB below the usual level.
 * `secondsDb` is the loudness of every second up to the end of that stretch.
 */
export function listeningGain(secondsDb: readonly number[]): number {
  const loudest = secondsDb.slice(-memorySeconds).reduce((high, db) => Math.max(high, db), silenceDb);
  return 10 ** (Math.min(maxGainDb, Math.max(0, targetDb - loudest)) / 20);
}
