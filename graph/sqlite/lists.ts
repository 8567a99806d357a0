import type { Database } from 'better-sqlite3';
import type { Cue } from '../../schema/cue.js';
import type { NodeKind } from '../../schema/enums.js';
import type { Event } from '../../schema/event.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Scene } from '../../schema/scene.js';
import type { Shot } from '../../schema/shot.js';
import type { SpeechInterval } from '../../schema/speech-interval.js';
import type { Page, PageRequest, ShotFilter, TimeWindow } from '../store.js';
import { type Json, jsonList } from './json.js';
import { cursorOf, longestPage, pageOf, readCursor, rowsToRead } from './pages.js';
import { type Condition, shotConditions } from './shot-filter.js';
import { spans } from './spans.js';

interface Found {
  readonly startMs: number;
  readonly id: string;
  readonly body: string;
}

interface Wanted {
  readonly episodeId: string;
  readonly kind: NodeKind;
  readonly window: TimeWindow;
  readonly limit: number;
  /** Only what comes after this start and id. */
  readonly after?: readonly [number, string];
  readonly condition?: Condition;
}

const always = { startMs: 0, endMs: 2 ** 31 } as const;

/** Lists of an episode's nodes, ordered by time, then id. */
export function listReads(db: Database) {
  const during = windowReader(db);

  const list = <Node>(
    name: string,
    wanted: Omit<Wanted, 'limit' | 'after' | 'window'>,
    request: PageRequest,
    window?: TimeWindow,
  ): Json<Page<Node>> => {
    const limit = rowsToRead(request);
    const after = readCursor(name, request.after, 'number', 'string');
    const found = during({ ...wanted, window: window ?? always, limit, after });
    return pageOf(
      found.map(({ startMs, id, body }) => ({ body, cursor: cursorOf(name, startMs, id) })),
      request,
    );
  };

  return {
    scenes: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Scene>('scenes', { episodeId, kind: 'Scene' }, page, window),

    shots: (episodeId: string, page: PageRequest, window?: TimeWindow, filter?: ShotFilter) =>
      list<Shot>('shots', { episodeId, kind: 'Shot', condition: filter && shotConditions(filter) }, page, window),

    events(episodeId: string, page: PageRequest, window?: TimeWindow, types?: readonly string[]) {
      const condition = types && {
        sql: "AND n.body ->> '$.type' IN (SELECT value FROM json_each(@types))",
        values: { types: JSON.stringify(types) },
      };
      return list<Event>('events', { episodeId, kind: 'Event', condition }, page, window);
    },

    cues: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<Cue>('cues', { episodeId, kind: 'Cue' }, page, window),

    speech: (episodeId: string, page: PageRequest, window?: TimeWindow) =>
      list<SpeechInterval>('speech', { episodeId, kind: 'SpeechInterval' }, page, window),

    during(
      kind: NodeKind,
      windows: readonly (TimeWindow & { readonly episodeId: string })[],
      limit: number,
    ): Json<readonly (readonly NarrativeNode[])[]> {
      const most = Math.min(limit, longestPage);
      return jsonList(
        windows.map((window) => {
          const found = during({ episodeId: window.episodeId, kind, window, limit: most });
          return jsonList(found.map(({ body }) => body));
        }),
      );
    },
  };
}

/**
 * Reads what overlaps a window, in order: first what began before it and lasts into it (span class by span class),
 * then what begins in it (an index range). So a page costs what it holds, wherever in the film it lies.
 */
function windowReader(db: Database) {
  const episodeRow = db.prepare<[string], number>('SELECT row FROM episode WHERE id = ?').pluck();
  const prepared = new Map<string, { head: ReturnType<typeof prepare>; tail: ReturnType<typeof prepare> }>();
  const prepare = (sql: string) => db.prepare<[Record<string, unknown>], Found>(sql);
  const statements = (condition: string) => {
    const known = prepared.get(condition);
    if (known) return known;
    const columns = 'SELECT n.start_ms AS startMs, n.id, n.body';
    const order = `AND (n.start_ms > @afterMs OR n.id > @afterId) ${condition} ORDER BY n.start_ms, n.id LIMIT @limit`;
    const made = {
      head: prepare(
        `${columns} FROM (VALUES ${spans.map((span) => `(${span})`).join(', ')}) AS span
         CROSS JOIN node AS n INDEXED BY node_by_span
         WHERE n.episode = @episode AND n.kind = @kind AND n.span = span.column1
           AND n.start_ms > @fromMs - span.column1 AND n.start_ms < @fromMs AND n.end_ms > @fromMs
           AND n.start_ms >= @afterMs ${order}`,
      ),
      tail: prepare(
        `${columns} FROM node AS n INDEXED BY node_by_time
         WHERE n.episode = @episode AND n.kind = @kind AND n.start_ms >= max(@fromMs, @afterMs)
           AND n.start_ms < @toMs AND n.end_ms > n.start_ms ${order}`,
      ),
    };
    prepared.set(condition, made);
    return made;
  };

  return ({ episodeId, kind, window, limit, after, condition }: Wanted): readonly Found[] => {
    const episode = episodeRow.get(episodeId);
    if (episode === undefined || window.startMs >= window.endMs) return [];
    const { head, tail } = statements(condition?.sql ?? '');
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
