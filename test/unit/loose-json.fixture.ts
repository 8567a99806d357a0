/** JSON that is about what a format asks for: keys left out, moved and made up, and here and there a value of another type. */
import fc from 'fast-check';

/** A value that nobody expects there. */
export const odd = fc.oneof(
  fc.constantFrom<unknown>(null, '', 7, true, [], {}, 'N/A', [1, 'two'], { a: { Ethnicity: null } }, ' '),
  fc.json({ maxDepth: 1 }).map((json): unknown => JSON.parse(json)),
);

export const oneOf = (...values: readonly unknown[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...values) }, { weight: 1, arbitrary: odd });

/** An object with some of its keys, in any order, and with keys that nobody knows. */
export const someOf = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc
    .record({
      members: fc.record({ ...members, weather: odd, ключ: odd }, { requiredKeys: [] }),
      order: fc.array(fc.nat(99), { minLength: 12, maxLength: 12 }),
    })
    .map(({ members: drawn, order }) =>
      Object.fromEntries(
        Object.entries(drawn).sort(([a], [b]) => (order[a.length % 12] ?? 0) - (order[b.length % 12] ?? 0)),
      ),
    );

/** A list, or the only one of it in its place. */
export const listOf = (one: fc.Arbitrary<unknown>, maxLength: number) =>
  fc.oneof(
    {
      weight: 8,
      arbitrary: fc.array(fc.oneof({ weight: 9, arbitrary: one }, { weight: 1, arbitrary: odd }), { maxLength }),
    },
    { weight: 1, arbitrary: one },
    { weight: 1, arbitrary: odd },
  );

const layouts = fc.constantFrom<readonly [string | number, string, string]>(
  ...([
    [2, '\n', '\n'],
    [0, '', '\n'],
    ['\t', '\r\n', '\n'],
    [4, '', '\n'],
    [2, '\r\n', '\r\n'],
  ] as const),
);

/** Documents as text, however it is laid out. */
export const textsOf = (documents: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc
    .tuple(documents, layouts)
    .map(
      ([document, [indent, end, lineEnd]]) =>
        `${JSON.stringify(document, null, indent).replaceAll('\n', lineEnd)}${end}`,
    );
