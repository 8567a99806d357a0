/** Tells documents of JSON apart by their keys, however broken the JSON around them is. */

/** Whether a text has a key, as a pattern; undefined for a text that is no document of JSON, or Fabula's own. */
export function keysIn(text: string): ((key: string) => boolean) | undefined {
  const sample = text.slice(0, 100_000);
  if (!/[{[]/.test(sample) || /^\s*\{\s*"narrativeVersion"/.test(sample)) return undefined;
  return (key) => new RegExp(`["'“]?\\b${key}["'”]?\\s*:`, 'i').test(sample);
}
