/** JSON documents whose every leaf is known and occurs once, and ways to break them that say which leaves they touch. */
import fc from 'fast-check';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

/** A document as text, with the places of its leaves and of the marks between them. */
export interface Laid {
  readonly text: string;
  readonly leaves: readonly { readonly at: number; readonly end: number; readonly value: Json }[];
  /** Of brackets, commas, colons, and quotation marks. */
  readonly marks: readonly number[];
}

const word = fc.constantFrom(
  ...['Mara', 'lamp', 'the', 'quiet', 'harbour', 'says', '富贵', 'naïve', 'Pop', 'steak, fries', 'a: b', 'it’s'],
  ...['"no"', 'back\\slash', 'two\nlines', '{x}', '[1]', 'e.g.', '10:30', 'https://a.b/c', '// not', 'null', 'True'],
);
const sentence = fc.array(word, { minLength: 0, maxLength: 6 }).map((words) => words.join(' '));
const leaf = fc.oneof(
  { weight: 6, arbitrary: sentence },
  { weight: 3, arbitrary: fc.integer({ min: -999, max: 9999 }) },
  { weight: 1, arbitrary: fc.double({ min: -10, max: 10, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(true, false, null) },
);
const keys = ['Scene', 'BGM', 'Valence (V)', 'Shot Type', 'events', 'timestamp', 'a-b', '名', 'line', 'meta', 'x', 'y'];
const { value } = fc.letrec<{ value: Json; list: Json; object: Json }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, depthSize: 'small' }, leaf, tie('list'), tie('object')),
  list: fc.array(tie('value'), { maxLength: 4 }),
  object: fc
    .tuple(fc.subarray(keys), fc.array(tie('value'), { minLength: 12, maxLength: 12 }))
    .map(([names, values]) => Object.fromEntries(names.map((name, n) => [name, values[n]!]))),
}));

/** Documents like those that scripts come in: an object of lists and objects, each leaf unlike any other. */
export const documents: fc.Arbitrary<Json> = fc
  .tuple(fc.array(value, { minLength: 2, maxLength: 4 }), fc.array(value, { minLength: 1, maxLength: 4 }))
  .map(([script, more]) => numberLeaves({ meta: { title: 'Title', more }, script }));

function numberLeaves(document: Json): Json {
  let count = 0;
  const visit = (inner: Json): Json => {
    if (Array.isArray(inner)) return inner.map(visit);
    if (typeof inner === 'object' && inner !== null)
      return Object.fromEntries(Object.entries(inner).map(([key, held]) => [key, visit(held)]));
    count++;
    if (typeof inner === 'string') return `${inner} leaf${count}`;
    return typeof inner === 'number' ? Math.trunc(inner) + count / 1024 : inner;
  };
  return visit(document);
}

/** Writes a document with any indentation, by itself, so that places are known. */
export function layOut(document: Json, indent: number): Laid {
  let text = '';
  const leaves: { at: number; end: number; value: Json }[] = [];
  const marks: number[] = [];
  const mark = (character: string) => {
    marks.push(text.length);
    text += character;
  };
  const quoted = (string: string) => {
    mark('"');
    text += JSON.stringify(string).slice(1, -1);
    mark('"');
  };
  const newLine = (depth: number) => {
    if (indent > 0) text += `\n${' '.repeat(indent * depth)}`;
  };
  const between = <Item>(items: readonly Item[], depth: number, each: (item: Item) => void) => {
    for (const [n, item] of items.entries()) {
      if (n > 0) mark(',');
      newLine(depth + 1);
      each(item);
    }
    if (items.length > 0) newLine(depth);
  };
  const visit = (inner: Json, depth: number) => {
    if (Array.isArray(inner)) {
      mark('[');
      between(inner, depth, (held) => visit(held, depth + 1));
      mark(']');
    } else if (typeof inner === 'object' && inner !== null) {
      mark('{');
      between(Object.entries(inner), depth, ([key, held]) => {
        quoted(key);
        mark(':');
        if (indent > 0) text += ' ';
        visit(held, depth + 1);
      });
      mark('}');
    } else {
      const at = text.length;
      if (typeof inner === 'string') quoted(inner);
      else text += JSON.stringify(inner);
      leaves.push({ at, end: text.length, value: inner });
    }
  };
  visit(document, 0);
  return { text, leaves, marks };
}

export interface Broken {
  readonly kind: string;
  /** Whether nothing but the way of writing is broken, so that a reader can be expected to make sense of it. */
  readonly isSyntactic: boolean;
  readonly text: string;
  /** Leaves of the document that nothing was done to. */
  readonly untouched: readonly Json[];
}

type Breaker = (laid: Laid, at: number, pick: number) => { text: string; from: number; to: number };

const splice = (text: string, from: number, to: number, put = '') => text.slice(0, from) + put + text.slice(to);
const markAt = ({ marks }: Laid, at: number) => marks[at % marks.length]!;
const noise = ['{', '}', '[', ']', ',', ':', '"', ' ', 'x', '7', '\\', '\n', '/', "'", '\u0001'];
const everywhere = (text: string) => ({ text, from: 0, to: 0 });
/** Exchanges what stands outside strings, or the strings themselves. */
const rewrite = (text: string, string: (raw: string) => string, other: (raw: string) => string) =>
  text.replace(/"(?:[^"\\]|\\.)*"|[^"]+/g, (raw) => (raw.startsWith('"') ? string(raw) : other(raw)));

