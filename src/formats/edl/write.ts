import type { Transition } from '../../../schema/enums.js';
import { editLine, linesOf, transitionRemark } from './read.js';
import { type FrameRate, frameOf, labelOf, nameRate } from './timecode.js';

/** What an edit says of a shot; times are frames of the program. */
export interface SaidEdit {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly transition: Transition;
}

export interface EditContext {
  readonly rate: FrameRate;
  /** Frame at which the program starts. */
  readonly startFrame: number;
  /** Name of the film file, without its folders. */
  readonly clip: string | undefined;
}

const oneRow = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** CMX3600's own header, and the frame rate, for which it has no word. */
export const writeHead = (title: string, rate: FrameRate): string =>
  `TITLE: ${oneRow(title)}\nFCM: ${rate.isDropFrame ? 'DROP FRAME' : 'NON-DROP FRAME'}\n* FABULA FRAME RATE: ${nameRate(rate)}\n\n`;

export const retitled = (head: string, title: string): string =>
  head.replace(/^(\s*TITLE:[^\S\r\n]*)(.*?)([^\S\r\n]*)$/im, (whole, name: string, old: string, space: string) =>
    oneRow(old) === oneRow(title) ? whole : `${name}${oneRow(title)}${space}`,
  );

/**
 * An edit with its remarks. Anew: reel AX (a file without a tape), the film's own times as the source's, and always a
 * cut: how long a transition lasts is not known, and the film has it in its pictures already. In the place of an old
 * edit, its reel, channels and remarks stay, and the source's times move with the record's.
 */
export function writeEdit(said: SaidEdit, old: string | undefined, number: number, context: EditContext): string {
  const { rate, startFrame, clip } = context;
  const record = [said.fromFrame + startFrame, said.toFrame + startFrame] as const;
  const rows = (old === undefined ? [] : linesOf(old)).map(({ row }) => row).filter((row, n) => n === 0 || row !== '');
  const fields = editLine.exec(rows[0] ?? '');
  const remarks = rows.slice(1).filter((row) => !transitionRemark.test(row));
  const edit = fields ? editAgain(fields, rows[0] ?? '', record, said.transition, rate) : undefined;
  const labels = record.map((frame) => labelOf(frame, rate)).join(' ');
  const line = edit ?? `${String(number).padStart(3, '0')}  AX       V     C        ${labels} ${labels}`;
  const named = old === undefined && clip !== undefined ? [`* FROM CLIP NAME: ${oneRow(clip)}`] : [];
  const isPlain = said.transition === 'CUT' || (edit !== undefined && !edit.isChanged);
  const transition = isPlain ? [] : [`* FABULA TRANSITION: ${said.transition}`];
  return `${[typeof line === 'string' ? line : line.text, ...named, ...remarks, ...transition].join('\n')}\n`;
}

function editAgain(
  fields: RegExpExecArray,
  row: string,
  [from, to]: readonly [number, number],
  transition: Transition,
  rate: FrameRate,
): { readonly text: string; readonly isChanged: boolean } {
  const [whole, head, , sign = 'C', space, sourceIn = '', a, , b, recordIn = '', c] = fields;
  const isChanged = !isSaidBy(sign, transition);
  const moved = from - (frameOf(recordIn, rate) ?? from);
  const source = Math.max(0, (frameOf(sourceIn, rate) ?? 0) + moved);
  const times = `${labelOf(source, rate)}${a}${labelOf(source + to - from, rate)}${b}${labelOf(from, rate)}${c}${labelOf(to, rate)}`;
  const how = isChanged ? `${'C'.padEnd(sign.length)}${space?.replaceAll(/\d/g, ' ')}` : `${sign}${space}`;
  return { text: `${head}${how}${times}${row.slice(whole.length)}`, isChanged };
}

function isSaidBy(sign: string, transition: Transition): boolean {
  switch (transition) {
    case 'DISSOLVE':
    case 'FADE':
      return /^D/i.test(sign);
    case 'WIPE':
      return /^W/i.test(sign);
    case 'CUT':
    case 'START':
      return /^[CK]/i.test(sign);
  }
}
