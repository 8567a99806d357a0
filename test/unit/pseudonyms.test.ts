/** After pseudonymisation nobody's name is found in any format, and the story is the same. About 10 s of CPU. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findProblems, type Narrative, narrativeLists } from '../../schema/narrative.js';
import { shape } from '../../schema/shape.generated.js';
import { formats } from '../../src/formats/formats.js';
import { fountain } from '../../src/formats/fountain.js';
import { drawBy } from '../../src/formats/pseudonym-key.js';
import { nameReplacer, type Outcome } from '../../src/narrative/pseudonyms/name-finder.js';
import { nameFormsOf } from '../../src/narrative/pseudonyms/name-forms.js';
import { wordUseIn } from '../../src/narrative/pseudonyms/ordinary-words.js';
import { openPseudonymBook } from '../../src/narrative/pseudonyms/pseudonym-book.js';
import { pseudonymise } from '../../src/narrative/pseudonyms/pseudonymise.js';
import { buildNarrative, shortPlans } from '../narratives.js';

const key = 'a key for these tests';
const draw = drawBy(key);

/** Replaces in one text, with these people known. */
function replacerFor(names: readonly (readonly string[])[], language = '', texts: readonly string[] = []) {
  const people = names.map((each) => ({ names: each, gender: 'unknown' as const }));
  const book = openPseudonymBook(people, draw);
  const replace = nameReplacer(nameFormsOf(people, book, wordUseIn(texts), /^pl/.test(language)));
  return {
    replace,
    of: (part: string) => book.of(part) ?? '',
    family: (part: string) => book.of(part, 'family') ?? '',
  };
}

