/** Least number of inserted, deleted and replaced characters that turns one text into the other (Levenshtein 1966). */
export function editDistance(from: string, to: string): number {
  const [a, b] = [[...from], [...to]];
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, character] of a.entries()) {
    const next = [i + 1];
    for (const [j, other] of b.entries())
      next.push(Math.min((row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1, (row[j] ?? 0) + (character === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
}

/** 1 for equal texts, 0 for texts with nothing in common; spaces and case do not count. */
export function textSimilarity(a: string, b: string): number {
  const [left, right] = [a, b].map((text) => text.replace(/\s+/g, '').toLowerCase()) as [string, string];
  const longest = Math.max([...left].length, [...right].length);
  return longest === 0 ? 1 : 1 - editDistance(left, right) / longest;
}

/** Share of a text's pairs of neighbouring characters that another text has too, 0…1; 0 for a single character. */
export function shareContained(part: string, whole: string): number {
  const pairs = [...part.replace(/\s+/g, '').toLowerCase()].map(
    (character, index, all) => character + (all[index + 1] ?? ''),
  );
  const held = pairs.slice(0, -1).filter((pair) => whole.replace(/\s+/g, '').toLowerCase().includes(pair));
  return pairs.length < 2 ? 0 : held.length / (pairs.length - 1);
}
