/** Tells subtitle formats apart by their content. */

export const isWebVtt = (text: string): boolean => /^\uFEFF?WEBVTT(?:[ \t]|\r|\n|$)/.test(text);

export const isAss = (text: string): boolean =>
  /^[^\S\n]*\[Script Info\]/im.test(text) || /^[^\S\n]*Dialogue[^\S\n]*:.*,/m.test(text);

/** Whether something points from one number to another, as in the time of a cue however badly it is written. */
export const isTimed = (text: string): boolean => /\d[^\S\n]*-{0,8}[-–—]>/.test(text);

/** Whether there is a line that says from when to when, in minutes and seconds at least. */
export const isTimedCue = (text: string): boolean =>
  /^[^\S\n]*-?(?:\d{1,4}[^\S\n]*:[^\S\n]*)?\d{1,3}[^\S\n]*:[^\S\n]*\d[\d.,:; ]{0,12}-{0,8}[-–—]>[^\S\n]*-?\d{1,4}[^\S\n]*:/m.test(
    text,
  );
