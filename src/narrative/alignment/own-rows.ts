/** Cues and lines in two languages, a row each: only the rows in the other side's writing are compared and replaced. */
import { isDense, normalText } from '../evaluation/normal-text.js';

type Writing = 'dense' | 'spaced';

/** Of texts that mix both writings, so many must do so before they are taken for bilingual. */
const bilingual = 0.3;

/** How one row is written; undefined for one without letters. */
function writingOf(row: string): Writing | undefined {
  const signs = [...normalText(row)].filter((sign) => sign !== ' ');
  if (signs.length === 0) return undefined;
  return signs.filter(isDense).length * 2 >= signs.length ? 'dense' : 'spaced';
}

const isMixed = (text: string): boolean => new Set(text.split('\n').map(writingOf).filter(Boolean)).size > 1;

/**
 * Picks of each text the rows to compare: all of them, or, where these texts are bilingual and the others are not, those
 * in the others' writing.
 */
export function ownRows(texts: readonly string[], others: readonly string[]): (text: string) => string {
  const share = (some: readonly string[]) => some.filter(isMixed).length / Math.max(1, some.length);
  if (share(texts) < bilingual || share(others) >= bilingual) return (text) => text;
  const writings = others.map(writingOf);
  const isTheirs: Writing =
    writings.filter((each) => each === 'dense').length * 2 > writings.length ? 'dense' : 'spaced';
  return (text) => {
    if (!isMixed(text)) return text;
    return text
      .split('\n')
      .filter((row) => writingOf(row) === isTheirs)
      .join('\n');
  };
}

/** The text with the rows that were compared replaced. */
export function withRows(text: string, compared: string, now: string): string {
  if (text === compared) return now;
  const rows = new Set(compared.split('\n'));
  const at = text.split('\n').findIndex((row) => rows.has(row));
  return text
    .split('\n')
    .flatMap((row, n) => (n === at ? [now] : rows.has(row) ? [] : [row]))
    .join('\n');
}
