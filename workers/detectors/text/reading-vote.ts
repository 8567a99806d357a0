/** Several readings of one line, settled to one. */
import { tidyLine } from './tidy-line.js';

export interface Reading {
  readonly text: string;
  /** 0…1 */
  readonly confidence: number;
}

export interface SettledReading extends Reading {
  /** The readings that lost, each once. */
  readonly otherReadings: readonly Reading[];
}

const disagreementCost = 0.2;
/** Two doubtful readings that agree (.75 and .75) must not outvote a sure one (.95). */
const sharpness = 4;

/**
 * The text with the most votes, each the confidence to the fourth power, summed over its readings. Its own confidence is the mean of its readings', less a
 * little for what other texts weigh.
 */
export function settleReadings(readings: readonly Reading[]): SettledReading {
  const votes = new Map<string, { weight: number; sum: number; count: number }>();
  let total = 0;
  for (const reading of readings) {
    const text = tidyLine(reading.text);
    const vote = votes.get(text) ?? { weight: 0, sum: 0, count: 0 };
    const weight = reading.confidence ** sharpness;
    vote.weight += weight;
    vote.sum += reading.confidence;
    vote.count++;
    total += weight;
    votes.set(text, vote);
  }
  const ranked = [...votes].sort(([, a], [, b]) => b.weight - a.weight);
  const [winner, ...losers] = ranked;
  if (!winner) return { text: '', confidence: 0, otherReadings: [] };
  const mean = ({ sum, count }: { sum: number; count: number }) => sum / count;
  return {
    text: winner[0],
    confidence: mean(winner[1]) * (1 - disagreementCost * (1 - winner[1].weight / Math.max(total, winner[1].weight))),
    otherReadings: losers.filter(([text]) => text !== '').map(([text, vote]) => ({ text, confidence: mean(vote) })),
  };
}
