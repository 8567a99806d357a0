/**
 * Pieces: the text that a node was read from, kept in its `foreign` under the format's name. All pieces of an episode in
 * the order of its nodes, between the episode's head and tail, are the text as it was, to the letter.
 */
export interface Piece {
  /** What the node says; written anew once it says something else. */
  readonly source: string;
  /** What stands behind it and is no node: blank lines, notes, comments. Stays whatever the node says. */
  readonly after?: string | undefined;
  /** Of how many paragraphs the source is made; default: one. */
  readonly parts?: number | undefined;
}

interface Kept {
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
}

export function pieceOf({ foreign }: Kept, format: string): Piece | undefined {
  const kept = foreign?.[format] as Partial<Piece> | undefined;
  return typeof kept?.source === 'string' ? (kept as Piece) : undefined;
}

/** What stands before the first node and behind the last. */
export interface Frame {
  readonly head: string;
  readonly tail?: string;
}

export function frameOf({ foreign }: Kept, format: string): Frame | undefined {
  const kept = foreign?.[format] as Partial<Frame> | undefined;
  return typeof kept?.head === 'string' ? (kept as Frame) : undefined;
}

/** What a node keeps of its text in `foreign`. */
export const keep = (format: string, piece: Piece | Frame): Record<string, unknown> => ({
  [format]: Object.fromEntries(
    Object.entries(piece).filter(([name, value]) => name === 'source' || name === 'head' || (value ?? '') !== ''),
  ),
});
