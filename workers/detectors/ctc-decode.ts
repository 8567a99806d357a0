/** Reads a line's text from the character probabilities of a recogniser trained with CTC (Graves et al. 2006). */

export interface DecodedLine {
  readonly text: string;
  /** Mean probability of the characters, 0…1; 0 for an empty line. */
  readonly confidence: number;
}

/**
 * A space between words that is less likely than CTC's blank at every step, but likelier than this at one: within words
 * it stays far below. The recogniser saw spaced lines seldom, and drops a third of the spaces of some lines.
 */
const leastSpace = 0.025;
/** Only after such characters, and before those of them that do not close a word; Han and kana need no spaces. */
const spaced = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{Nd}\p{P}\p{Sc}]/u;
const closing = /[,.:;!?'’)\]]/;

/**
 * Best path through `steps × classes` probabilities: class 0 is CTC's blank, class n the n-th character of the alphabet;
 * a run of one class is one character.
 */
export function decodeCtc(probabilities: Float32Array, classes: number, alphabet: readonly string[]): DecodedLine {
  const steps = Math.floor(probabilities.length / classes);
  const spaceClass = alphabet.indexOf(' ') + 1;
  let [text, sum, count, last, likeliestSpace] = ['', 0, 0, 0, 0];
  for (let step = 0; step < steps; step++) {
    let best = 0;
    let bestProbability = 0;
    for (let index = step * classes, name = 0; name < classes; name++, index++) {
      const probability = probabilities[index] as number;
      if (probability > bestProbability) {
        bestProbability = probability;
        best = name;
      }
    }
    if (spaceClass > 0) likeliestSpace = Math.max(likeliestSpace, probabilities[step * classes + spaceClass] as number);
    if (best !== 0 && best !== last) {
      const character = alphabet[best - 1] ?? '';
      if (likeliestSpace >= leastSpace && isSpaced(text.at(-1) ?? '', character)) text += ' ';
      text += character;
      sum += bestProbability;
      count++;
      likeliestSpace = 0;
    }
    last = best;
  }
  return { text, confidence: count === 0 ? 0 : sum / count };
}

const isSpaced = (before: string, after: string) => spaced.test(before) && spaced.test(after) && !closing.test(after);
