import type { Page, SearchHit } from './store.js';
import { type NodeText, textsOf } from './texts.js';
import { occurrencesOf, type Phrase, phrasesOf, wordsOf } from './words.js';

/** How many UTF-16 units of text a snippet shows before and after its first match. */
const before = 50;
const after = 110;

/** A hit as it comes from a database. */
export type FoundHit = Omit<SearchHit, 'snippet' | 'reasons'>;

/**
 * A hit that says why it was found once somebody asks: to go through its texts takes as long as to read them. A class,
 * since V8 keeps the accessor of an object that is written with one in the old half of its heap, and with it all that it
 * sees until the whole heap is collected.
 */
class ExplainedHit implements SearchHit {
  readonly episodeId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly score: number;
  readonly node: SearchHit['node'];
  readonly #phrases: readonly Phrase[];
  #why: Explanation | undefined;

  constructor({ episodeId, startMs, endMs, score, node }: FoundHit, phrases: readonly Phrase[]) {
    this.episodeId = episodeId;
    this.startMs = startMs;
    this.endMs = endMs;
    this.score = score;
    this.node = node;
    this.#phrases = phrases;
  }

  get snippet(): string {
    return this.#explanation.snippet;
  }

  get reasons(): readonly string[] {
    return this.#explanation.reasons;
  }

  get #explanation(): Explanation {
    this.#why ??= explainMatch(textsOf(this.node), this.#phrases);
    return this.#why;
  }

  toJSON(): SearchHit {
    const { episodeId, startMs, endMs, snippet, score, reasons, node } = this;
    return { episodeId, startMs, endMs, snippet, score, reasons, node };
  }
}

export function explainedPage({ edges, hasNextPage }: Page<FoundHit>, query: string): Page<SearchHit> {
  const phrases = phrasesOf(query);
  return { edges: edges.map(({ node, cursor }) => ({ node: new ExplainedHit(node, phrases), cursor })), hasNextPage };
}

type Explanation = Readonly<Pick<SearchHit, 'snippet' | 'reasons'>>;

/** Why a node was found: the text around the best match, with matches between ‹ and ›, and which field held which words. */
export function explainMatch(texts: readonly NodeText[], phrases: readonly Phrase[]): Explanation {
  const matches = texts.map(({ field, text }) => {
    const words = wordsOf(text);
    const found = phrases.map((phrase) => ({ phrase, places: occurrencesOf(phrase, words) }));
    const hits = found.filter(({ places }) => places.length > 0);
    return { field, text, typed: hits.map(({ phrase }) => phrase.typed), places: hits.flatMap(({ places }) => places) };
  });
  const held = matches.filter(({ places }) => places.length > 0);
  const best = held.toSorted((a, b) => b.typed.length - a.typed.length)[0] ?? matches[0];
  const line = best?.field === 'speakerTag' ? matches.find(({ field }) => field === 'text') : undefined;
  return {
    snippet: [best, line].flatMap((part) => (part ? mark(part.text, part.places) : [])).join(': '),
    reasons: held.map(({ field, typed }) => `${field}: ${[...new Set(typed)].join(' ')}`),
  };
}

function mark(text: string, places: readonly { start: number; end: number }[]): string {
  const ranges = joined(places);
  const first = ranges[0]?.start ?? 0;
  const from = first <= before ? 0 : wholeCharacter(text, first - before);
  const to = Math.min(text.length, wholeCharacter(text, first + after));
  let marked = '';
  let at = from;
  for (const { start, end } of ranges) {
    if (start >= to) break;
    marked += `${text.slice(at, start)}‹${text.slice(start, end)}›`;
    at = end;
  }
  marked += text.slice(at, Math.max(at, to));
  return `${from > 0 ? '…' : ''}${marked.trim()}${Math.max(at, to) < text.length ? '…' : ''}`;
}

/** Overlapping and touching ranges as one: neighbouring pairs of an unspaced run share a character. */
function joined(places: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const ranges: { start: number; end: number }[] = [];
  for (const { start, end } of places.toSorted((a, b) => a.start - b.start)) {
    const last = ranges.at(-1);
    if (last && start <= last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  }
  return ranges;
}

/** The offset, moved off the middle of a surrogate pair. */
const wholeCharacter = (text: string, offset: number) =>
  /[\udc00-\udfff]/.test(text.charAt(offset)) ? offset - 1 : offset;
