/** Writing systems that names are told by and made in. */
export const nameScripts = [
  'Latin',
  'Cyrillic',
  'Greek',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
  'Arabic',
  'Hebrew',
  'Devanagari',
  'Thai',
] as const;
export type NameScript = (typeof nameScripts)[number];

const tests = nameScripts.map((script) => [script, new RegExp(`\\p{Script=${script}}`, 'u')] as const);

/** Of the first letter that belongs to one; undefined for a script whose names are not made here. */
export function scriptOf(name: string): NameScript | undefined {
  for (const letter of name) for (const [script, test] of tests) if (test.test(letter)) return script;
  return undefined;
}

/** Scripts that write names without a space around them, or with small words joined on: found inside of words too. */
const joined =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Devanagari}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}ー]/u;
export const isJoined = (name: string): boolean => joined.test(name);

/** Case, width and spelling taken away: the same for all ways to write one name. */
export const foldName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[’‘`´ʼ]/g, "'")
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKC')
    .replaceAll(/\s+/g, ' ')
    .trim();

/** The same letters without their marks: `José` and `Jose`; only of scripts in which that leaves a name readable. */
export const withoutMarks = (name: string): string =>
  /[\p{Script=Latin}\p{Script=Greek}]/u.test(name)
    ? name
        .normalize('NFD')
        .replaceAll(/\p{M}/gu, '')
        .replaceAll('ł', 'l')
        .replaceAll('Ł', 'L')
        .replaceAll('ø', 'o')
        .replaceAll('Ø', 'O')
        .normalize('NFC')
    : name;
