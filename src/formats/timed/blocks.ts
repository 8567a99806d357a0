/**
 * Blocks: the stretches of a text that nodes were read from, kept in their `foreign` under the format's name. All blocks
 * of an episode in the order of the text, behind its head, are the text as it was, to the letter. Unlike a script's
 * pieces, blocks need not lie in the order of the nodes, a node may have several, and several nodes may share one.
 */
export interface Block {
  /** Its place among the blocks of the text, from 0. */
  readonly at: number;
  /** What the node says there; absent where an earlier node has it already. */
  readonly source?: string | undefined;
  /** What stands behind it and is no node: blank lines, notes, comments. Stays whatever the node says. */
  readonly after?: string | undefined;
}

/** Part of a text, as offsets; half-open. */
export interface Extent {
  readonly from: number;
  readonly to: number;
}

interface Kept {
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
}

/** The text before the first extent, and the blocks of each owner; extents that begin together are one. */
export function cutIntoBlocks(
  text: string,
  owners: readonly (readonly Extent[])[],
): { readonly head: string; readonly blocks: readonly (readonly Block[])[] } {
  const ends = new Map(owners.flat().map(({ from, to }) => [from, to]));
  const starts = [...ends.keys()].sort((a, b) => a - b);
  const placeOf = new Map(starts.map((from, at) => [from, at]));
  const taken = new Set<number>();
  const blocks = owners.map((extents) =>
    [...new Set(extents.map(({ from }) => from))]
      .sort((a, b) => a - b)
      .map((from): Block => {
        const at = placeOf.get(from) ?? 0;
        if (taken.has(from)) return { at };
        taken.add(from);
        const next = starts[at + 1] ?? text.length;
        const end = Math.min(ends.get(from) ?? next, next);
        return { at, source: text.slice(from, end), ...(end < next && { after: text.slice(end, next) }) };
      }),
  );
  return { head: text.slice(0, starts[0] ?? text.length), blocks };
}

export const keepBlocks = (format: string, blocks: readonly Block[]): Record<string, unknown> => ({
  [format]: { blocks },
});

/** The blocks that a node was read from; none where it is from elsewhere. */
export function blocksOf({ foreign }: Kept, format: string): readonly Block[] {
  const kept = (foreign?.[format] as { blocks?: unknown } | undefined)?.blocks;
  if (!Array.isArray(kept)) return [];
  return kept.filter((block): block is Block => Number.isInteger((block as Partial<Block> | null)?.at));
}
