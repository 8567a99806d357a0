import type { NodeKind } from '../../schema/enums.js';
import type { TimeRange } from '../../schema/time-range.js';
import { spans } from '../spans.js';
import type { EpisodeWindow } from '../sweeps.js';
import { inEpisode, patternOf, typeOf } from './labels.js';

/**
 * What lasts no longer than this many milliseconds is found by looking back so far along the index of starts; the few
 * nodes that last longer are kept by class of duration (`span`), each looked for as far back as its class is long.
 */
const lookBackMs = 8_000;
const longSpans = spans.filter((span) => span > lookBackMs);

/** The class of what lasts long; undefined for everything else. */
export function spanOf(startMs: number, endMs: number): number | undefined {
  return endMs - startMs > lookBackMs ? longSpans.find((span) => endMs - startMs <= span) : undefined;
}

/**
 * Of the nodes of a kind those at whose start nothing long goes on that began before: who reads from such a node on
 * need not look for what lasts long.
 */
export function unspannedOf<Timed extends TimeRange>(nodes: readonly Timed[]): Timed[] {
  const inOrder = nodes.toSorted((a, b) => a.startMs - b.startMs);
  const long = inOrder.filter(({ startMs, endMs }) => spanOf(startMs, endMs) !== undefined);
  let [begun, lastEndMs] = [0, 0];
  return inOrder.filter(({ startMs }) => {
    for (let next = long[begun]; next && next.startMs < startMs; next = long[++begun])
      lastEndMs = Math.max(lastEndMs, next.endMs);
    return lastEndMs <= startMs;
  });
}

/** A window as `windowCypher` takes it. */
export interface WindowParameters {
  readonly episodeId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Where to look from, along the index of starts. */
  readonly lowMs: number;
  readonly afterMs?: number;
  readonly afterId?: string;
}

/** `after`: only what comes after this start and id. */
export function windowParameters(
  { episodeId, startMs, endMs }: EpisodeWindow,
  after?: readonly [startMs: number, id: string],
): WindowParameters {
  const fromMs = Math.max(startMs, 0);
  const window = { episodeId, fromMs, toMs: endMs, lowMs: Math.max(fromMs - lookBackMs, after?.[0] ?? 0, 0) };
  // The driver takes its time over each value.
  return after ? { ...window, afterMs: after[0], afterId: after[1] } : window;
}

/**
 * The nodes of a kind that overlap the window `w`, in order of time, then id, at most $limit, as an expression. So a page
 * costs what it holds, wherever in the film it lies. `condition`, on a node `n`, begins with AND; only a window that
 * `isContinued` looks at where it is to go on, which costs as much as all else. `value`: what to give of each node, where
 * nodes themselves are not needed; to read it of a list of nodes afterwards looks each of them up once more.
 */
export function windowCypher(kind: NodeKind, { value = 'n', condition = '', isContinued = false } = {}): string {
  const isAfter = isContinued ? 'AND (n.startMs > w.afterMs OR n.id > w.afterId)' : '';
  const type = typeOf(kind);
  const long = type ? `()-[n:${type}]->()` : '(n:Node)';
  const from = `MATCH ${patternOf(kind)} ${inEpisode('n', kind, 'w.episodeId', 'w.lowMs')}`;
  // Most relationships last long; of nodes, the first one that is read mostly says that nothing long is to be found.
  const isUnspanned = type ? '' : `OR EXISTS { ${from} AND n.startMs <= w.fromMs AND n.unspanned }`;
  // Two lists, the second of which begins where the first ends: what lasts long began before all that is looked back for.
  // What has no time ends at 0; of all else, what begins in the window need not be asked for its end.
  return `(COLLECT {
      UNWIND CASE WHEN w.lowMs = 0 OR w.lowMs >= w.fromMs ${isUnspanned} THEN [] ELSE [${longSpans}] END AS span
      MATCH ${long} USING INDEX SEEK n:${type ?? 'Node'}(episodeId, span, startMs)
      WHERE n.episodeId = w.episodeId AND n.span = span AND n.startMs > w.fromMs - span AND n.startMs < w.lowMs
        ${isContinued ? 'AND n.startMs >= w.afterMs' : ''} ${type ? '' : `AND n:${kind}`} AND n.endMs > w.fromMs
        ${isAfter} ${condition}
      RETURN ${value} ORDER BY n.startMs, n.id LIMIT $limit
    } + COLLECT {
      ${from} AND n.startMs < w.toMs AND (n.startMs > w.fromMs OR n.endMs > w.fromMs) ${isAfter} ${condition}
      RETURN ${value} ORDER BY n.episodeId, n.startMs, n.id LIMIT $limit
    })[..$limit]`;
}
