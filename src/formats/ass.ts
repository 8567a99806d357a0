import { parseCueTime } from './cue-time.js';
import { assembleCues, type RawCue, type Subtitles } from './subtitle-cue.js';

/** The columns of [Events] where a file does not name them (v4+). */
const defaultColumns = ['layer', 'start', 'end', 'style', 'name', 'marginl', 'marginr', 'marginv', 'effect', 'text'];

/**
 * Reads (Advanced) SubStation Alpha: the Dialogue lines of [Events], their Name as the speaker. Comments, drawings and
 * override tags are left out. SUBTITLES_UNREADABLE with the line.
 */
export function readAss(text: string): Subtitles {
  const cues: RawCue[] = [];
  let section = '';
  let columns = defaultColumns;
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const heading = /^\s*\[(.+)\]\s*$/.exec(line);
    if (heading) section = heading[1]?.toLowerCase() ?? '';
    const [, kind, value = ''] = /^\s*(Format|Dialogue)\s*:\s*(.*)$/i.exec(line) ?? [];
    if (kind === undefined || (section !== '' && section !== 'events')) continue;
    if (kind.toLowerCase() === 'format') columns = value.split(',').map((name) => name.trim().toLowerCase());
    else cues.push(readDialogue(value, columns, index + 1));
  }
  return assembleCues(cues);
}

function readDialogue(value: string, columns: readonly string[], line: number): RawCue {
  // The last column is the text, and may hold commas.
  const fields = value.split(',');
  const last = columns.length - 1;
  const cells = [...fields.slice(0, last), fields.slice(last).join(',')];
  const cell = (...names: readonly string[]) =>
    cells[columns.findIndex((column) => names.includes(column))]?.trim() ?? '';
  const speakerTag = cell('name', 'actor');
  return {
    line,
    startMs: parseCueTime(cell('start')),
    endMs: parseCueTime(cell('end')),
    spoken: [{ text: plainText(cell('text')), ...(speakerTag !== '' && { speakerTag }) }],
  };
}

/** The words of a Dialogue: overrides go, and with them what {\p1} … {\p0} draws. */
function plainText(text: string): string {
  let plain = '';
  let draws = false;
  for (const piece of text.split(/(\{[^{}]*\})/)) {
    if (!piece.startsWith('{')) plain += draws ? '' : piece;
    else for (const [, scale] of piece.matchAll(/\\p(\d+)/g)) draws = Number(scale) > 0;
  }
  return plain.replaceAll(/\\[Nn]/g, '\n').replaceAll('\\h', ' ');
}
