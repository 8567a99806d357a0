/** `01:02:03,450`, `02:03.45` or `3:04`: hours may be absent, fractions short, spaces may have crept in. */
const clock = /^\s*(-)?\s*(?:(\d{1,4})\s*:\s*)?(\d{1,3})\s*:\s*(\d{1,3})(?:\s*[.,:;]\s*(\d{1,9}))?\s*$/;

/** A cue's time in milliseconds; negative where it says so, undefined where it is no time. */
export function parseCueTime(text: string): number | undefined {
  const match = clock.exec(text);
  if (!match) return undefined;
  const [, sign, hours = '0', minutes = '', seconds = '', fraction = '0'] = match;
  if (Number(seconds) > 59 || Number(minutes) > 59) return undefined;
  const wholeMs = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  const ms = wholeMs + Math.round(Number(`0.${fraction}`) * 1000);
  return sign ? -ms : ms;
}

/** `01:02:03,450`: hours have at least two digits, `mark` stands before the milliseconds. */
export function formatClock(ms: number, mark: '.' | ','): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const fraction = String(ms % 1000).padStart(3, '0');
  return `${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}${mark}${fraction}`;
}
