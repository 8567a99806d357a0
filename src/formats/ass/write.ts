import type { Narrative } from '../../../schema/narrative.js';
import { formatClock } from '../cue-time.js';
import { tidied } from '../subtitle-cue.js';
import { inSteps } from '../timed/subtitle-format.js';
import type { SubtitleLine } from '../timed/subtitle-line.js';
import { cellsOf, columnsOf, eventLine } from './columns.js';
import { plainWords } from './read.js';

/** One style, legible on any picture: sizes are of a picture 1080 high, to which players scale them. */
const styles = `[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding
Style: Default,Arial,64,&H00FFFFFF,&H000000FF,&H00000000,&H80000000,0,0,0,0,100,100,0,0,1,3,1,2,60,60,54,1
`;

export function writeHead({ episode: { title, width, height } }: Narrative): string {
  const playResX = width && height ? Math.max(1, Math.round((1080 * width) / height)) : 1920;
  const info = [
    ...['[Script Info]', `Title: ${oneRow(title)}`, 'ScriptType: v4.00+', 'WrapStyle: 0', 'ScaledBorderAndShadow: yes'],
    ...[`PlayResX: ${playResX}`, 'PlayResY: 1080'],
  ];
  const columns = 'Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text';
  return `${info.join('\n')}\n\n${styles}\n[Events]\nFormat: ${columns}\n`;
}

const oneRow = (text: string) => text.replaceAll(/\s+/g, ' ').trim();

/** The head with its title line changed, where it has one and it says something else. */
export const retitled = (head: string, title: string): string =>
  head.replace(/^(Title:[^\S\r\n]*)(.*?)([^\S\r\n]*)$/m, (whole, name: string, old: string, space: string) =>
    oneRow(old) === oneRow(title) ? whole : `${name}${oneRow(title)}${space}`,
  );

/** A Dialogue line; in the place of an old one it keeps its layer, style, margins and opening overrides. */
export function writeDialogue(line: SubtitleLine, old: string | undefined, _number: number, head: string): string {
  const columns = columnsOf(/^\s*Format\s*:\s*(.*)$/im.exec(head.slice(head.search(/^\s*\[Events\]/im)))?.[1]);
  const [, opening = 'Dialogue: ', value] = eventLine.exec(old?.replace(/[\r\n]+$/, '') ?? '') ?? [];
  const cells = value === undefined ? [] : cellsOf(value, columns);
  const { startMs, endMs } = inSteps(line, 10);
  const written = columns.map((column, n): string => {
    const cell = cells[n];
    switch (column) {
      case 'start':
        return clock(startMs);
      case 'end':
        return clock(endMs);
      case 'name':
      case 'actor':
        return oneRow((line.speaker ?? '').replaceAll(',', ' '));
      case 'text':
        return cell !== undefined && tidied(plainWords(cell)) === line.text
          ? cell
          : `${overrides(cell)}${escaped(line.text)}`;
      case 'style':
        return cell ?? /^\s*Style\s*:\s*([^,\r\n]+)/m.exec(head)?.[1]?.trim() ?? 'Default';
      case 'marked':
        return cell ?? 'Marked=0';
      case 'effect':
        return cell ?? '';
      default:
        return cell ?? '0';
    }
  });
  return `${opening}${written.join(',')}\n`;
}

/** `0:01:02.45`. */
const clock = (ms: number) =>
  formatClock(ms, '.')
    .replace(/^0(?=\d:)/, '')
    .slice(0, -1);

const overrides = (cell = '') => /^(?:\{[^{}]*\})*/.exec(cell)?.[0] ?? '';

/** A word joiner keeps a backslash from meaning something; nobody sees it. */
const escaped = (text: string) =>
  text
    .replaceAll(/\\(?=[Nnh{}])/g, '\\\u2060')
    .replaceAll(/[{}]/g, '\\$&')
    .replaceAll('\n', '\\N');
