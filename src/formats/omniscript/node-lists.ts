/** Lists of nodes in a document: in the order in which they were read, with what stood between them and is no node. */
import { groupBy } from '../../narrative/group-by.js';
import { type Kept, keptOf } from './kept.js';

interface Keeping {
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
}

/** How one member of a list is written: what was read of it as a node again, and what it was then. */
export interface Member<Node> {
  /** Several where one value was read as several nodes. */
  readonly nodes: readonly [Node, ...Node[]];
  readonly kept: Kept | undefined;
  readonly before: readonly Node[];
}

/**
 * A list of nodes and of what else stood in it. Nodes that were read stand where they stood, others behind the one they
 * follow. `before` are the nodes of the same list without those that were never read.
 */
export function listOf<Node extends Keeping>(
  nodes: readonly Node[],
  others: readonly (readonly [at: number, value: unknown])[],
  before: readonly Node[],
  write: (member: Member<Node>) => readonly unknown[],
): unknown[] {
  const beforeAt = groupBy(before, (node) => keptOf(node)?.at);
  let readSoFar = 0;
  return slotsOf(nodes, others).flatMap((slot) => {
    if ('value' in slot) {
      readSoFar++;
      return [slot.value];
    }
    const kept = keptOf(slot.nodes[0]);
    return write({ nodes: slot.nodes, kept, before: (kept && beforeAt.get(readSoFar++)) ?? [] });
  });
}

type Slot<Node> = { readonly nodes: [Node, ...Node[]] } | { readonly value: unknown };

function slotsOf<Node extends Keeping>(
  nodes: readonly Node[],
  others: readonly (readonly [at: number, value: unknown])[],
): Slot<Node>[] {
  const placed: { readonly at: number; readonly slot: Slot<Node> }[] = [];
  const own = new Map<number, [Node, ...Node[]]>();
  let last = -1;
  for (const node of nodes) {
    const at = keptOf(node)?.at;
    const known = at === undefined ? undefined : own.get(at);
    if (known) {
      known.push(node);
      continue;
    }
    const slot: { nodes: [Node, ...Node[]] } = { nodes: [node] };
    if (at !== undefined) own.set(at, slot.nodes);
    last = at ?? last;
    placed.push({ at: last, slot });
  }
  for (const [at, value] of others) placed.push({ at, slot: { value } });
  // Sorting is stable: what follows a node stays behind it.
  return placed.sort((a, b) => a.at - b.at).map(({ slot }) => slot);
}
