/** Reads a line's text from the character probabilities of a recogniser trained with CTC (Graves et al. 2006). */

export interface DecodedLine {
  readonly text: string;
  /** Mean probability of the characters, 0…1; 0 for an empty line. */
  readonly confidence: number;
}

/**
 * Best path through `steps × classes` probabilities: class 0 is CTC's blank, class n the n-th character of the alphabet;
 * a run of one class is one character.
 */
export function decodeCtc(probabilities: Float32Array, classes: number, alphabet: readonly string[]): DecodedLine {
  const steps = Math.floor(probabilities.length / classes);
  let text = '';
  let sum = 0;
  let count = 0;
  let last = 0;
  for (let step = 0; step < steps; step++) {
    let best = 0;
    let bestProbability = 0;
    for (let index = step * classes, name = 0; name < classes; name++, index++) {
      const probability = probabilities[index] ?? 0;
      if (probability > bestProbability) {
        bestProbability = probability;
        best = name;
      }
    }
    if (best !== 0 && best !== last) {
      text += alphabet[best - 1] ?? '';
      sum += bestProbability;
      count++;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}
