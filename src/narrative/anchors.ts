import type { EditAnchor } from '../../schema/edit.js';
import type { NodeKind } from '../../schema/enums.js';
import { type Narrative, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import { type Interval, overlapMs } from './intervals.js';

/**
 * Finds the node that an edit speaks of, in the analysis at hand:
 * 1. the node of the anchor's id, if it is of its kind;
 * 2. else, of the nodes of its kind whose field the analysis reads as it did when the edit was made and that share at
 *    least half of the shorter one's time with the anchor, the one that shares most; then the one that starts nearest,
 *    then the smallest id;
 * 3. what has no time is found by its value alone, if there is one and one node only has it.
 * Otherwise there is none, and the edit is orphaned.
 */
export function anchorEdits(base: Narrative): (anchor: EditAnchor, field: string) => NarrativeNode | undefined {
  const byId = new Map<string, NarrativeNode>();
  const byKind = new Map<NodeKind, NarrativeNode[]>();
  for (const node of nodesOf(base)) {
    byId.set(node.id, node);
    const sameKind = byKind.get(node.kind);
    if (sameKind) sameKind.push(node);
    else byKind.set(node.kind, [node]);
  }
  return (anchor, field) => {
    const same = byId.get(anchor.nodeId);
    if (same?.kind === anchor.kind) return same;
    const readings = (byKind.get(anchor.kind) ?? []).filter((node) => isSame(readingOf(node, field), anchor.oldValue));
    const { startMs, endMs } = anchor;
    if (startMs != null && endMs != null) return closest(readings, { startMs, endMs });
    return anchor.oldValue != null && readings.length === 1 ? readings[0] : undefined;
  };
}

function closest(nodes: readonly NarrativeNode[], anchor: Interval): NarrativeNode | undefined {
  const near = nodes.flatMap((node) => {
    const interval = intervalOf(node);
    if (!interval) return [];
    const sharedMs = overlapMs(interval, anchor);
    const shorterMs = Math.min(interval.endMs - interval.startMs, anchor.endMs - anchor.startMs);
    const offMs = Math.abs(interval.startMs - anchor.startMs);
    return sharedMs > 0 && sharedMs * 2 >= shorterMs ? [{ node, sharedMs, offMs }] : [];
  });
  near.sort((a, b) => b.sharedMs - a.sharedMs || a.offMs - b.offMs || (a.node.id < b.node.id ? -1 : 1));
  return near[0]?.node;
}

/** A moment lasts one millisecond. */
function intervalOf(node: NarrativeNode): Interval | undefined {
  const { startMs, endMs, atMs } = node as Partial<Interval> & { atMs?: number };
  if (startMs !== undefined && endMs !== undefined) return { startMs, endMs };
  return atMs === undefined ? undefined : { startMs: atMs, endMs: atMs + 1 };
}

const readingOf = (node: NarrativeNode, field: string) => (node as unknown as Record<string, unknown>)[field];

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
