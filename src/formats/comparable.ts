import { type ComparableScript, comparableOf } from '../narrative/evaluation/comparable-script.js';
import type { ReportItem } from './format.js';
import { formatOf } from './formats.js';

/** What is compared of a script in any format that is read, and what became of what it could not be read as. */
export function readComparable(
  text: string,
  fallbackTitle?: string,
): { readonly script: ComparableScript; readonly report: readonly ReportItem[] } {
  const { narrative, report } = formatOf(text).read(text, { episodeId: 'script', fallbackTitle });
  return { script: comparableOf(narrative), report };
}
