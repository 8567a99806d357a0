/** Capitals such as O, S, V, W look like small letters but for their size: a recogniser mixes them within a word. */

/** A small letter, then a capital: in no English word, but for names such as McKay and iPhone. */
const mixed = /\p{Ll}\p{Lu}|\p{Lu}{2}\p{Ll}/u;
const mixedName = /^\P{L}*(?:Mc|Mac|De|Di|La|Le|Fitz|[ie])\p{Lu}\p{Ll}+/u;
/** Share of capitals among the letters of a line of capitals, some of them misread; other lines have far fewer. */
const leastCapitals = 0.4;

/** The line in capitals, where words that mix case tell that it is a line of capitals. */
export function evenCase(line: string): string {
  const words = line.split(' ');
  if (!words.some((word) => mixed.test(word) && !mixedName.test(word))) return line;
  const letters = line.match(/\p{L}/gu)?.length ?? 0;
  const capitals = line.match(/\p{Lu}/gu)?.length ?? 0;
  return capitals >= leastCapitals * letters ? line.toUpperCase() : line;
}
