/** The edits of a list, with the frame rate that their timecodes count in. */
import type { Transition } from '../../../schema/enums.js';
import { greatest } from '../../narrative/intervals.js';
import type { ReportItem } from '../format.js';
import type { Extent } from '../timed/blocks.js';
import { type FrameRate, frameOf, nameRate, rateCalled, timecodePattern } from './timecode.js';

/** An edit on the picture track; times are frames of the program, from its start. */
export interface Edit {
  readonly fromFrame: number;
  readonly toFrame: number;
  readonly transition: Transition;
  /** The edit's line, and the remarks below it. */
  readonly extent: Extent;
}

export interface EditList {
  readonly title?: string | undefined;
  readonly rate: FrameRate;
  /** Frame at which the program starts: a whole hour where it begins in one. */
  readonly startFrame: number;
  /** In the order of the file. */
  readonly edits: readonly Edit[];
  readonly report: readonly ReportItem[];
}

/** Number, reel, channels, transition with its length, source in and out, record in and out. */
export const editLine = new RegExp(
  String.raw`^(\s*\d{1,6}[A-Z]?\s+\S+\s+(\S+)\s+)(C|D|W\d{1,3}|K[BO]?)(\s+(?:\(F\)\s+)?(?:\d{1,3}\s+)?)(${timecodePattern})(\s+)(${timecodePattern})(\s+)(${timecodePattern})(\s+)(${timecodePattern})(?=\s|$)`,
  'i',
);

/** What is meant as an edit, be it broken. */
const editLike = /^\s*\d{1,6}[A-Z]?\s+\S+\s+\S+.*\d[:;.]\d/;
const remark = /^\s*(?:\*|M2\b|SPLIT\b|>>>|FINAL CUT PRO)/i;

export const transitionRemark = /^\*\s*FABULA TRANSITION:\s*([A-Z]+)/im;
export const rateRemark = /^\*\s*FABULA FRAME RATE:(.*)$/im;

export function readEditList(text: string): EditList {
  const lines = linesOf(text);
  const labels = lines.flatMap(({ row }) => editLine.exec(row)?.filter((_, n) => n >= 5 && n % 2 === 1) ?? []);
  const { rate, report: rateReport } = rateOf(text, labels);
  const report: ReportItem[] = [];
  const found: (Edit & { readonly recordFrom: number; readonly recordTo: number })[] = [];
  let isDropFrame = rate.isDropFrame;
  let reel: string | undefined;
  for (const [n, { row, from, line }] of lines.entries()) {
    const [, mode] = /^\s*FCM:\s*(NON)?/i.exec(row) ?? [];
    if (/^\s*FCM:/i.test(row)) isDropFrame = mode === undefined && rate.isNtsc;
    if (!editLike.test(row)) continue;
    const fields = editLine.exec(row);
    const counting = { ...rate, isDropFrame };
    const [recordFrom, recordTo] = [fields?.[9], fields?.[11]].map((label) => label && frameOf(label, counting));
    const left = (reason: string) => report.push({ what: 'LOST', line, reason: `This edit is left out: ${reason}.` });
    if (!fields || typeof recordFrom !== 'number' || typeof recordTo !== 'number') left('its times cannot be read');
    else if (recordTo < recordFrom) left('it ends before it starts');
    else if (recordTo === recordFrom) reel = /^\s*\S+\s+(\S+)/.exec(row)?.[1];
    else if (/^B$|V/i.test(fields[2] ?? '')) {
      let next = n + 1;
      while (remark.test(lines[next]?.row ?? '')) next++;
      const extent = { from, to: lines[next]?.from ?? text.length };
      const transition = transitionOf(fields[3] ?? '', reel, text.slice(extent.from, extent.to));
      found.push({ ...{ recordFrom, recordTo, transition, extent }, fromFrame: 0, toFrame: 0 });
      reel = undefined;
    }
  }
  const first = found.reduce((least, { recordFrom }) => Math.min(least, recordFrom), Number.POSITIVE_INFINITY);
  const startFrame = found.length === 0 ? 0 : wholeHour(first, rate);
  const edits = found.map(({ recordFrom, recordTo, ...edit }) => {
    return { ...edit, fromFrame: recordFrom - startFrame, toFrame: recordTo - startFrame };
  });
  const title = /^\s*TITLE:[^\S\r\n]*(.*?)[^\S\r\n]*$/im.exec(text)?.[1];
  return { title: title === '' ? undefined : title, rate, startFrame, edits, report: [...rateReport, ...report] };
}

/** The last whole hour at or before a frame. */
function wholeHour(frame: number, rate: FrameRate): number {
  let start = 0;
  for (let hour = 1; hour < 100; hour++) {
    const next = frameOf(`${hour}:00:00:00`, rate) ?? 0;
    if (next > frame) break;
    start = next;
  }
  return start;
}

/** A dissolve from black is a fade. */
function transitionOf(sign: string, before: string | undefined, block: string): Transition {
  const remarked = transitionRemark.exec(block)?.[1];
  if (remarked === 'FADE' || remarked === 'DISSOLVE' || remarked === 'WIPE' || remarked === 'START') return remarked;
  switch (sign.charAt(0).toUpperCase()) {
    case 'D':
      return before?.toUpperCase() === 'BL' ? 'FADE' : 'DISSOLVE';
    case 'W':
      return 'WIPE';
    default:
      return 'CUT';
  }
}

/** As the list says, else the slowest rate that has all of its frame numbers. */
function rateOf(text: string, labels: readonly string[]): { readonly rate: FrameRate; readonly report: ReportItem[] } {
  const named = rateCalled(rateRemark.exec(text)?.[1] ?? '');
  if (named) return { rate: named, report: [] };
  const largest = greatest(labels.map((label) => Number(label.slice(-2))));
  if (/^\s*FCM:\s*DROP/im.test(text))
    return { rate: { nominal: largest > 29 ? 60 : 30, isNtsc: true, isDropFrame: true }, report: [] };
  const nominal = [24, 25, 30, 50, 60].find((rate) => largest < rate) ?? 60;
  const rate = { nominal, isNtsc: false, isDropFrame: false };
  const reason = `The list does not say its frame rate; frame numbers go up to ${largest}, so ${nameRate(rate)} a second.`;
  return { rate, report: [{ what: 'ESTIMATED', reason }] };
}

export function linesOf(text: string): { readonly row: string; readonly from: number; readonly line: number }[] {
  let from = 0;
  return text.split(/(?<=\r\n|\n|\r(?!\n))/).map((whole, n) => {
    const line = { row: whole.replace(/[\r\n]+$/, '').replace(/^\uFEFF/, ''), from, line: n + 1 };
    from += whole.length;
    return line;
  });
}
