import type { Phrase } from '../words.js';

/** The phrases as an FTS5 expression: every word quoted, so that nothing a user types is an operator. */
export const matchExpression = (phrases: readonly Phrase[]): string =>
  phrases.map(({ words, prefix }) => `"${words.join(' ')}"${prefix ? ' *' : ''}`).join(' AND ');