/** Anything that happens to text, sensible or not. */
const mutations: Readonly<Record<string, Breaker>> = {
  'cut a stretch': ({ text }, at, pick) => {
    const from = at % text.length;
    const to = Math.min(text.length, from + 1 + (pick % 30));
    return { text: splice(text, from, to), from, to };
  },
  'swap two neighbours': ({ text }, at) => {
    const from = at % (text.length - 1);
    return { text: splice(text, from, from + 2, `${text[from + 1]}${text[from]}`), from, to: from + 2 };
  },
  'insert noise': ({ text }, at, pick) => {
    const from = at % text.length;
    return { text: splice(text, from, from, noise[pick % noise.length]), from, to: from };
  },
  'retype a value': ({ text, leaves }, at, pick) => {
    const leaf = leaves[at % leaves.length]!;
    const raw = text.slice(leaf.at, leaf.end);
    const asText = raw.startsWith('"') ? raw.slice(1, -1).slice(0, 12).replaceAll(/["\\]/g, '') : `"${raw}"`;
    const retyped = [asText, `[${raw}]`, `{"value": ${raw}}`, 'null', '7', 'true'][pick % 6]!;
    return { text: splice(text, leaf.at, leaf.end, retyped), from: leaf.at, to: leaf.end };
  },
};

/** What people and language models do to JSON's syntax. */
const slips: Readonly<Record<string, Breaker>> = {
  'a mark is lost': (laid, at) => {
    const from = markAt(laid, at);
    return { text: splice(laid.text, from, from + 1), from, to: from + 1 };
  },
  'a mark is doubled': (laid, at) => {
    const from = markAt(laid, at);
    return { text: splice(laid.text, from, from, laid.text[from]), from, to: from };
  },
  'a mark strays': (laid, at, pick) => {
    const from = markAt(laid, at);
    return { text: splice(laid.text, from, from, noise[pick % 7]), from, to: from };
  },
  'two marks change places': (laid, at) => {
    const from = markAt(laid, at);
    const [one = '', other = ''] = laid.text.slice(from, from + 2);
    return { text: splice(laid.text, from, from + 2, other + one), from, to: from + 2 };
  },
  'the text breaks off': ({ text }, at) => {
    const from = 1 + (at % (text.length - 1));
    return { text: text.slice(0, from), from, to: text.length };
  },
  comments: (laid, at, pick) => {
    const places = laid.marks.filter((place) => ',{['.includes(laid.text[place]!) && !insideLeaf(laid, place));
    const from = (places[at % places.length] ?? 0) + 1;
    const comment = ['/* a, "b": [c */', '// it’s a note\n', '# note 12\n'][pick % 3];
    return { text: splice(laid.text, from, from, comment), from, to: from };
  },
  'trailing commas': ({ text }) =>
    everywhere(
      rewrite(text, String, (raw) => raw.replaceAll(/([^\s[{])?(\s*[\]}])/g, '$1,$2').replaceAll(/([[{]\s*),/g, '$1')),
    ),
  'no commas at line ends': ({ text }) => everywhere(text.replaceAll(/,\n/g, '\n')),
  'single quotes': ({ text }) =>
    everywhere(rewrite(text, (raw) => `'${raw.slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`, String)),
  'curly quotes': ({ text }) => everywhere(rewrite(text, (raw) => `“${raw.slice(1, -1)}”`, String)),
  'bare keys': ({ text }) => everywhere(text.replaceAll(/"([a-z]+)"(?=:)/gi, '$1')),
  'literals of Python': ({ text }) =>
    everywhere(
      rewrite(text, String, (raw) =>
        raw.replaceAll('true', 'True').replaceAll('false', 'False').replaceAll('null', 'None'),
      ),
    ),
  'raw line breaks': ({ text }) => everywhere(rewrite(text, (raw) => raw.replaceAll(/(?<!\\)\\n/g, '\n'), String)),
  'a fence': ({ text }) => everywhere(`\`\`\`json\n${text}\n\`\`\``),
  'talk around it': ({ text }) =>
    everywhere(`Sure! Here is the JSON you asked for:\n\n${text}\n\nLet me know if [1] helps.`),
  thoughts: ({ text }) => everywhere(`<think>\nA scene {1} with "two" people…\n</think>\n${text}`),
  'a byte order mark': ({ text }) => everywhere(`\uFEFF${text}`),
  'hard spaces': ({ text }) =>
    everywhere(rewrite(text, String, (raw) => raw.replaceAll(' ', '\u00A0').replaceAll(':', ':\u00A0'))),
  'other line ends': ({ text }) => everywhere(text.replaceAll('\n', '\r\n')),
};

const insideLeaf = ({ leaves }: Laid, place: number) => leaves.some(({ at, end }) => at <= place && place < end);

function breakWith(kind: string, isSyntactic: boolean, breaker: Breaker, laid: Laid, at: number, pick: number): Broken {
  const { text, from, to } = breaker(laid, at, pick);
  const isTouched = ({ at: start, end, value: held }: Laid['leaves'][number]) =>
    from === to && typeof held === 'string' ? start < from && from < end : start <= to && from <= end;
  const isWhole = from === 0 && to === 0;
  const untouched = laid.leaves.filter((leaf) => isWhole || !isTouched(leaf)).map(({ value: held }) => held);
  return { kind, isSyntactic, text, untouched };
}

/** A document, broken in one way. */
export const brokenDocuments: fc.Arbitrary<Broken> = fc
  .record({
    document: documents,
    indent: fc.constantFrom(0, 0, 2),
    breaker: fc.constantFrom(
      ...Object.entries(mutations).map((entry) => ({ entry, isSyntactic: false })),
      ...Object.entries(mutations).map((entry) => ({ entry, isSyntactic: false })),
      ...Object.entries(slips).map((entry) => ({ entry, isSyntactic: true })),
    ),
    at: fc.nat(100_000),
    pick: fc.nat(1000),
  })
  .map(({ document, indent, breaker: { entry, isSyntactic }, at, pick }) =>
    breakWith(entry[0], isSyntactic, entry[1], layOut(document, indent), at, pick),
  );
