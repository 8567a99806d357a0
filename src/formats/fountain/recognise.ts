import { readHeading } from '../script/heading.js';
import { readScript } from './colon-style.js';
import { readLines } from './lines.js';
import { readTitlePage } from './title-page.js';

/** As much of a text as is looked at. */
const sampleLength = 60_000;

/**
 * How sure one can be that a text is Fountain: by scene headings, names over dialogue, and marks that only Fountain has.
 * Any text without mark-up is Fountain in a way; prose alone does not make it one.
 */
export function recogniseFountain(text: string): number {
  const sample = text.slice(0, sampleLength);
  if (/^\uFEFF?\s*[<{[](?!\[)/.test(sample) || sample.includes('\0')) return 0;
  // Subtitles and edit lists have times, and shooting scripts number their shots.
  if (/\d\s*-->\s*\d|^\s*(?:SHOT\s+\d+\s*:|TITLE:.*\n\s*FCM:)|^\[Script Info\]/im.test(sample)) return 0.1;
  const { lines } = readLines(sample);
  const page = readTitlePage(lines.map((line) => line.text));
  const body = lines.slice(page?.lines ?? 0);
  const blocks = readScript(body);
  const count = (kind: string) => blocks.filter((block) => block.kind === kind).length;
  const headings = blocks.filter(
    (block) => block.kind === 'heading' && (block.isForced || readHeading(block.text)),
  ).length;
  const spoken = count('dialogue');
  if (headings > 0 && spoken > 0) return 0.95;
  if (headings > 0 || (page && blocks.length > 0)) return 0.85;
  if (spoken > 0 && spoken * 10 >= blocks.length) return 0.7;
  const marks = count('centered') + count('lyrics') + count('section') + count('synopsis') + count('transition');
  return marks > 0 && blocks.length > marks ? 0.55 : 0.2;
}
