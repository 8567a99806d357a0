/**
 * Writes a text of blocks again: blocks whose nodes still say what they said come out as they were, the others are
 * written anew in their places, and what came from elsewhere is put in by its time.
 */
import { groupBy } from '../../narrative/group-by.js';
import { ifReadable } from '../if-readable.js';
import { type Block, cutIntoBlocks, type Extent } from './blocks.js';

/** Something that a block says. */
export interface Item<Said> {
  readonly startMs: number;
  /** Plain; compared as JSON. */
  readonly said: Said;
  /** What it was read from; empty for what came from elsewhere. */
  readonly blocks: readonly Block[];
}

/** What a format of blocks brings. */
export interface BlockForm<Said> {
  /** What a text says, and where. May throw FabulaError. */
  read(text: string): readonly { readonly said: Said; readonly extents: readonly Extent[] }[];
  /** Ends with a line end. `old` is the block that it takes the place of, `number` counts what is written, from 1. */
  write(said: Said, old: string | undefined, number: number): string;
  /** What has to stand between a text and what is written anew behind it. */
  gap(text: string): string;
}

/** `head` is the text before the first block, where there was a text. */
export function rewrite<Said>(
  head: string | undefined,
  items: readonly Item<Said>[],
  form: BlockForm<Said>,
  freshHead: string,
): string {
  const original = head === undefined ? undefined : originalOf(head, items, form);
  const usesCarriageReturns = original?.text.includes('\r\n') ?? false;
  const lineEnds = (text: string) => (usesCarriageReturns ? text.replaceAll(/\r?\n/g, '\r\n') : text);
  const parts = [original?.head ?? freshHead];
  let number = 0;
  const put = (text: string) => {
    if (text !== '') parts.push(text);
  };
  const written = () => parts.slice(-3).join('');
  const putFresh = ({ said }: Item<Said>, old?: string) => {
    put(lineEnds(form.gap(written())));
    put(lineEnds(form.write(said, old, ++number)));
  };
  const isOfText = (item: Item<Said>) => original !== undefined && item.blocks.some(({ at }) => original.has(at));
  const fresh = items.filter((item) => !isOfText(item)).sort((a, b) => a.startMs - b.startMs);
  for (const block of original?.blocks ?? []) {
    const earlier = fresh.splice(
      0,
      countWhile(fresh, ({ startMs }) => startMs < block.startMs),
    );
    for (const item of earlier) putFresh(item);
    if (earlier.length > 0) put(lineEnds(form.gap(written())));
    if (block.isKept) {
      number++;
      put(block.source);
    } else for (const item of block.opens) putFresh(item, block.source);
    put(block.after);
  }
  for (const item of fresh) putFresh(item);
  return parts.join('');
}

function countWhile<Value>(values: readonly Value[], holds: (value: Value) => boolean): number {
  const end = values.findIndex((value) => !holds(value));
  return end < 0 ? values.length : end;
}

interface OriginalBlock<Said> {
  readonly source: string;
  readonly after: string;
  readonly isKept: boolean;
  /** Items that begin with this block. */
  readonly opens: readonly Item<Said>[];
  /** Of the first of them; what stands in none goes with what is ahead of it. */
  readonly startMs: number;
}

interface Original<Said> {
  readonly text: string;
  readonly head: string;
  readonly blocks: readonly OriginalBlock<Said>[];
  has(at: number): boolean;
}

/** The text that the items were read from, as far as they remember it, and which of its blocks still hold. */
function originalOf<Said>(
  head: string,
  items: readonly Item<Said>[],
  form: BlockForm<Said>,
): Original<Said> | undefined {
  const sources = items
    .flatMap(({ blocks }) => blocks)
    .filter(({ source }) => source !== undefined)
    .sort((a, b) => a.at - b.at);
  const text = head + sources.map(({ source, after }) => `${source}${after ?? ''}`).join('');
  const placeOf = new Map(sources.map(({ at }, place) => [at, place]));
  const read = readAgain(text, form);
  if (!read) return undefined;
  const keyed = <Of extends { readonly blocks: readonly Block[] }>(
    all: readonly Of[],
    place: (at: number) => number,
  ) => {
    const seen = new Map<string, number>();
    return new Map(
      all
        .filter(({ blocks }) => blocks.length > 0)
        .map((one) => {
          const places = one.blocks.map(({ at }) => place(at)).join();
          const nth = (seen.get(places) ?? 0) + 1;
          seen.set(places, nth);
          return [`${places}#${nth}`, one] as const;
        }),
    );
  };
  const now = keyed(items, (at) => placeOf.get(at) ?? -1);
  const before = keyed(read, (at) => at);
  const broken = new Set<number>();
  const placesOf = ({ blocks }: Item<Said>) => blocks.flatMap(({ at }) => placeOf.get(at) ?? []);
  for (const [key, { said, blocks }] of before)
    if (JSON.stringify(now.get(key)?.said) !== JSON.stringify(said)) for (const { at } of blocks) broken.add(at);
  for (const [key, item] of now) if (!before.has(key)) for (const place of placesOf(item)) broken.add(place);
  // A block that is written anew takes with it whatever else says something in it.
  for (let size = -1; size !== broken.size; ) {
    size = broken.size;
    for (const item of now.values()) {
      const places = placesOf(item);
      if (places.some((place) => broken.has(place))) for (const place of places) broken.add(place);
    }
  }
  const opens = groupBy([...now.values()], (item) => placesOf(item)[0] ?? -1);
  return {
    text,
    head,
    has: (at) => placeOf.has(at),
    blocks: sources.map(({ source = '', after = '' }, place) => {
      const own = opens.get(place) ?? [];
      return { source, after, isKept: !broken.has(place), opens: own, startMs: own[0]?.startMs ?? 0 };
    }),
  };
}

/** What a text says now, or nothing where there is no reading it. */
const readAgain = <Said>(text: string, form: BlockForm<Said>) =>
  ifReadable(() => {
    const read = form.read(text);
    const { blocks } = cutIntoBlocks(
      text,
      read.map(({ extents }) => extents),
    );
    return read.map(({ said }, n) => ({ said, blocks: blocks[n] ?? [] }));
  });
