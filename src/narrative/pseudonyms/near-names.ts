/** Names that somebody misspelled or drew out: `Frrrest` for Forrest. */
import { foldName, withoutMarks } from './name-scripts.js';

/** Shorter names have too many neighbours. */
const leastLetters = 6;
const capitalised = /(?<!\p{L})\p{Lu}\p{L}{4,}/gu;

/**
 * Makes the function that replaces words with a capital that are one letter (too many, too few, another, or drawn out)
 * beside a long name and begin like it, unless they are words of these texts.
 */
export function nearNameReplacer(
  parts: readonly { readonly text: string; readonly pseudonym: string }[],
  isWord: (folded: string) => boolean,
): (text: string, onFound: () => void) => string {
  const long = parts
    .map(({ text, pseudonym }) => ({ folded: withoutMarks(foldName(text)), pseudonym }))
    .filter(({ folded }) => folded.length >= leastLetters && /^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u.test(folded));
  const own = new Set(parts.map(({ pseudonym }) => foldName(pseudonym)));
  const known = new Map<string, string | undefined>();
  const nearest = (word: string): string | undefined => {
    const folded = withoutMarks(foldName(word));
    if (!known.has(folded)) {
      const found = own.has(folded) || isWord(folded) ? undefined : long.find((name) => isNear(folded, name.folded));
      known.set(folded, found?.pseudonym);
    }
    return known.get(folded);
  };
  if (long.length === 0) return (text) => text;
  return (text, onFound) =>
    text.replaceAll(capitalised, (word) => {
      const pseudonym = nearest(word);
      if (pseudonym === undefined) return word;
      onFound();
      return word === word.toUpperCase() ? pseudonym.toUpperCase() : pseudonym;
    });
}

/** Whether two words of one first letter differ in one letter, or in how often letters are repeated. */
function isNear(word: string, name: string): boolean {
  if (word[0] !== name[0] || Math.abs(word.length - name.length) > 1) return once(word) === once(name);
  let start = 0;
  while (start < word.length && word[start] === name[start]) start++;
  let end = 0;
  while (end < word.length - start && end < name.length - start && word.at(-1 - end) === name.at(-1 - end)) end++;
  return Math.max(word.length, name.length) - start - end <= 1 || once(word) === once(name);
}

const once = (word: string): string => word.replaceAll(/(\p{L})\1+/gu, '$1');