describe('A name', () => {
  const { replace, of } = replacerFor([['Mara Keller', 'Mimi'], ['Dr. Elizabeth O’Brien'], ['José']]);
  const [mara, keller, mimi] = [of('Mara'), of('Keller'), of('Mimi')];

  it('is replaced part by part, in capitals where it was, with what is joined to it', () => {
    assert.equal(
      replace('Mara’s flat. MARA! Keller, M. Keller; the Kellers.'),
      `${mara}’s flat. ${mara.toUpperCase()}! ${keller}, ${keller[0]}. ${keller}; the ${keller}s.`,
    );
    assert.equal(
      replace('mimi and mara-keller'),
      `${mimi.toLowerCase()} and ${mara.toLowerCase()}-${keller.toLowerCase()}`,
    );
  });

  it('is found however it is written', () => {
    for (const text of [
      'ＭＡＲＡ',
      'Ma\u00adra',
      'MaraKeller',
      'marakeller',
      '_Mara_',
      'Mara2',
      'Kellerstraße',
      'Jose\u0301',
      'JOSE',
      "O'BRIEN",
      'O’Brien',
      'Liz',
      'Beth',
      'M.K.',
      'M. K.',
    ])
      assert.doesNotMatch(replace(text).normalize('NFKC'), /mara|keller|jos[eé]|brien|liz|beth|m\. ?k/i, text);
  });

  it('keeps its title, and leaves other words alone', () => {
    assert.equal(replace('Dr. O’Brien'), `Dr. ${of('O’Brien')}`);
    for (const text of ['a marathon', 'Samara', 'He is a kellerman.', 'the mimic']) assert.equal(replace(text), text);
  });

  it('that is a word is left as the word: small, as a verb that asks, as a month', () => {
    const outcomes: Outcome[] = [];
    const words = replacerFor([['Will'], ['Grace'], ['May'], ['Mark']]);
    const say = (text: string) => words.replace(text, { onFound: (outcome) => outcomes.push(outcome) });
    for (const text of ['I will, by your grace.', 'Will you come? May I?', 'On May 5 we mark it.', '3 May 1999'])
      assert.equal(say(text), text);
    assert.ok(outcomes.every((outcome) => outcome === 'LEFT') && outcomes.length === 7, `${outcomes}`);
    outcomes.length = 0;
    assert.equal(
      say('I told Will of Grace. Mark my words.'),
      `I told ${words.of('Will')} of ${words.of('Grace')}. ${words.of('Mark')} my words.`,
    );
    assert.deepEqual(outcomes, ['REPLACED', 'REPLACED', 'DOUBTFUL']);
  });

  it('made of words that describe leaves them in the texts that use them as words', () => {
    const texts = ['She goes to school by bus.', 'My guard sleeps.', 'Mara, mara, come.', 'i saw keller at school'];
    const words = replacerFor([['High School Coach'], ['Guard'], ['Mara Keller'], ['Bus']], '', texts);
    for (const text of [texts[0]!.replace(' by bus', ''), texts[1]!]) assert.equal(words.replace(text), text);
    for (const text of [...texts.slice(2), 'By bus!', 'The Guard, the Coach'])
      assert.notEqual(words.replace(text), text);
    assert.doesNotMatch(texts.map((text) => words.replace(text)).join(), /mara|keller/i);
  });

  it('in Chinese is found inside of sentences, with titles and endearments, and not in other words', () => {
    const { replace: put, of: given, family } = replacerFor([['王富贵'], ['林妙妙'], ['陈强']]);
    const [wang, fugui, chen, qiang] = [family('王'), given('富贵'), family('陈'), given('强')];
    assert.equal(put('你看王富贵来了'), `你看${wang}${fugui}来了`);
    assert.equal(
      put('王总好，老王呢？富贵！小强、陈强'),
      `${wang}总好，老${wang}呢？${fugui}！小${qiang}、${chen}${qiang}`,
    );
    assert.equal(put('国王很强大，小心陈列'), '国王很强大，小心陈列');
  });

  it('is followed through its cases', () => {
    const { replace: put } = replacerFor([['Мария Иванова'], ['Иван']]);
    assert.doesNotMatch(put('Марию, Марией, у Ивана, ИВАНУ, Ивановой, Маша'), /мари|иван|маш/i);
    const polish = replacerFor([['Marek'], ['Anna']], 'pl');
    assert.doesNotMatch(polish.replace('Markowi? Marekowi, Annę, Anny'), /marek|ann/i);
  });

  it('gets a pseudonym of its own script and gender, the same by the same key and no other', () => {
    const named = (names: string[], gender: 'female' | 'male') => openPseudonymBook([{ names, gender }], draw);
    for (const [name, script] of [
      ['Анна', /^\p{Script=Cyrillic}+$/u],
      ['さくら', /^\p{Script=Hiragana}+$/u],
      ['김민수', /^\p{Script=Hangul}+$/u],
      ['富贵', /^\p{Script=Han}+$/u],
      ['Ελένη', /^\p{Script=Greek}+$/u],
      ['Ana', /^\p{Script=Latin}+$/u],
    ] as const)
      for (const { pseudonym } of named([name], 'female').parts) assert.match(pseudonym, script);
    assert.notEqual(named(['Ana'], 'female').of('Ana'), named(['Ana'], 'male').of('Ana'));
    assert.equal(named(['Ana', 'Bo'], 'female').of('Ana'), named(['Ana'], 'female').of('Ana'));
    assert.notEqual(
      openPseudonymBook([{ names: ['Ana'], gender: 'female' }], drawBy(undefined)).of('Ana'),
      named(['Ana'], 'female').of('Ana'),
    );
    assert.throws(() => drawBy('short'), { code: 'INVALID_INPUT' });
  });

  it('of one of a thousand people is nobody else’s', () => {
    const people = Array.from({ length: 1000 }, (_, n) => ({
      names: [`Ab${[...String(n)].map((digit) => 'abcdefghij'[Number(digit)]).join('')}`],
      gender: 'unknown' as const,
    }));
    const { parts } = openPseudonymBook(people, draw);
    assert.equal(new Set(parts.map(({ pseudonym }) => pseudonym)).size, 1000);
  });

  it('is found where it is misspelled or drawn out, and told as doubtful', () => {
    const { narrative, report } = pseudonymise(
      sample(() => 'Keler! Kelllller! KELLTR! Kettle, Kelp.'),
      { draw },
    );
    assert.match(narrative.events[0]!.dialogue ?? '', /^(\p{L}+)! \1! \p{Lu}+! Kettle, Kelp\.$/u);
    assert.doesNotMatch(narrative.events[0]!.dialogue ?? '', /keler|kelll|kelltr/i);
    assert.ok(report.doubtful.length > 0);
  });

  it('takes addresses, numbers and names of files along', () => {
    const { narrative, report } = pseudonymise(
      sample(
        (text) =>
          `${text} Call +49 (30) 123-4567 or mara.k@web.de, see https://web.de/mara, C:\\films\\keller.mp4 at 10:30, 3.5 m, 1920-1930.`,
      ),
      { draw },
    );
    const said = narrative.events[0]!.dialogue ?? '';
    assert.doesNotMatch(said, /123-4567|mara|keller|web\.de/i);
    assert.match(said, /10:30, 3\.5 m, 1920-1930\.$/);
    assert.deepEqual(
      new Set(report.replaced.map(({ what }) => what)),
      new Set(['name', 'number', 'email', 'link', 'file']),
    );
  });
});

