/** JSON as foreign formats come in it. */
import { FabulaError } from '../../schema/errors.js';
import type { ReportItem } from './format.js';

export interface JsonText {
  readonly value: unknown;
  /** What had to be changed so that it could be read. */
  readonly report: readonly ReportItem[];
  /** Where in the text the value at the end of some steps stands, as far as known. */
  readonly placeOf: (steps: readonly (string | number)[]) => Pick<ReportItem, 'line' | 'column'>;
}

/** Reads a text of JSON. SCRIPT_UNREADABLE with line and column. */
export function readJsonText(text: string): JsonText {
  try {
    return { value: JSON.parse(text.replace(/^\uFEFF/, '')), report: [], placeOf: () => ({}) };
  } catch (error) {
    const before = text.slice(0, brokenAt(text)).split(/\r\n|\r|\n/);
    const place = `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
    throw new FabulaError('SCRIPT_UNREADABLE', `The JSON is broken at ${place}.`, undefined, { cause: error });
  }
}

/** Errors that say only that a text ends too early. */
const isCutOff = (error: unknown, length: number) =>
  /Unexpected end|Unterminated/.test(String(error)) || new RegExp(`position ${length}\\b`).test(String(error));

/** The longest beginning that could go on as JSON: the engine does not always say where it stumbles. */
function brokenAt(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (couldGoOn(text.slice(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function couldGoOn(start: string): boolean {
  try {
    JSON.parse(start);
    return true;
  } catch (error) {
    return isCutOff(error, start.length);
  }
}
