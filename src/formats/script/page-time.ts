/**
 * How long what a script says lasts: a page a minute, the rule by which screenplays are timed. The page is US Letter in
 * 10-pitch Courier with margins of an inch above and below, as the Academy Nicholl Fellowships print it: six lines an
 * inch make 54 of them; 6 inches of action hold 60 characters, 3.5 of dialogue 35, 2.5 of a parenthetical 25. An
 * ideograph is as wide as two letters.
 */
import type { DraftElement } from './script-draft.js';

export const pageLineMs = 60_000 / 54;

const columns = { action: 60, dialogue: 35, parenthetical: 25 } as const;

/** Milliseconds that a scene's heading takes, with the blank line after it. */
export const headingMs = 2 * pageLineMs;

/** Milliseconds of an element, with the blank line after it. */
export function elementMs(element: DraftElement): number {
  const { dialogue, expression, action, audioCue, description } = element;
  const told = action ?? description ?? audioCue;
  if (dialogue === undefined) return (linesOf(told ?? expression ?? '', columns.action) + 1) * pageLineMs;
  const around = (told === undefined ? 0 : linesOf(told, columns.action) + 1) + 1;
  const manner = expression === undefined ? 0 : linesOf(expression, columns.parenthetical);
  return (around + manner + linesOf(dialogue, columns.dialogue) + 1) * pageLineMs;
}

/** Milliseconds of a description that stands by itself; none where there is none. */
export const textMs = (text: string | undefined): number =>
  text === undefined || text === '' ? 0 : (linesOf(text, columns.action) + 1) * pageLineMs;

/** Lines on the page; words are not broken off, so a line holds half a word less than it could. */
function linesOf(text: string, width: number): number {
  const lines = text.split('\n').map((line) => Math.ceil(displayWidth(line) / (width - 2)));
  return lines.reduce((sum, count) => sum + Math.max(1, count), 0);
}

const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60]/gu;

const displayWidth = (text: string) => text.length + (text.match(wide)?.length ?? 0);
