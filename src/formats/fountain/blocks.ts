/** Cuts a Fountain text into the blocks of its syntax (https://fountain.io/syntax), each with its place in the text. */
import { readHeading } from '../script/heading.js';
import { isTransition } from '../script/transitions.js';
import type { FountainLine } from './lines.js';

interface Placed {
  readonly start: number;
  /** Behind its last line, without its line end. */
  readonly end: number;
}

export type Block = Placed &
  (
    | { readonly kind: 'heading'; readonly text: string; readonly isForced: boolean; readonly number?: string }
    | { readonly kind: 'action'; readonly lines: readonly string[] }
    | { readonly kind: 'centered'; readonly text: string }
    | { readonly kind: 'lyrics'; readonly lines: readonly string[] }
    | { readonly kind: 'dialogue'; readonly cue: string; readonly isDual: boolean; readonly lines: readonly string[] }
    | { readonly kind: 'transition'; readonly text: string }
    | { readonly kind: 'synopsis'; readonly text: string }
    | { readonly kind: 'section' | 'page break' }
  );

type Content = Block extends infer One ? (One extends Placed ? Omit<One, keyof Placed> : never) : never;

/** Blocks in the order of the text. What lies between them are blank lines, notes and the boneyard. */
export function readBlocks(lines: readonly FountainLine[]): Block[] {
  const reader = new BlockReader(lines);
  const blocks: Block[] = [];
  for (let block = reader.next(); block; block = reader.next()) blocks.push(block);
  return blocks;
}

/** A number at the end of a heading: `#12A#`. */
const numbered = /^(.*?)\s*#([^#\s][^#\n]*)#\s*$/su;

/** What is printed at the edges of pages: their numbers, and that a scene goes on. */
const furniture = /^(?:\(?CONTINUED\)?:?(?:\s*\(\d+\))?|\d{1,3}\.?|\(MORE\))$/;

