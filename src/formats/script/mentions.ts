/** Finds persons by name in running text. */

export interface Mention {
  readonly label: string;
  readonly index: number;
  readonly length: number;
}

export interface NamedPerson {
  readonly label: string;
  readonly names: readonly string[];
}

/** Words that open a name and are none by themselves. */
const titles = new Set(
  `mr mrs ms miss dr doctor sir lady lord king queen prince princess captain capt sergeant sgt lieutenant lt colonel
  major general officer agent detective inspector professor prof father sister brother mother uncle aunt old young
  little big the a an le la les un une monsieur madame mademoiselle der die das herr frau el los las don doña señor
  señora fat tall first second third another other other`.split(/\s+/),
);

const caseless = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}·・]+$/u;

/**
 * Looks for whole names, and for the first word of a name of several where nobody else's name begins with it. Names
 * match as they are written or in capitals, so that `mark` is not Mark.
 */
export function mentionFinder(persons: readonly NamedPerson[]): (text: string) => Mention[] {
  const labels = new Map<string, string | undefined>();
  const add = (name: string, label: string) => {
    const taken = labels.get(name);
    labels.set(name, taken === undefined && !labels.has(name) ? label : taken === label ? label : undefined);
  };
  for (const { label, names } of persons)
    for (const name of names) if (name.length > 1) for (const form of formsOf(name)) add(form, label);
  for (const { label, names } of persons)
    for (const first of new Set(names.flatMap(firstWordOf)))
      for (const form of formsOf(first)) if (labels.get(form) !== label) add(form, label);
  const known = [...labels].flatMap(([name, label]) => (label === undefined ? [] : [name]));
  if (known.length === 0) return () => [];
  // The longest first, so that "Forrest Gump" is not read as "Forrest".
  const pattern = new RegExp(
    known
      .toSorted((a, b) => b.length - a.length)
      .map((name) => name.replaceAll(special, '\\$&'))
      .join('|'),
    'g',
  );
  return (text) =>
    [...text.matchAll(pattern)].flatMap(({ 0: name, index }) => {
      const label = labels.get(name);
      const isWhole = caseless.test(name) || !(isLetter(text[index - 1]) || isLetter(text[index + name.length]));
      return label === undefined || !isWhole ? [] : [{ label, index, length: name.length }];
    });
}

const isLetter = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

const special = /[.*+?^${}()|[\]\\]/g;

const formsOf = (name: string) => new Set([name, name.toUpperCase()]);

function firstWordOf(name: string): string[] {
  const [first = '', ...rest] = name.split(' ');
  return rest.length > 0 && first.length > 2 && !titles.has(first.toLowerCase().replace(/\.$/, '')) ? [first] : [];
}
