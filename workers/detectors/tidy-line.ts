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
      .replaceAll('、', ',');
  return line
    .replace(/^(?:[.,·'`_]{1,2} )+/, '')
    .replace(/(?: [.,·'`_]{1,2})+$/, '')
    .replace(/([\p{L}\p{N}][!?.,])[.,]$/u, '$1');
}