/** Punctuation that names do not have. */
const noName = /[。，！？、；：…“”"!?,;:]|\.{2}/u;
const longestCaselessName = 10;

class BlockReader {
  #at = 0;
  /** Whether a blank line, or the text's beginning, is above. */
  #isAfterBlank = true;
  /** Whether what is above is one line by nature: a heading may follow it at once. */
  #isAfterSingle = false;

  constructor(private readonly lines: readonly FountainLine[]) {}

  next(): Block | undefined {
    for (; this.#at < this.lines.length; this.#at++) {
      const line = this.lines[this.#at];
      if (!line) return undefined;
      // A note hides without a trace; a boneyard leaves a blank line.
      if (line.hidden === 'note') continue;
      if (line.text.trim() === '') {
        this.#isAfterBlank = true;
        continue;
      }
      const first = this.#at;
      const content = this.#read(line.text);
      this.#isAfterBlank = false;
      this.#isAfterSingle = content.kind !== 'dialogue' && content.kind !== 'action';
      const last = this.lines[this.#at - 1] ?? line;
      return { ...content, start: this.lines[first]?.start ?? 0, end: last.end } as Block;
    }
    return undefined;
  }

  /** Reads what begins with this line, and goes behind it. */
  #read(line: string): Content {
    const text = line.trim();
    const single = this.#single(text);
    if (single) {
      this.#at++;
      return single;
    }
    if (text.startsWith('~'))
      return { kind: 'lyrics', lines: this.#take((next) => next.startsWith('~')).map((sung) => sung.slice(1).trim()) };
    const cue = this.#isAfterBlank ? this.#cueOf(text) : undefined;
    if (cue) {
      this.#at++;
      return { kind: 'dialogue', ...cue, lines: this.#dialogue() };
    }
    return { kind: 'action', lines: this.#action(line) };
  }

  /** Elements of one line. */
  #single(text: string): Content | undefined {
    if (/^={3,}$/.test(text) || (this.#isAfterBlank && this.#isBlankAt(1) && furniture.test(text)))
      return { kind: 'page break' };
    if (/^#{1,6}(?!#)/.test(text)) return { kind: 'section' };
    if (/^=(?!=)/.test(text)) return { kind: 'synopsis', text: text.slice(1).trim() };
    if (text.length > 1 && text.startsWith('>') && text.endsWith('<'))
      return { kind: 'centered', text: text.slice(1, -1).trim() };
    if (text.startsWith('>')) return { kind: 'transition', text: text.slice(1).trim() };
    if (/^\.[\p{L}\p{N}]/u.test(text)) return heading(text.slice(1), true);
    if ((this.#isAfterBlank || this.#isAfterSingle) && readHeading(bareHeading(text))) return heading(text, false);
    if (this.#isAfterBlank && this.#isBlankAt(1) && isTransition(text)) return { kind: 'transition', text };
    return undefined;
  }

  /** Whether the line so many further down is blank or behind the end; notes do not count. */
  #isBlankAt(offset: number): boolean {
    let at = this.#at + offset;
    while (this.lines[at]?.hidden === 'note') at++;
    const line = this.lines[at];
    return line === undefined || (line.text.trim() === '' && !isSpaced(line));
  }

  /** The name of who speaks, where this line is one: in capitals, or marked, and something follows it. */
  #cueOf(text: string): { cue: string; isDual: boolean } | undefined {
    const isDual = /\^\s*$/.test(text);
    const cue = text
      .replace(/\s*\^\s*$/, '')
      .replace(/^@\s*/, '')
      .trim();
    if (this.#isBlankAt(1) || cue === '') return undefined;
    if (text.startsWith('@')) return { cue, isDual };
    if (text.startsWith('!')) return undefined;
    const name = cue.replaceAll(/\([^)]*\)|（[^）]*）/gu, '').trim();
    if (name.length > 60 || !/\p{L}/u.test(name) || /\p{Ll}/u.test(name) || /[:：]$/.test(name)) return undefined;
    // Scripts without capitals: a line of its own that is as short as a name.
    const isCaseless = !/\p{Lu}/u.test(name);
    if (isCaseless && ([...name].length > longestCaselessName || noName.test(name))) return undefined;
    return { cue, isDual };
  }

  /** What is said, up to a blank line; two spaces make a line not blank. */
  #dialogue(): string[] {
    const said: string[] = [];
    for (; this.#at < this.lines.length; this.#at++) {
      const line = this.lines[this.#at];
      if (!line || (line.text.trim() === '' && !line.hidden && !isSpaced(line))) break;
      if (!line.hidden && !/^\((?:MORE|SUITE)\)$/.test(line.text.trim())) said.push(line.text.trim());
    }
    return said;
  }

  #take(belongs: (text: string) => boolean): string[] {
    const taken: string[] = [];
    for (; this.#at < this.lines.length; this.#at++) {
      const line = this.lines[this.#at];
      if (line?.hidden === 'note') continue;
      if (!line || !belongs(line.text.trim())) break;
      taken.push(line.text.trim());
    }
    return taken;
  }

  /** Up to a blank line, or a line that is something else by its mark. */
  #action(first: string): string[] {
    const shown = (text: string) => text.replace(/^(\s*)!/, '$1').trim();
    this.#at++;
    const rest: string[] = [];
    for (; this.#at < this.lines.length; this.#at++) {
      const line = this.lines[this.#at];
      if (line?.hidden === 'note') continue;
      if (!line || line.text.trim() === '' || marked.test(line.text)) break;
      rest.push(shown(line.text));
    }
    return [shown(first), ...rest];
  }
}

/** A line that is something else than action wherever it stands. */
const marked = /^\s*(?:[~>]|#{1,6}(?!#)|\.[\p{L}\p{N}]|={3,}\s*$|=(?!=))/u;

const isSpaced = ({ text }: FountainLine): boolean => / {2}|\t/.test(text);

/** A heading without its number at the end and marks of emphasis around it. */
const bareHeading = (text: string): string => (numbered.exec(text)?.[1] ?? text).replaceAll(/^[*_]+|[*_]+$/g, '');

function heading(text: string, isForced: boolean): Content {
  const [, before, number] = numbered.exec(text) ?? [];
  return {
    kind: 'heading',
    text: bareHeading(text),
    isForced,
    ...(before !== undefined && number !== undefined && { number }),
  };
}
