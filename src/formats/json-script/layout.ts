/** How the text of a JSON document is laid out, so that a document that is written again looks as it did. */
export interface Layout {
  readonly indent: number | string;
  /** Between lines. Default: a line feed. */
  readonly lineEnd?: string | undefined;
  /** Behind the last bracket. */
  readonly end: string;
}

/** As far as the first line of its JSON and the end tell. */
export function layoutOf(text: string): Layout {
  const [, lineEnd, indent = ''] = /[{[](\r?\n)([ \t]{1,8})\S/.exec(text.slice(0, 100_000)) ?? [];
  return {
    indent: /^ *$/.test(indent) ? indent.length : indent,
    ...(lineEnd === '\r\n' && { lineEnd }),
    end: /[}\]](\s*)$/.exec(text)?.[1] ?? '\n',
  };
}

/** Line ends inside of texts are escaped, so that only those of the layout are there. */
export const layOut = (document: unknown, { indent, lineEnd = '\n', end }: Layout): string =>
  `${JSON.stringify(document, null, indent).replaceAll('\n', lineEnd)}${end}`;
