import type { JsonScalar } from './json-tree.js';

/**
 * The scalars that a stretch of broken JSON may have meant: what stands between quotation marks and is no key, and the
 * numbers and literals between them, but the minutes of a clock. Rather one too many than one too few.
 */
export function looseLeaves(raw: string): JsonScalar[] {
  const stretches = raw.match(/(?:[^"\\]+|\\[\s\S]?)+|"/g) ?? [];
  return stretches.flatMap((stretch, index): JsonScalar[] => {
    if (stretch === '"') return [];
    if (isStructure.test(stretch)) return (stretch.match(literals) ?? []).map((word) => JSON.parse(word) as JsonScalar);
    const numbers = [
      ...stretch.matchAll(
        /(?<=(?:^|[:,[])\s*|\s{2})(?!(?<=\d:)\d\d(?![\d.]))-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?=[\s,}\]]|$)/g,
      ),
    ].map(Number);
    const isKey = stretches[index + 1] === '"' && /^\s*:/.test(stretches[index + 2] ?? '');
    return isKey ? numbers : [...numbers, unescaped(stretch)];
  });
}

/** Nothing but brackets, commas, colons, and what may stand between them without quotation marks. */
const isStructure = /^(?:[\s:,{}[\]]|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.])|\b(?:true|false|null)\b)*$/;
const literals = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/g;

function unescaped(stretch: string): string {
  try {
    const escaped = stretch.replaceAll(/\p{Cc}/gu, (control) => JSON.stringify(control).slice(1, -1));
    return JSON.parse(`"${escaped}"`) as string;
  } catch {
    return stretch;
  }
}
