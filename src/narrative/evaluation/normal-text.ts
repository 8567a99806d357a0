/** Scripts whose signs are words or syllables: what is written in them is cut into signs, not into words. */
const dense = '\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Hangul}';
const denseSign = new RegExp(`[${dense}]`, 'u');
const spaceBetweenDense = new RegExp(`(?<=[${dense}]) (?=[${dense}])`, 'gu');
const runs = new RegExp(`[${dense}]+|[^${dense}]+`, 'gu');

/** Whether a text begins with, or a sign is, one of a dense script. */
export const isDense = (text: string): boolean => denseSign.test(text);

/** A normal text's stretches of dense scripts and of others, in order. */
export const runsOf = (text: string): string[] => text.match(runs) ?? [];

/**
 * The text without what is formatting: width of signs (NFKC), case, punctuation, the number of spaces, and any space
 * between signs of dense scripts. Empty for a text that has no letter, number or pictograph.
 */
export const normalText = (text: string): string =>
  foldCase(text)
    // Joined words stay one word (don’t), and signs that nobody sees part none.
    .replaceAll(/['’‘`´ʼ]|\p{Cf}|\p{Variation_Selector}/gu, '')
    .replaceAll(/[^\p{L}\p{M}\p{N}\p{So}\p{Sc}\p{Co}]+/gu, ' ')
    .trim()
    .replaceAll(spaceBetweenDense, '');

/** Upper case first: it makes one of ß and ss, and of the two small sigmas. */
export const foldCase = (text: string): string => text.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC');
