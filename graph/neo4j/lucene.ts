import { createHash } from 'node:crypto';
import type { TextColumn } from '../texts.js';
import type { Phrase } from '../words.js';

/** How much a match counts, by where it stands. */
const weights: Readonly<Record<TextColumn | 'echo', number>> = { said: 4, seen: 2, name: 3, echo: 4 };

/** The phrases as a Lucene query: words hold letters and digits alone and are quoted, so nothing a user types is an operator. */
export function luceneOf(phrases: readonly Phrase[], columns: readonly (TextColumn | 'echo')[]): string {
  const term = ({ words, prefix }: Phrase) => (prefix ? `${words.join('')}*` : `"${words.join(' ')}"`);
  return phrases
    .map((phrase) => `+(${columns.map((column) => `${column}Words:${term(phrase)}^${weights[column]}`).join(' ')})`)
    .join(' ');
}

/** Words by which a search keeps to an episode, a series or a kind: ids may hold what would break a query. */
export const episodeWord = (id: string) => `e${hash(id)}`;
export const seriesWord = (id: string) => `s${hash(id)}`;
export const kindWord = (kind: string) => `k${kind}`;

/** Any of these words must be there; they do not count for the score. */
export const within = (words: readonly string[]) => `+scopeWords:(${words.join(' ')})^0`;

const hash = (id: string) => createHash('sha1').update(id).digest('hex').slice(0, 20);
