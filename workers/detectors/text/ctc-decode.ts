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

/** Where the picture shows a gap as wide as a space, this is enough. */
const leastSpaceAtGap = 0.002;

interface Character {
  readonly text: string;
  readonly probability: number;
  /** Likeliest space since the character before. */
  readonly space: number;
  readonly firstStep: number;
  lastStep: number;
}

/**
 * Best path through `steps × classes` probabilities: class 0 is CTC's blank, class n the n-th character of the alphabet;
 * a run of one class is one character. `isWide` says which of the gaps between neighbouring characters, whose middles
 * it gets in steps, are as wide as spaces.
 */
export function decodeCtc(
  probabilities: Float32Array,
  classes: number,
  alphabet: readonly string[],
  isWide: (middles: readonly number[]) => readonly boolean[] = () => [],
): DecodedLine {
  const characters = bestPath(probabilities, classes, alphabet);
  const visible = characters.filter((character) => character.text !== ' ');
  const wide = isWide(visible.map(({ firstStep, lastStep }) => (firstStep + lastStep + 1) / 2));
  const atGap = new Set(visible.filter((_, index) => wide[index - 1]));
  let text = '';
  for (const character of characters) {
    const least = atGap.has(character) ? leastSpaceAtGap : leastSpace;
    if (character.space >= least && isSpaced(text.at(-1) ?? '', character.text)) text += ' ';
    text += character.text;
  }
  const sum = characters.reduce((total, { probability }) => total + probability, 0);
  return { text, confidence: characters.length === 0 ? 0 : sum / characters.length };
}

function bestPath(probabilities: Float32Array, classes: number, alphabet: readonly string[]): Character[] {
  const steps = Math.floor(probabilities.length / classes);
  const spaceClass = alphabet.indexOf(' ') + 1;
  const characters: Character[] = [];
  let [last, space] = [0, 0];
  for (let step = 0; step < steps; step++) {
    let [best, probability] = [0, 0];
    for (let index = step * classes, name = 0; name < classes; name++, index++) {
      const value = probabilities[index] as number;
      if (value > probability) {
        probability = value;
        best = name;
      }
    }
    if (spaceClass > 0) space = Math.max(space, probabilities[step * classes + spaceClass] as number);
    const before = characters.at(-1);
    if (best !== 0 && best === last && before) before.lastStep = step;
    else if (best !== 0) {
      characters.push({ text: alphabet[best - 1] ?? '', probability, space, firstStep: step, lastStep: step });
      space = 0;
    }
    last = best;
  }
  return characters;
}

const isSpaced = (before: string, after: string) => spaced.test(before) && spaced.test(after) && !closing.test(after);
