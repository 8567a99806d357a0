/** Timecode: frames counted as hours, minutes, seconds and frames (SMPTE ST 12-1). */

export interface FrameRate {
  /** Frames that a second of timecode counts. */
  readonly nominal: number;
  /** Whether frames last 1001/1000 as long as that. */
  readonly isNtsc: boolean;
  /** Whether numbers are left out, the first of each minute but every tenth, so that the labels keep up with the clock. */
  readonly isDropFrame: boolean;
}

export const perSecond = ({ nominal, isNtsc }: FrameRate): number => (isNtsc ? (nominal * 1000) / 1001 : nominal);

const standard: readonly FrameRate[] = [24, 25, 30, 48, 50, 60].flatMap((nominal) => [
  { nominal, isNtsc: false, isDropFrame: false },
  ...(nominal % 6 === 0 ? [{ nominal, isNtsc: true, isDropFrame: nominal % 30 === 0 }] : []),
]);

/** How far a measured rate may be from a standard one: variable rates have odd means. */
const tolerance = 0.0004;

/**
 * The standard rate of a film, or where it has none the one with frames at least as fine: every edit lies within half a
 * frame of it.
 */
export function rateFor(framesPerSecond: number): FrameRate {
  const near = standard.find((rate) => Math.abs(perSecond(rate) / framesPerSecond - 1) < tolerance);
  const finer = standard.find((rate) => !rate.isNtsc && rate.nominal >= framesPerSecond);
  return near ?? finer ?? { nominal: 60, isNtsc: false, isDropFrame: false };
}

/** `23.976`, `29.97 drop-frame`; `rateCalled` reads it. */
export const nameRate = (rate: FrameRate): string =>
  `${Number(perSecond(rate).toFixed(3))}${rate.isDropFrame ? ' drop-frame' : ''}`;

export function rateCalled(name: string): FrameRate | undefined {
  const [, figure, drop] = /^\s*(\d+(?:\.\d+)?)\s*(?:fps)?\s*(drop)?/i.exec(name) ?? [];
  if (figure === undefined) return undefined;
  const rate = standard.find((known) => Math.abs(perSecond(known) - Number(figure)) < 0.006);
  return rate && { ...rate, isDropFrame: rate.isDropFrame && drop !== undefined };
}

export const timecodePattern = String.raw`\d{1,2}[:;.]\d{2}[:;.]\d{2}[:;.,]\d{2}`;

/** The frame that a label names, from 0; undefined for minutes, seconds or frames that no clock shows. */
export function frameOf(label: string, rate: FrameRate): number | undefined {
  const [hours = 0, minutes = 0, seconds = 0, frames = 0] = label.split(/[:;.,]/).map(Number);
  if (minutes > 59 || seconds > 59 || frames >= rate.nominal) return undefined;
  const allMinutes = hours * 60 + minutes;
  const counted = (allMinutes * 60 + seconds) * rate.nominal + frames;
  return counted - (rate.isDropFrame ? dropped(rate) * (allMinutes - Math.floor(allMinutes / 10)) : 0);
}

/** Numbers left out at a minute's start: 2 of 30, 4 of 60. */
const dropped = ({ nominal }: FrameRate) => nominal / 15;

/** `01:02:03:04`; the last mark is a semicolon where numbers are left out. */
export function labelOf(frame: number, rate: FrameRate): string {
  const { nominal, isDropFrame } = rate;
  let counted = frame;
  if (isDropFrame) {
    const perMinute = nominal * 60 - dropped(rate);
    const perTen = perMinute * 10 + dropped(rate);
    const rest = frame % perTen;
    const minute = rest < nominal * 60 ? 0 : 1 + Math.floor((rest - nominal * 60) / perMinute);
    counted += dropped(rate) * (9 * Math.floor(frame / perTen) + minute);
  }
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(counted / nominal);
  const clock = [seconds / 3600, (seconds / 60) % 60, seconds % 60].map(two).join(':');
  return `${clock}${isDropFrame ? ';' : ':'}${two(counted % nominal)}`;
}

export const msOf = (frame: number, rate: FrameRate): number => Math.round((frame * 1000) / perSecond(rate));

export const frameAt = (ms: number, rate: FrameRate): number => Math.round((ms * perSecond(rate)) / 1000);
