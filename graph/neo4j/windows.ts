import type { NodeKind } from '../../schema/enums.js';
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

/** A window as `windowCypher` takes it. */
export interface WindowParameters {
  readonly episodeId: string;
  readonly fromMs: number;
  readonly toMs: number;
  /** Where to look from, along the index of starts. */
  readonly lowMs: number;
  readonly afterMs: number;
  readonly afterId: string;
  readonly spans: readonly number[];
}

/** `after`: only what comes after this start and id. */
export function windowParameters(
  { episodeId, startMs, endMs }: EpisodeWindow,
  [afterMs, afterId]: readonly [number, string] = [-1, ''],
): WindowParameters {
  const fromMs = Math.max(startMs, 0);
  const lowMs = Math.max(fromMs - lookBackMs, afterMs, 0);
  return {
    episodeId,
    fromMs,
    toMs: endMs,
    lowMs,
    afterMs,
    afterId,
    spans: fromMs > 0 && afterMs < fromMs ? longSpans : [],
  };
}

/**
 * The nodes of a kind that overlap the window `w`, in order of time, then id, at most $limit, as an expression. So a page
 * costs what it holds, wherever in the film it lies. `condition`, on a node `n`, begins with AND; only a window that
 * `isContinued` looks at where it is to go on, which costs as much as all else. `value`: what to give of each node, where
 * nodes themselves are not needed; to read it of a list of nodes afterwards looks each of them up once more.
 */
export function windowCypher(kind: NodeKind, { value = 'n', condition = '', isContinued = false } = {}): string {
  // What has no time ends at 0.
  const overlaps = 'n.endMs > w.fromMs';
  const isAfter = isContinued ? 'AND (n.startMs > w.afterMs OR n.id > w.afterId)' : '';
  const type = typeOf(kind);
  const long = type ? `()-[n:${type}]->()` : '(n:Node)';
  // Two lists, the second of which begins where the first ends: what lasts long began before all that is looked back for.
  return `(COLLECT {
      UNWIND w.spans AS span
      MATCH ${long} USING INDEX SEEK n:${type ?? 'Node'}(episodeId, span, startMs)
      WHERE n.episodeId = w.episodeId AND n.span = span AND n.startMs > w.fromMs - span AND n.startMs < w.lowMs
        AND n.startMs >= w.afterMs ${type ? '' : `AND n:${kind}`} AND ${overlaps} ${isAfter} ${condition}
      RETURN ${value} ORDER BY n.startMs, n.id LIMIT $limit
    } + COLLECT {
      MATCH ${patternOf(kind)} ${inEpisode('n', kind, 'w.episodeId', 'w.lowMs')}
        AND n.startMs < w.toMs AND ${overlaps} ${isAfter} ${condition}
      RETURN ${value} ORDER BY n.episodeId, n.startMs, n.id LIMIT $limit
    })[..$limit]`;
}
