/** Every foreign format that a script or a narrative comes in or leaves in; a new one is one more entry here. */
import { FabulaError } from '../../schema/errors.js';
import { ass } from './ass.js';
import { edl } from './edl.js';
import { eventsCsv } from './events-csv.js';
import { fdx } from './fdx.js';
import type { Format } from './format.js';
import { fountain } from './fountain.js';
import { graphMl } from './graphml.js';
import { fabulaJson } from './json.js';
import { omniScript } from './omniscript.js';
import { shootingScript } from './shooting-script.js';
import { shotsCsv } from './shots-csv.js';
import { skyScript } from './skyscript.js';
import { srt } from './srt.js';
import { webvtt } from './webvtt.js';

export const formats: readonly Format[] = [
  ...[fabulaJson, omniScript, skyScript, fountain, fdx, shootingScript],
  ...[srt, webvtt, ass],
  ...[edl, shotsCsv, eventsCsv, graphMl],
];

/** Changes whenever any format may read the same text as something else. */
export const formatsVersion = formats.map(({ name, version }) => `${name} ${version}`).join(', ');

/** How sure a format must be that a text is its own. */
const leastSure = 0.5;
/** How much surer than the next one it must be. */
const leastMargin = 0.15;

const readable = formats.filter(({ read }) => read);
const listed = (some: readonly Format[]) => some.map(({ name }) => name).join(', ');

/** The format of this name, or of this extension where no other has it (`vtt`). */
export function findFormat(name: string): Format | undefined {
  const word = name.toLowerCase().replaceAll('_', '-');
  const [named, ...others] = formats.filter(({ extensions }) => extensions.includes(word));
  return formats.find((known) => known.name === word) ?? (others.length === 0 ? named : undefined);
}

/** The format of this name. FORMAT_UNKNOWN lists those there are. */
export function formatNamed(name: string, able: 'read' | 'write'): Format & Required<Pick<Format, typeof able>> {
  const format = findFormat(name);
  if (format && isAble(format, able)) return format;
  throw new FabulaError(
    'FORMAT_UNKNOWN',
    format ? `${format.title} cannot be ${able === 'read' ? 'read' : 'written'}.` : `There is no format "${name}".`,
    `Known formats: ${listed(formats.filter((known) => known[able]))}.`,
  );
}

/** Tells the format of a text by its content. FORMAT_UNKNOWN where none fits, FORMAT_AMBIGUOUS where several do. */
export function formatOf(text: string): Format & Required<Pick<Format, 'read'>> {
  const ranked = readable
    .map((format) => ({ format, sureness: format.recognise(text) }))
    .toSorted((a, b) => b.sureness - a.sureness);
  const [best, next] = ranked;
  if (!best || best.sureness < leastSure)
    throw new FabulaError(
      'FORMAT_UNKNOWN',
      'No known format looks like this text.',
      `Say which it is with --format: ${listed(readable)}.`,
    );
  if (next && next.sureness >= leastSure && best.sureness - next.sureness < leastMargin)
    throw new FabulaError(
      'FORMAT_AMBIGUOUS',
      `This text could be ${best.format.title} or ${next.format.title}.`,
      `Say which it is with --format: ${best.format.name} or ${next.format.name}.`,
    );
  return formatNamed(best.format.name, 'read');
}

const isAble = <Able extends 'read' | 'write'>(
  format: Format,
  able: Able,
): format is Format & Required<Pick<Format, Able>> => format[able] !== undefined;
