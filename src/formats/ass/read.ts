import { parseCueTime } from '../cue-time.js';
import type { RawCue } from '../subtitle-cue.js';
import { cellsOf, columnsOf, eventLine } from './columns.js';

/** The Dialogue lines of a file, their Name as the speaker. Comments, drawings and override tags are left out. */
export function readDialogues(text: string): RawCue[] {
  const cues: RawCue[] = [];
  let section = '';
  let columns = columnsOf();
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const heading = /^\s*\[(.+)\]\s*$/.exec(line);
    if (heading) section = heading[1]?.toLowerCase() ?? '';
    const [, kind, value = ''] = eventLine.exec(line) ?? [];
    if (kind === undefined || (section !== '' && section !== 'events')) continue;
    if (/format/i.test(kind)) columns = columnsOf(value);
    else cues.push(readDialogue(value, columns, index + 1));
  }
  return cues;
}

function readDialogue(value: string, columns: readonly string[], line: number): RawCue {
  const cells = cellsOf(value, columns);
  const cell = (...names: readonly string[]) =>
    cells[columns.findIndex((column) => names.includes(column))]?.trim() ?? '';
  const speakerTag = cell('name', 'actor');
  return {
    line,
    at: { from: line, to: line + 1 },
    startMs: parseCueTime(cell('start')),
    endMs: parseCueTime(cell('end')),
    spoken: [{ text: plainWords(cell('text')), ...(speakerTag !== '' && { speakerTag }) }],
  };
}

/** The words of a Dialogue: overrides go, and with them what {\p1} … {\p0} draws; \{ and \} are braces, as in libass. */
export function plainWords(text: string): string {
  let plain = '';
  let draws = false;
  for (const piece of text.split(/((?<!\\)\{[^{}]*\})/)) {
    if (!piece.startsWith('{') || !piece.endsWith('}')) plain += draws ? '' : piece;
    else for (const [, scale] of piece.matchAll(/\\p(\d+)/g)) draws = Number(scale) > 0;
  }
  return plain
    .replaceAll(/\\[Nn]/g, '\n')
    .replaceAll('\\h', ' ')
    .replaceAll(/\\([{}])/g, '$1');
}
