/** What must hold between the nodes of one narrative, beyond the shape of each. */
import type { Episode } from './episode.js';
import type { Narrative } from './narrative.js';
import type { NarrativeNode } from './narrative-node.js';
import { shape } from './shape.generated.js';

interface Timed {
  readonly startMs?: number;
  readonly endMs?: number;
  readonly atMs?: number;
}

type ById = ReadonlyMap<string, NarrativeNode>;

/** What does not hold, as `path: what`. The nodes are all those of the narrative, and of the right shape. */
export function invariantProblems(narrative: Narrative, nodes: readonly NarrativeNode[]): string[] {
  const { episode } = narrative;
  const found: string[] = [];
  const byId = new Map<string, NarrativeNode>();
  for (const node of nodes) {
    if (byId.has(node.id)) found.push(`${node.id}: the id is used twice`);
    byId.set(node.id, node);
    if (node.episodeId !== episode.id) found.push(`${node.id}.episodeId: is not ${episode.id}`);
  }
  for (const node of nodes) {
    checkReferences(node, byId, found);
    checkIntervals(node, episode, byId, found);
  }
  for (const list of ['scenes', 'shots', 'events'] as const) checkOrder(list, narrative[list], found);
  return found;
}

function checkReferences(node: NarrativeNode, byId: ById, found: string[]): void {
  checkReferring(node, node.kind, '', node, byId, found);
  for (const { nodeId } of node.provenance.evidence)
    if (nodeId !== undefined && !byId.has(nodeId))
      found.push(`${node.id}.provenance.evidence: no node of this episode has the id ${nodeId}`);
}

/** The fields of a type that name nodes, or hold objects that do. */
const referring = new Map(
  Object.keys(shape).map((type) => [
    type,
    Object.entries(shape[type] ?? {}).filter(([, field]) => field.ref !== undefined || holdsReferences(field.type)),
  ]),
);

function holdsReferences(type: string): boolean {
  return Object.values(shape[type] ?? {}).some((field) => field.ref !== undefined || holdsReferences(field.type));
}

/** Looks at what a node, or an object in it, names; `prefix` is the path to it. */
function checkReferring(
  value: object,
  type: string,
  prefix: string,
  node: NarrativeNode,
  byId: ById,
  found: string[],
): void {
  for (const [name, field] of referring.get(type) ?? []) {
    const held = (value as Readonly<Record<string, unknown>>)[name];
    const check = (entry: unknown): void => {
      if (!field.ref) checkReferring(entry as object, field.type, `${prefix}${name}.`, node, byId, found);
      else if (byId.get(entry as string)?.kind !== field.ref)
        found.push(`${node.id}.${prefix}${name}: no ${field.ref} of this episode has the id ${entry}`);
    };
    if (Array.isArray(held)) held.forEach(check);
    else if (held !== undefined) check(held);
  }
}

function checkIntervals(node: NarrativeNode, episode: Episode, byId: ById, found: string[]): void {
  const { startMs, endMs, atMs } = node as Timed;
  if (startMs !== undefined && endMs !== undefined) {
    if (startMs >= endMs) found.push(`${node.id}: ends at ${endMs}, not after its start`);
    if (startMs < 0 || endMs > episode.durationMs) found.push(`${node.id}: lies outside the episode`);
  }
  if (atMs !== undefined && (atMs < 0 || atMs > episode.durationMs))
    found.push(`${node.id}.atMs: lies outside the episode`);
  const parentId = parentIdOf(node);
  const parent = parentId === undefined ? undefined : (byId.get(parentId) as (NarrativeNode & Timed) | undefined);
  if (parent?.startMs === undefined || parent.endMs === undefined) return;
  const from = startMs ?? atMs;
  const to = endMs ?? (atMs === undefined ? undefined : atMs + 1);
  if (from !== undefined && to !== undefined && (from < parent.startMs || to > parent.endMs))
    found.push(`${node.id}: lies outside ${parent.id}`);
}

/** The node whose interval must hold this one's: a shot's scene; a keyframe's or an appearance's shot. */
function parentIdOf(node: NarrativeNode): string | undefined {
  const { kind, sceneId, shotId } = node as NarrativeNode & { sceneId?: string; shotId?: string };
  if (kind === 'Shot') return sceneId;
  return kind === 'Keyframe' || kind === 'Appearance' ? shotId : undefined;
}

function checkOrder(
  list: string,
  nodes: readonly { readonly id: string; readonly ordinal: number; readonly startMs: number }[],
  found: string[],
): void {
  for (const [index, node] of nodes.entries()) {
    if (node.ordinal !== index + 1)
      found.push(`${node.id}.ordinal: is ${node.ordinal}, ${index + 1} in the order of ${list}`);
    const previous = nodes[index - 1];
    if (previous && previous.startMs > node.startMs) found.push(`${node.id}: starts before the ${list} ahead of it`);
  }
}
