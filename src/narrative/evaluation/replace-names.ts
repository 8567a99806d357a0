import { isDense, normalText } from './normal-text.js';

/**
 * Puts one sign or word in the place of any name of a group, so that texts which call the same person differently can
 * be compared. The longest name wins; names of alphabetic scripts are found as whole words only, in any case.
 */
export function nameReplacer(
  groups: readonly { readonly names: Iterable<string>; readonly by: string }[],
): (text: string) => string {
  const replacements = new Map<string, string>();
  for (const { names, by } of groups)
    for (const name of names) {
      const folded = foldName(name);
      if (normalText(name) !== '' && !replacements.has(folded)) replacements.set(folded, by);
    }
  if (replacements.size === 0) return (text) => text;
  const longestFirst = [...replacements.keys()].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  const pattern = new RegExp(longestFirst.map(asPattern).join('|'), 'giu');
  return (text) => text.normalize('NFKC').replaceAll(pattern, (name) => replacements.get(foldName(name)) ?? name);
}

const foldName = (name: string) => name.normalize('NFKC').trim().toUpperCase().toLowerCase();

function asPattern(name: string): string {
  const signs = [...name];
  const opens = isDense(signs[0] ?? '') ? '' : '(?<![\\p{L}\\p{N}])';
  const closes = isDense(signs.at(-1) ?? '') ? '' : '(?![\\p{L}\\p{N}])';
  return `${opens}${name.replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')}${closes}`;
}

/** A sign of nobody’s (of Unicode’s private use area), for the nth person; it stands in texts like a letter. */
export const signOf = (n: number): string => String.fromCharCode(0xe000 + (n % 0x1900));
