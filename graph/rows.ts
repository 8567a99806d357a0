import type { NarrativeNode } from '../schema/narrative-node.js';
import { shape } from '../schema/shape.generated.js';
import { type NodeJson, nodeJson } from './node-json.js';
import { echoesIn, type NodeText, textsOf } from './texts.js';

/** A node as the tables take it: its JSON, and what their columns need. */
export interface NodeRow extends NodeJson {
  readonly id: string;
  readonly kind: string;
  readonly startMs: number;
  readonly endMs: number;
  /** Place in its list of the narrative. */
  readonly position: number;
  readonly node: NarrativeNode;
  /** Ids of the nodes that this one names. */
  readonly references: readonly string[];
  readonly texts: readonly NodeText[];
  /** Whether it is a line that only repeats what a cue says. */
  readonly echo: boolean;
  /** Content hash of the picture that it shows. */
  readonly imageId?: string;
}

/** All nodes of a narrative, in the order of `nodesOf`, as rows; `written` is their JSON where it is written already. */
export function rowsOf(nodes: readonly NarrativeNode[], written?: readonly NodeJson[]): NodeRow[] {
  const isEcho = echoesIn(nodes);
  const rows: NodeRow[] = [];
  let kind = '';
  let position = 0;
  for (const node of nodes) {
    position = node.kind === kind ? position + 1 : 0;
    kind = node.kind;
    const { startMs, endMs } = timeOf(node);
    rows.push({
      id: node.id,
      kind,
      startMs,
      endMs,
      position,
      ...(written?.[rows.length] ?? nodeJson(node)),
      node,
      references: referencesOf(node),
      texts: textsOf(node),
      echo: isEcho(node),
      imageId: imageIdOf(node),
    });
  }
  return rows;
}

/** A moment lasts one millisecond; what has no time, none. */
export function timeOf(node: NarrativeNode): { startMs: number; endMs: number } {
  const { startMs, endMs, atMs } = node as { startMs?: number; endMs?: number; atMs?: number };
  if (startMs !== undefined && endMs !== undefined) return { startMs, endMs };
  return atMs === undefined ? { startMs: 0, endMs: 0 } : { startMs: atMs, endMs: atMs + 1 };
}

const referenceFields: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(shape).map(([kind, fields]) => [kind, Object.keys(fields).filter((name) => fields[name]?.ref)]),
);

/** Ids of the nodes of its episode that a node names. */
export function referencesOf(node: NarrativeNode): string[] {
  const record = node as unknown as Readonly<Record<string, string | readonly string[] | undefined>>;
  const ids: string[] = [];
  for (const field of referenceFields[node.kind] ?? []) {
    const named = record[field];
    if (typeof named === 'string') ids.push(named);
    else if (named) ids.push(...named);
  }
  return ids;
}

/** Content hash of the picture that a node shows. */
export function imageIdOf(node: NarrativeNode): string | undefined {
  const { imageId, portraitId, contactSheetId } = node as {
    imageId?: string;
    portraitId?: string;
    contactSheetId?: string;
  };
  return imageId ?? portraitId ?? contactSheetId;
}
