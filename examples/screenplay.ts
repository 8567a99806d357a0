/** Reads what the renderer needs of a Fountain screenplay: its title, its scene headings and who says what in them. */
export interface Line {
  readonly speaker: string;
  readonly text: string;
}

export interface WrittenScene {
  /** As written, e.g. `EXT. PIER - DUSK`. */
  readonly heading: string;
  readonly lines: readonly Line[];
}

export interface Screenplay {
  readonly title: string;
  readonly scenes: readonly WrittenScene[];
}

/** A blank-line separated block is a heading, a line of dialogue under its speaker's name, or description (left out). */
export function readScreenplay(fountain: string): Screenplay {
  const title = /^Title:\s*(.+)$/m.exec(fountain)?.[1] ?? 'Untitled';
  const scenes: { heading: string; lines: Line[] }[] = [];
  for (const block of fountain.split(/\n\s*\n/)) {
    const [first = '', ...rest] = block.trim().split('\n');
    if (/^(INT|EXT)\b/.test(first)) scenes.push({ heading: first, lines: [] });
    else if (/^[A-Z][A-Z ]*$/.test(first) && rest.length > 0)
      scenes.at(-1)?.lines.push({ speaker: first, text: rest.filter((line) => !line.startsWith('(')).join(' ') });
  }
  return { title, scenes };
}