/** A small screenplay as its reader makes it, every text changed. */
function sample(change: (text: string) => string): Narrative {
  const text = `Title: Keller\nAuthor: Jane Doe\n\nINT. MARA'S FLAT - DAY #3#\n\nMARA KELLER\n${change('Tomas, is that you?')}\n\nTOMAS\nIt is, Mara.\n`;
  return fountain.read!(text, { episodeId: 'episode:1' }).narrative;
}

const cast = [['Mara Keller', 'Mimi'], ['Joaquín'], ['王富贵'], ['Анастасия'], ['さくら'], ['Q'], ['Captain']] as const;
/** What must not be found: words of alphabets as words, others anywhere. */
const traces = [
  ...['mara', 'keller', 'mimi', 'joaquín', 'joaquin', 'анастаси\\p{L}*'].map(
    (part) => new RegExp(`(?<!\\p{L})${part}(?!\\p{L})`, 'u'),
  ),
  ...['王富贵', '富贵', '王总', 'さくら', 'marakeller', 'jane\\.doe'].map((part) => new RegExp(part, 'u')),
];
const ways: readonly ((name: string) => string)[] = [
  (name) => name,
  (name) => name.toUpperCase(),
  (name) => `${name}’s`,
  (name) => name.normalize('NFD'),
  (name) => name.replaceAll(/[a-z]/gi, (letter) => String.fromCharCode(letter.charCodeAt(0) + 0xfee0)),
  (name) => name.replaceAll(' ', '').toLowerCase(),
  (name) => `(${name}, 王总)`,
  (name) => `x_${name}.mp4`,
  () => 'jane.doe@mara.org',
];

/** A narrative of these people in which every text, wherever it stands, names somebody. */
function named(plan: Parameters<typeof buildNarrative>[0], choices: readonly number[]): Narrative {
  let drawn = 0;
  const next = (below: number) => (choices[drawn++ % choices.length] ?? 0) % below;
  const somebody = () => ways[next(ways.length)]!(cast[next(5)]![0]);
  const film = buildNarrative({ ...plan, names: cast.map(([name]) => name) });
  const tell = (value: unknown, type: string): unknown => {
    if (typeof value !== 'object' || value === null) return value;
    const told: Record<string, unknown> = { ...value };
    for (const [name, field] of Object.entries(shape[type] ?? {})) {
      const inner = told[name];
      if (inner === undefined || field.words) continue;
      const one = (each: unknown) =>
        field.type === 'String' && name !== 'sha256'
          ? next(3) === 0
            ? each
            : `${each} ${somebody()}`
          : field.type === 'JSON'
            ? { note: somebody(), [somebody()]: 1 }
            : shape[field.type]
              ? tell(each, field.type)
              : each;
      told[name] = Array.isArray(inner) ? inner.map(one) : one(inner);
    }
    return told;
  };
  const lists = Object.fromEntries(
    Object.entries(narrativeLists).map(([list, kind]) => [
      list,
      film[list as keyof typeof narrativeLists].map((node) => tell(node, kind)),
    ]),
  );
  const told = { ...film, ...lists, episode: tell(film.episode, 'Episode') } as unknown as Narrative;
  const persons = told.persons.map((person, n) => ({
    ...person,
    name: cast[n]![0] as string,
    aliases: cast[n]!.slice(1) as string[],
  }));
  return {
    ...told,
    persons,
    cues: told.cues.map((cue) => ({ ...cue, ...(cue.speakerTag !== undefined && { speakerTag: 'MARA (V.O.)' }) })),
  };
}

const namedNarratives = fc
  .record({ plan: shortPlans(4), choices: fc.array(fc.nat(9_999), { minLength: 20, maxLength: 60 }) })
  .map(({ plan, choices }) => named(plan, choices));

