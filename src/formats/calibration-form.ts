/** Forms in which people judge a packet: JSON, or CSV for spreadsheets. */
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import { NodeKind } from '../../schema/enums.js';
import { FabulaError } from '../../schema/errors.js';
import type { CalibrationPacket } from '../narrative/calibration/sample-packet.js';
import { type Judgement, verdicts } from '../narrative/calibration/verdict.js';
import { clockTime } from '../narrative/clock-time.js';

export const formFormats = ['csv', 'json'] as const;
export type FormFormat = (typeof formFormats)[number];

const columns = [
  ...['episodeId', 'nodeId', 'kind', 'field', 'from', 'to', 'value'],
  ...['verdict', 'fixed', 'annotator', 'note'],
] as const;

/** The packet with room for verdicts: `accept`, `fix` (with what is right in `fixed`), or `remove`. */
export function writeForm({ items, ...packet }: CalibrationPacket, format: FormFormat): string {
  const open = { verdict: '', fixed: '', annotator: '', note: '' };
  switch (format) {
    case 'json':
      return `${JSON.stringify({ packet, items: items.map((item) => ({ ...item, ...open })) }, null, 2)}\n`;
    case 'csv':
      return stringify(
        items.map(({ startMs, endMs, ...item }) => ({
          ...item,
          from: startMs === undefined ? '' : clockTime(startMs),
          to: endMs === undefined ? '' : clockTime(endMs),
          ...open,
        })),
        // Spreadsheets run what begins like a formula.
        {
          header: true,
          columns: [...columns],
          bom: true,
          cast: { string: (text) => text.replace(/^(?=[=+\-@\t\r＝＋－＠'])/u, "'") },
        },
      );
    default:
      return format satisfies never;
  }
}

const plain = z.string().max(100_000);
const rowSchema = z.object({
  episodeId: z.string().min(1),
  nodeId: z.string().min(1),
  kind: z.enum(NodeKind),
  field: z.string().min(1),
  value: plain,
  verdict: z
    .string()
    .transform((word) => word.trim().toUpperCase())
    .pipe(z.enum(['', ...verdicts]))
    .nullish(),
  fixed: plain.nullish(),
  annotator: z.string().max(200).nullish(),
  note: z.string().nullish(),
});

/**
 * What people said in a form, told by its content; rows without a name are `annotator`’s. INVALID_INPUT names the first
 * row that does not fit.
 */
export function readForm(text: string, annotator: string): Judgement[] {
  const rows = /^[\s\uFEFF]*[[{]/.test(text) ? jsonRows(text) : csvRows(text);
  return rows.map((row, n): Judgement => {
    const read = rowSchema.safeParse(row);
    const about = (what: string) => new FabulaError('INVALID_INPUT', `Row ${n + 1} of the form: ${what}.`);
    if (!read.success) {
      const [issue] = read.error.issues;
      throw about(`${issue?.path.join('.') || 'it'}: ${issue?.message ?? 'does not fit'}`);
    }
    const { verdict, fixed, annotator: name, note, episodeId, nodeId, kind, field, value } = read.data;
    const meant = fixed?.trim() || undefined;
    if (verdict === 'FIX' && meant === undefined) throw about('it says fix, and not what is right');
    return {
      item: { episodeId, nodeId, kind, field, value },
      ...(verdict && { verdict }),
      ...(verdict === 'FIX' && { fixed: meant }),
      annotator: name?.trim() || annotator,
      ...(note && { note }),
    };
  });
}

function jsonRows(text: string): unknown[] {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return z
      .union([z.array(z.unknown()), z.object({ items: z.array(z.unknown()) }).transform(({ items }) => items)])
      .parse(value);
  } catch (error) {
    throw new FabulaError('INVALID_INPUT', 'The form is no JSON with a list of items.', undefined, { cause: error });
  }
}

function csvRows(text: string): unknown[] {
  try {
    const [line = ''] = text.split('\n', 1);
    // Spreadsheets write what their country separates with.
    const delimiter = [',', ';', '\t'].toSorted((a, b) => line.split(b).length - line.split(a).length)[0];
    return parse(text, {
      ...{ columns: true, bom: true, skip_empty_lines: true, relax_column_count_less: true, delimiter },
      cast: (cell, { header }) => (header ? cell.trim() : cell.replace(/^'(?=[=+\-@\t\r＝＋－＠'])/u, '')),
    });
  } catch (error) {
    throw new FabulaError('INVALID_INPUT', `The form is no CSV: ${(error as Error).message}.`, undefined, {
      cause: error,
    });
  }
}
