/** The forms in which names of known people are looked for in a text. */
import type { NamedPerson } from './collect-names.js';
import { alsoCalled, hanBeforePattern, hanTitlePattern, type NamePart, needsCompany, partsOf } from './name-parts.js';
import { foldName, isJoined, withoutMarks } from './name-scripts.js';
import { isHanRole, isNameAndWord, type WordUse } from './ordinary-words.js';
import { bareName, type PseudonymBook, partsOrWhole } from './pseudonym-book.js';

export interface NameForm {
  /** What stands in its place. */
  readonly pseudonym: string;
  /** Found anywhere: its script knows no words apart, or its pattern says what must stand around it. */
  readonly anywhere?: boolean;
  /** An ordinary word besides. */
  readonly ordinary?: boolean;
  /** Replaced only where nothing but a name can stand. */
  readonly onlyAsName?: boolean;
  /** A name without its last vowel: some ending must follow. */
  readonly stem?: boolean;
  /** First letters of a name, with dots or without. */
  readonly initials?: boolean;
}

export interface NameForms {
  /** Finds candidates, the longest first; undefined where nobody is named. */
  readonly pattern: RegExp | undefined;
  /** The form that a candidate has. */
  of(found: string): NameForm | undefined;
}

/** What a found form is looked up by: case, marks, spaces and dots taken away. */
const lookupOf = (text: string): string => withoutMarks(foldName(text)).replaceAll(/[\s·・•.]/g, '');

