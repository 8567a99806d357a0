import { evenCase } from './letter-case.js';

/** Scripts that are written without spaces and with full-width marks. */
const fullWidth = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * A line as a person would type it: single spaces, half-width marks in a line without Chinese or Japanese, and without
 * the lone dots that a recogniser sees in the picture beside the text.
 */
export function tidyLine(text: string): string {
  let line = text.replace(/\s+/g, ' ').trim();
  if (!fullWidth.test(line))
    line = line
      .replace(/[！-～]/g, (mark) => String.fromCharCode(mark.charCodeAt(0) - 0xfee0))
      .replaceAll('。', '.')
      .replaceAll('、', ',')
      .replace(/[“”„]|''/g, '"')
      .replace(/[‘’`´]/g, "'")
      .replace(/(\p{L})\s?'\s?(s|t|m|d|ll|re|ve)\b/giu, "$1'$2");
  line = closedUp(spacedOut(evenCase(line)));
  return line
    .replace(/^--? ?(?=\p{L})/u, '- ')
    .replace(/^(?:[.,·'`_]{1,2} )+/, '')
    .replace(/(?: [.,·'`_]{1,2})+$/, '')
    .replace(/([\p{L}\p{N}][!?.,])[.,]$/u, '$1');
}

/** Spaces after a mark that closes a phrase, and none within numbers, compounds and contractions. */
const spacedOut = (line: string) =>
  line
    .replace(/(\p{L}[,;!?])(?=\p{L})/gu, '$1 ')
    .replace(/(\p{Ll}{2}\.)(?=\p{Lu}\p{Ll})/gu, '$1 ')
    .replace(/(\d) ?([.,:]) ?(?=\d{2,})/g, '$1$2')
    .replace(/(\p{L}) -(?=\p{Ll})/gu, '$1-')
    .replace(/(\p{L}n) t\b/gu, "$1't")
    .replace(/\.{4,}/g, '...');

/** Quotation marks stand at their words: an odd one before the next, an even one after the last. */
function closedUp(line: string): string {
  let count = 0;
  return line.replace(/^""/, '"').replace(/ ?" ?/g, (mark, at: number) => {
    count++;
    const isLast = at + mark.length === line.length;
    if (at === 0) return '"';
    if (isLast) return '"';
    return mark === '"' ? mark : count % 2 === 1 ? ' "' : '" ';
  });
}
