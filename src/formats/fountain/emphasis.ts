/** Emphasis in Fountain: `*italic*`, `**bold**`, `***both***`, `_underlined_`; a backslash takes a mark literally. */

const marks = ['***', '**', '*', '_'] as const;

/** The text without marks of emphasis. Emphasis does not reach over a line. */
export const plain = (text: string): string =>
  /[*_\\]/.test(text) ? text.split('\n').map(plainLine).join('\n') : text;

function plainLine(line: string): string {
  const out: string[] = [];
  /** Marks that could open emphasis, by where they stand in `out`. */
  const open = new Map<string, number[]>();
  for (let n = 0; n < line.length; ) {
    const rest = line.slice(n, n + 3);
    const escaped = line[n] === '\\' && /[*_\\]/.test(line[n + 1] ?? '');
    const mark = escaped ? undefined : marks.find((one) => rest.startsWith(one));
    if (mark === undefined) {
      out.push(line[escaped ? n + 1 : n] ?? '');
      n += escaped ? 2 : 1;
      continue;
    }
    const [before, after] = [line[n - 1] ?? ' ', line[n + mark.length] ?? ' '];
    // Inside a word an underscore is a letter: snake_case, addresses.
    const canClose = /\S/.test(before) && !(mark === '_' && /[\p{L}\p{N}]/u.test(after));
    const canOpen = /\S/.test(after) && !(mark === '_' && /[\p{L}\p{N}]/u.test(before));
    const opener = canClose ? open.get(mark)?.pop() : undefined;
    if (opener !== undefined) {
      out[opener] = '';
      out.push('');
      for (const [other, places] of open)
        open.set(
          other,
          places.filter((place) => place < opener),
        );
    } else {
      if (canOpen) open.set(mark, [...(open.get(mark) ?? []), out.length]);
      out.push(mark);
    }
    n += mark.length;
  }
  return out.join('');
}

/** The text with marks that would be read as emphasis taken literally. */
export const escaped = (text: string): string => (plain(text) === text ? text : text.replaceAll(/[*_\\]/g, '\\$&'));