const escaped = (text: string): string =>
  text
    .replaceAll(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
    .replaceAll(/['’‘`´ʼ]/g, "['’‘`´ʼ]")
    .replaceAll(/\s+/g, '\\s+');

/** Signs behind 小 with which it makes an everyday word. */
const notCalledSmall = new Set('心时說说学學孩姐子鸟鳥事偷吃声聲型组組车車费費看鬼雨雪路腿猫狗人家朋友');
const hangulTitles = '(?=\\s?(?:씨|군|양|님|사장|부장|과장|차장|대리|회장|팀장|실장|선생|교수|박사|형사|기자))';

/** Letters that stand for something else wherever scripts are written. */
const acronyms = new Set(
  `OK TV PC ID IT AM PM US UK EU UN LA NY DC CD DJ MC HQ ER IQ PR HR VR AI IS IN ON AT AS OR OF NO GO DO SO TO WE HE ME
  MY BE BY UP AN IF OS VO OC CU MS LS WS POV INT EXT CIA FBI USA CEO CFO DNA GPS SUV VIP ATM FAQ DVD LED PHD ICU CCTV`.split(
    /\s+/,
  ),
);

export function nameFormsOf(
  people: readonly NamedPerson[],
  book: PseudonymBook,
  wordUse: WordUse,
  inflects: boolean,
): NameForms {
  const forms = new Map<string, NameForm>();
  const patterns = new Set<string>();
  const add = (text: string, form: NameForm, pattern: string = escaped(text)) => {
    const key = lookupOf(text);
    if (key === '') return;
    if (!forms.has(key)) forms.set(key, form);
    patterns.add(pattern);
  };
  const names = [...new Set(people.flatMap((person) => person.names))];
  /** Names of one word; only of longer ones a part may be a word that merely describes (`High School Coach`). */
  const alone = new Set(names.filter((name) => partsOf(name).length === 1).map((name) => foldName(bareName(name))));
  const isWord = (folded: string) =>
    isNameAndWord(folded) || wordUse.isSurely(folded) || (!alone.has(folded) && wordUse.isMostly(folded));
  for (const name of names) addWhole(name);
  for (const part of book.parts) addPart(part);
  for (const part of book.parts) addShort(part);

  /** Names whose parts are not enough: signs that stand together, and titles that are all there is. */
  function addWhole(name: string): void {
    const parts = partsOf(name);
    const [first] = parts;
    if (first === undefined) {
      const [whole] = partsOrWhole(name);
      const pseudonym = whole && book.of(whole.text);
      if (!whole || pseudonym === undefined) return;
      const isPhrase = /\s/.test(whole.text);
      add(whole.text, { pseudonym, ordinary: true, ...(!isPhrase && { onlyAsName: true }) });
      return;
    }
    if (parts.length > 1 && parts.every(({ text }) => isJoined(text)))
      add(
        parts.map(({ text }) => text).join(''),
        { pseudonym: parts.map(({ text, role }) => book.of(text, role) ?? '').join(''), anywhere: true },
        parts.map(({ text }) => escaped(text)).join('[\\s·・•]*'),
      );
    const cased = parts.filter(({ text }) => /^\p{Lu}/u.test(text) && !/[-‐–]/.test(name));
    if (cased.length > 1) {
      const letters = cased.map(({ text }) => text.charAt(0));
      const pseudonym = cased.map(({ text, role }) => `${book.of(text, role)?.charAt(0)}.`).join('');
      const pattern = `${letters.join('\\.\\s?')}\\.?|${letters.join('')}`;
      if (!acronyms.has(letters.join(''))) add(letters.join(''), { pseudonym, initials: true }, pattern);
    }
    const role = bareName(name);
    if (isHanRole(role)) add(role, { pseudonym: book.of(role) ?? '', onlyAsName: true, anywhere: true });
  }

  function addPart({ text, role, pseudonym }: NamePart & { readonly pseudonym: string }): void {
    if (isHanRole(text)) return;
    if (isJoined(text)) {
      addJoined(text, role, pseudonym);
      return;
    }
    const folded = foldName(text);
    const ordinary = isWord(folded);
    for (const spelling of spellingsOf(text)) add(spelling, { pseudonym, ...(ordinary && { ordinary }) });
    const stem = inflects || /\p{Script=Cyrillic}|\p{Script=Greek}/u.test(text) ? stemOf(text) : undefined;
    if (stem !== undefined) add(stem, { pseudonym, stem: true });
  }

  function addJoined(text: string, role: NamePart['role'], pseudonym: string): void {
    const anywhere = true;
    if (!needsCompany(text)) {
      add(text, { pseudonym, anywhere });
      return;
    }
    const sign = escaped(text);
    add(text, { pseudonym, anywhere }, `^\\s*${sign}\\s*$`);
    if (role === 'family') {
      patterns.add(`${sign}(?=${hanTitlePattern})`);
      patterns.add(`(?<=${hanBeforePattern})${sign}`);
      if (/\p{Script=Hangul}/u.test(text)) patterns.add(`${sign}${hangulTitles}`);
    } else {
      patterns.add(`(?<=阿)${sign}`);
      if (!notCalledSmall.has(text)) patterns.add(`(?<=小)${sign}`);
    }
  }

  /** `Liz` for Elizabeth, unless somebody else is called so. */
  function addShort({ text, pseudonym }: NamePart & { readonly pseudonym: string }): void {
    for (const other of alsoCalled(foldName(text)))
      if (!forms.has(lookupOf(other))) add(other, { pseudonym, ...(isWord(other) && { ordinary: true }) });
  }

  const longestFirst = [...patterns].sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  return {
    pattern: longestFirst.length > 0 ? new RegExp(longestFirst.join('|'), 'giu') : undefined,
    of: (found) => forms.get(lookupOf(found)),
  };
}

/** A name with its marks, without them, and with the letters that stand for them. */
function spellingsOf(text: string): Set<string> {
  const spelled = text.replaceAll(/ä/gi, 'ae').replaceAll(/ö/gi, 'oe').replaceAll(/ü/gi, 'ue').replaceAll(/ß/gi, 'ss');
  return new Set([text, withoutMarks(text), spelled, text.replaceAll('ё', 'е').replaceAll('Ё', 'Е')]);
}

/** Without the ending that other cases put something else for; undefined where too little would be left. */
function stemOf(text: string): string | undefined {
  const stem = text.replace(/(?:[аяйьоеё]|[αηος]ς?|[ας]|[aeo])$/iu, '');
  return stem !== text && [...stem].length >= 3 ? stem : undefined;
}
