/**
 * A corrected cue corrects the lines that were read from it. A line is a piece of its cue (without the dash or name
 * before it, rows joined), so it is found in the old text and cut out of the new one where the text around it stayed.
 */

/**
 * What each line says now that its cue says `after` instead of `before`; undefined where that cannot be told: the line
 * does not carry the cue's text any more, or too much around it changed. Lines are in the order in which the cue has
 * them.
 */
export function carryLines(lines: readonly string[], before: string, after: string): (string | undefined)[] {
  const rowsBefore = rowsOf(before);
  const rowsAfter = rowsOf(after);
  const canPairRows = rowsBefore.length === rowsAfter.length;
  let nextRow = 0;
  return lines.map((line) => {
    const row = canPairRows ? rowsBefore.findIndex((text, n) => n >= nextRow && text.includes(line)) : -1;
    const [oldRow, newRow] = [rowsBefore[row], rowsAfter[row]];
    if (oldRow !== undefined && newRow !== undefined) nextRow = row + 1;
    const inRow = oldRow !== undefined && newRow !== undefined ? cutOut(line, oldRow, newRow) : undefined;
    const isWhole = lines.length === 1 && bare(before).includes(bare(line)) && bare(line) !== '';
    return inRow ?? cutOut(line, before, after) ?? (isWhole ? joined(after) : undefined);
  });
}

const rowsOf = (text: string) => text.split(/\r?\n/).filter((row) => row.trim() !== '');

/** Rows differ from lines in white space only where they were joined. */
const bare = (text: string) => text.replace(/\s+/gu, '');

const spaceless =
  /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}]\s*\n\s*(?=[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}])/gu;

const joined = (text: string) =>
  text
    .trim()
    .replace(spaceless, (match) => match.trimEnd())
    .replace(/\s*\n\s*/gu, ' ');

/** What stands in `after` where `line` stood in `before`; undefined when what surrounds it is not the same. */
function cutOut(line: string, before: string, after: string): string | undefined {
  const [old, now, wanted] = [bare(before), bare(after), bare(line)];
  const at = wanted === '' ? -1 : old.indexOf(wanted);
  if (at < 0) return undefined;
  const lead = old.slice(0, at);
  const tail = old.slice(at + wanted.length);
  if (!now.startsWith(lead) || !now.endsWith(tail) || now.length <= lead.length + tail.length) return undefined;
  return joined(after.slice(offsetOf(after, lead.length), offsetOf(after, now.length - tail.length - 1) + 1));
}

/** Where the nth character that is not white space stands. */
function offsetOf(text: string, nth: number): number {
  let passed = 0;
  for (let offset = 0; offset < text.length; offset++) {
    if (/\s/u.test(text.charAt(offset))) continue;
    if (passed === nth) return offset;
    passed++;
  }
  return text.length;
}
