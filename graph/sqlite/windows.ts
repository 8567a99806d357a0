import type { Database, Statement } from 'better-sqlite3';
import type { NodeKind } from '../../schema/enums.js';
import { spans } from '../spans.js';
import type { TimeWindow } from '../store.js';
import type { Condition } from './shot-filter.js';
import { whileWanted } from './stopping.js';

export interface Found {
  readonly row: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly id: string;
  readonly json: string;
}

/** What to read of one kind in one episode. */
export interface Wanted {
  readonly episodeId: string;
  readonly kind: NodeKind;
  readonly window: TimeWindow;
  readonly limit: number;
  /** Only what comes after this start and id. */
  readonly after?: readonly [number, string];
  readonly condition?: Condition;
  /** Without heavy fields. */
  readonly isBrief?: boolean;
}

/**
 * Reads what overlaps a window, in order: first what began before it and lasts into it (span class by span class),
 * then what begins in it (an index range). So a page costs what it holds, wherever in the film it lies. `rows` are found
 * for who looks further, `texts` are JSON alone, for half of that.
 */
export function windowReader(db: Database) {
  const rows = windowReads(db, (json) => ({
    columns: `n.row, n.start_ms AS startMs, n.end_ms AS endMs, n.id, ${json} AS json`,
    made: (statement) => statement as Statement<[Values], Found>,
  }));
  const texts = windowReads(db, (json) => ({
    columns: json,
    made: (statement) => (statement as Statement<[Values], string>).pluck(),
  }));
  return { rows, texts };
}

type Values = Record<string, unknown>;

/** The same for one form of answer: its columns, and how a statement gives them. */
function windowReads<Answer>(
  db: Database,
  formOf: (json: string) => {
    readonly columns: string;
    readonly made: (statement: Statement<[Values], unknown>) => Statement<[Values], Answer>;
  },
) {
  const episodeRow = db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck();
  const prepared = new Map<string, Readonly<Record<'head' | 'tail', Statement<[Values], Answer>>>>();
  const statements = (condition: string, isBrief: boolean) => {
    const key = `${isBrief} ${condition}`;
    const known = prepared.get(key);
    if (known) return known;
    const { columns, made } = formOf(isBrief ? 'n.body' : 'n.whole');
    const order = `AND ${whileWanted} AND (n.start_ms > @afterMs OR n.id > @afterId) ${condition} ORDER BY n.start_ms, n.id LIMIT @limit`;
    const both = {
      head: made(
        db.prepare(
          `SELECT ${columns} FROM (VALUES ${spans.map((span) => `(${span})`).join(', ')}) AS span
           CROSS JOIN node AS n INDEXED BY node_by_span
           WHERE n.episode = @episode AND n.kind = @kind AND n.span = span.column1
             AND n.start_ms > @fromMs - span.column1 AND n.start_ms < @fromMs AND n.end_ms > @fromMs
             AND n.start_ms >= @afterMs ${order}`,
        ),
      ),
      tail: made(
        db.prepare(
          `SELECT ${columns} FROM node AS n INDEXED BY node_by_time
           WHERE n.episode = @episode AND n.kind = @kind AND n.start_ms >= max(@fromMs, @afterMs)
             AND n.start_ms < @toMs AND n.end_ms > n.start_ms ${order}`,
        ),
      ),
    };
    prepared.set(key, both);
    return both;
  };

  return ({ episodeId, kind, window, limit, after, condition, isBrief = false }: Wanted): readonly Answer[] => {
    const episode = episodeRow.get(episodeId);
    if (episode === undefined || window.startMs >= window.endMs) return [];
    const { head, tail } = statements(condition?.sql ?? '', isBrief);
    const [afterMs, afterId] = after ?? [-1, ''];
    const values = {
      ...condition?.values,
      episode,
      kind,
      fromMs: Math.max(window.startMs, 0),
      toMs: window.endMs,
      afterMs,
      afterId,
      limit,
    };
    const began = values.fromMs > 0 && afterMs < values.fromMs ? head.all(values) : [];
    return began.length === limit ? began : [...began, ...tail.all({ ...values, limit: limit - began.length })];
  };
}
