/** Moments as OmniScript writes them: `MM:SS` or `HH:MM:SS`, counted from the film's start. */

export interface Moment {
  readonly startMs: number;
  /** Where the text is a range: `00:05-00:09`. */
  readonly endMs?: number;
}

/** The latest moment that is one, in milliseconds: eleven days, so that what follows it fits in 31 bits, too. */
export const latestMs = 1_000_000_000;

/** Minutes may go past 59, as they do in scripts that know no hours. */
const clock = String.raw`\d{1,9}(?::\d{1,9}){0,2}(?:[.,]\d{1,9})?`;
const moment = new RegExp(
  String.raw`^\s*\[?\s*(${clock})\s*s?\s*(?:(?:-|–|—|~|→|-->|to)\s*(${clock})\s*s?\s*)?\]?\s*$`,
  'i',
);

/** Reads a moment or a range, with or without fractions of a second; a number is seconds. Undefined for all else. */
export function readTimestamp(value: string | number): Moment | undefined {
  if (typeof value === 'number' && !(value >= 0)) return undefined;
  const text = typeof value === 'number' ? value.toFixed(3) : value.normalize('NFKC').slice(0, 60);
  const [, start, end] = moment.exec(text) ?? [];
  if (start === undefined) return undefined;
  const startMs = millisecondsOf(start);
  const endMs = end === undefined ? undefined : millisecondsOf(end);
  if (startMs > latestMs || (endMs ?? 0) > latestMs) return undefined;
  return { startMs, ...(endMs !== undefined && endMs > startMs && { endMs }) };
}

function millisecondsOf(text: string): number {
  const seconds = text
    .replace(',', '.')
    .split(':')
    .reduce((sum, part) => sum * 60 + Number(part), 0);
  return Math.round(seconds * 1000);
}

/** The second in which a moment lies, with hours where the film has them. */
export function writeTimestamp(atMs: number, hasHours: boolean): string {
  const seconds = Math.floor(atMs / 1000);
  const [minutes, hours] = [Math.floor(seconds / 60), Math.floor(seconds / 3600)];
  const parts = hasHours ? [hours, minutes % 60, seconds % 60] : [minutes, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
