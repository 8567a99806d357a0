/** How the text of a JSON document is laid out, so that a document that is written again looks as it did. */
export interface Layout {
  readonly indent: number | string;
  /** Behind the last bracket. */
  readonly end: string;
}

/** As far as the first line of its JSON and the end tell. */
export function layoutOf(text: string): Layout {
  const [, indent = ''] = /[{[]\r?\n([ \t]{1,8})\S/.exec(text.slice(0, 100_000)) ?? [];
  return { indent: /^ *$/.test(indent) ? indent.length : indent, end: /[}\]](\s*)$/.exec(text)?.[1] ?? '\n' };
}

export const layOut = (document: unknown, { indent, end }: Layout): string =>
  `${JSON.stringify(document, null, indent)}${end}`;
