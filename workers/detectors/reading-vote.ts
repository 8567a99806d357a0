/** Several readings of one line, settled to one. */

export interface Reading {
  readonly text: string;
  /** 0…1 */
  readonly confidence: number;
}

export interface SettledReading extends Reading {
  /** The readings that lost, each once. */
  readonly otherReadings: readonly Reading[];
}

/**
 * The text with the most confidence summed over its readings. Its own confidence is the mean of its readings', times
 * the share of all votes' weight that it has when another text was read too.
 */
export function settleReadings(readings: readonly Reading[]): SettledReading {
  const votes = new Map<string, { weight: number; count: number }>();
  let total = 0;
  for (const reading of readings) {
    const text = reading.text.replace(/\s+/g, ' ').trim();
    const vote = votes.get(text) ?? { weight: 0, count: 0 };
    vote.weight += reading.confidence;
    vote.count++;
    total += reading.confidence;
    votes.set(text, vote);
  }
  const ranked = [...votes].sort(([, a], [, b]) => b.weight - a.weight);
  const [winner, ...losers] = ranked;
  if (!winner) return { text: '', confidence: 0, otherReadings: [] };
  const mean = ({ weight, count }: { weight: number; count: number }) => weight / count;
  return {
    text: winner[0],
    confidence: total === 0 ? 0 : mean(winner[1]) * Math.sqrt(winner[1].weight / total),
    otherReadings: losers.filter(([text]) => text !== '').map(([text, vote]) => ({ text, confidence: mean(vote) })),
  };
}