/** Everything but texts, with each id by its place among the ids. */
function skeleton(narrative: Narrative): unknown {
  const places = new Map<string, number>();
  const strip = (value: unknown, type: string): unknown =>
    Object.entries(shape[type] ?? {}).flatMap(([name, field]) => {
      const inner = (value as Record<string, unknown>)[name];
      if (inner === undefined || name === 'aliases') return [];
      const one = (each: unknown): unknown => {
        if (field.words || ['Int', 'Float', 'Boolean'].includes(field.type)) return each;
        if (field.type === 'ID') {
          if (!places.has(String(each))) places.set(String(each), places.size);
          return places.get(String(each));
        }
        return shape[field.type] && field.type !== 'MediaReference' ? strip(each, field.type) : null;
      };
      return ['foreign', 'media', 'contactSheetId', 'note'].includes(name)
        ? []
        : [[name, Array.isArray(inner) ? inner.map(one) : one(inner)]];
    });
  return Object.entries({ episode: 'Episode', ...narrativeLists }).map(([list, kind]) => {
    const nodes = narrative[list as keyof Narrative];
    return Array.isArray(nodes) ? nodes.map((node) => strip(node, kind)) : strip(nodes, kind);
  });
}

describe('A pseudonymised narrative', function () {
  this.timeout(120_000);

  it('has the nodes, relations and times that it had, and is valid', () => {
    fc.assert(
      fc.property(namedNarratives, (narrative) => {
        const { narrative: told } = pseudonymise(narrative, { draw });
        assert.deepEqual(findProblems(told), []);
        assert.deepEqual(skeleton(told), skeleton(narrative));
        assert.equal(new Set(told.persons.map(({ name }) => name)).size, cast.length);
      }),
      { numRuns: 40 },
    );
  });

  for (const format of formats.filter(({ write }) => write))
    it(`holds nobody’s name as ${format.title}`, () => {
      fc.assert(
        fc.property(namedNarratives, (narrative) => {
          const { narrative: told, report } = pseudonymise(narrative, { draw });
          const written = format.write!(told);
          for (const text of [
            written.text,
            JSON.stringify(written.dropped),
            JSON.stringify(report),
            told.episode.title,
          ]) {
            const plain = text.normalize('NFKC').toLowerCase();
            for (const trace of traces) assert.doesNotMatch(plain, trace);
          }
        }),
        { numRuns: 25 },
      );
    });

  it('calls everybody the same in every episode under one key, whoever else is there', () => {
    const [first, second] = [sample((text) => text), sample(() => 'Who is Anton?')];
    const also = { names: ['Anton', 'Berta Stein'], gender: 'unknown' as const };
    const told = [
      pseudonymise(first, { draw }),
      pseudonymise(second, { draw: drawBy(key), alsoNamed: [also] }),
    ] as const;
    const namesOf = ({ narrative }: (typeof told)[number]) => narrative.persons.map(({ name }) => name);
    assert.deepEqual(namesOf(told[0]), namesOf(told[1]));
    assert.doesNotMatch(told[1].narrative.events[0]!.dialogue ?? '', /Anton/);
    assert.notDeepEqual(
      namesOf(told[0]),
      pseudonymise(first, { draw: drawBy(undefined) }).narrative.persons.map(({ name }) => name),
    );
  });

  it('reads like a screenplay, without what its author put around it', () => {
    const { narrative, nameOf } = pseudonymise(
      sample((text) => text),
      { draw },
    );
    const { text } = fountain.write!(narrative);
    assert.doesNotMatch(text, /mara|keller|tomas|jane|doe/i);
    assert.ok(text.includes(nameOf('MARA KELLER').toUpperCase()) && text.includes('#3#'), text);
    assert.ok(text.includes(`It is, ${nameOf('Mara')}.`), text);
  });

  it('says where it was not sure, and who may be left', () => {
    const { report } = pseudonymise(
      sample(() => 'Hello Jonathan, and Mara.'),
      { draw },
    );
    // The line and its cue.
    assert.equal(report.perhapsNames.length, 2);
    assert.ok(report.removed.some(({ what }) => what === 'foreign'));
    assert.equal(report.people, 2);
  });
});
