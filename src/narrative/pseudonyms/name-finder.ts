/** Replaces the names of known people in a text, and tells what it was not sure of. */
import type { NameForm, NameForms } from './name-forms.js';
import { foldName } from './name-scripts.js';
import { isSurelyWord } from './ordinary-words.js';

/** What became of one place in a text. DOUBTFUL: replaced, though it may be a word; LEFT: a word, left as it is. */
export type Outcome = 'REPLACED' | 'DOUBTFUL' | 'LEFT';

export interface TextRequest {
  /** The whole text is a name: nothing in it is a mere word. */
  readonly isName?: boolean;
  readonly onFound?: (outcome: Outcome) => void;
}

/** Makes the function that replaces names; width of signs and invisible signs hide none. */
export function nameReplacer(forms: NameForms): (text: string, request?: TextRequest) => string {
  const { pattern } = forms;
  if (!pattern) return (text) => text;
  const once = (text: string, request: TextRequest) => replaceOnce(text, pattern, forms, request);
  return (text, request = {}) => {
    const replaced = once(text.normalize('NFC'), request);
    // Signs of other width, ligatures, soft hyphens: only where a name shows without them is the text made plain.
    const plain = replaced.normalize('NFKC').replaceAll(/\p{Cf}/gu, '');
    if (plain === replaced) return replaced;
    let hidden = 0;
    const again = once(plain, { ...request, onFound: (outcome) => (hidden += outcome === 'LEFT' ? 0 : 1) });
    for (let n = 0; n < hidden; n++) request.onFound?.('REPLACED');
    return hidden > 0 ? again : replaced;
  };
}

function replaceOnce(text: string, pattern: RegExp, forms: NameForms, { isName, onFound }: TextRequest): string {
  let written = '';
  let from = 0;
  pattern.lastIndex = 0;
  for (let found = pattern.exec(text); found; found = pattern.exec(text)) {
    const [name] = found;
    const { index } = found;
    const form = forms.of(name);
    const outcome = name === '' || !form ? undefined : judge(text, index, name, form, forms, isName === true);
    if (outcome === 'LEFT') onFound?.('LEFT');
    if (!form || outcome === undefined || outcome === 'LEFT') {
      // A shorter name may begin within this one.
      pattern.lastIndex = index + ([...name][0]?.length ?? 1);
      continue;
    }
    onFound?.(outcome);
    written += text.slice(from, index);
    // `J. Smith`: the letter before a name is of the same person.
    if (isUpper(name) && !form.initials)
      written = written.replace(/(?:(?<!\p{L})\p{Lu}\.\s?)+$/u, (initials) =>
        initials.replaceAll(/\p{Lu}/gu, form.pseudonym.charAt(0)),
      );
    written += inCaseOf(name, form.pseudonym);
    from = index + name.length;
    if (form.stem) from += endingAfter(text, from).length;
    pattern.lastIndex = from;
  }
  return written + text.slice(from);
}

/** Whether a candidate is a name; undefined: a part of another word. */
function judge(
  text: string,
  index: number,
  name: string,
  form: NameForm,
  forms: NameForms,
  isName: boolean,
): Outcome | undefined {
  if (form.onlyAsName && !isName) return 'LEFT';
  if (form.anywhere) return 'REPLACED';
  const before = /[\p{L}\p{M}]+$/u.exec(text.slice(Math.max(0, index - 40), index))?.[0] ?? '';
  const ending = endingAfter(text, index + name.length);
  if (form.initials) {
    if (before !== '' || ending !== '' || name !== name.toUpperCase()) return undefined;
    return name.includes('.') ? 'REPLACED' : /\p{Ll}/u.test(text) ? 'DOUBTFUL' : undefined;
  }
  if (!beginsHere(before, name, forms) || !endsHere(name, ending, form, forms)) return undefined;
  if (!form.ordinary || isName) return 'REPLACED';
  if (!isUpper(name)) return 'LEFT';
  if (isSurelyWord(text, index, name.length, foldName(name))) return 'LEFT';
  const opens = /(?:^|[.!?…:\n"“([]\s*)$/u.test(text.slice(Math.max(0, index - 4), index));
  return opens || /^\P{Ll}*$/u.test(text) ? 'DOUBTFUL' : 'REPLACED';
}

const endingAfter = (text: string, at: number): string => /^[\p{L}\p{M}]+/u.exec(text.slice(at, at + 40))?.[0] ?? '';

/** A word's start, a hump (`villaMara`), or another name right before it (`marakeller`). */
const beginsHere = (before: string, name: string, forms: NameForms): boolean =>
  before === '' || (isUpper(name) && isLower(before.at(-1) ?? '')) || forms.of(before) !== undefined;

const caseEndings =
  /^(?:а|у|ом|ем|ём|е|ы|и|ой|ей|ою|ею|ью|ю|я|ям|ами|ями|ах|ях|ам|ов|ев|ова|ева|овы|ого|ому|ым|ин|ина|ины|ичем|ς|ου|α|ας|η|ης|ο|ον|ε|ων|ους|οι)$/iu;

function endsHere(name: string, ending: string, form: NameForm, forms: NameForms): boolean {
  const [letters, capital] = [[...name].length, isUpper(name)];
  const isEastern = /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(name);
  if (form.stem) return capital && ending !== '' && (isEastern ? caseEndings.test(ending) : ending.length <= 3);
  if (ending === '' || /^(?:s|es)$/iu.test(ending)) return true;
  if ((isLower(name.at(-1) ?? '') && isUpper(ending)) || forms.of(ending) !== undefined) return true;
  if (!capital || form.ordinary) return false;
  if (isEastern) return letters >= 3 && (caseEndings.test(ending) || letters >= 5);
  // `Marekowi`, `Tommy`; from five letters on a word that begins with the name comes from it: `Kellerstraße`.
  return letters >= 5 || (letters === 4 && ending.length <= 3) || /^(?:.?(?:y|ie|i|ey))$/iu.test(ending);
}

const isUpper = (text: string): boolean => /^\p{Lu}/u.test(text);
const isLower = (text: string): boolean => /^\p{Ll}/u.test(text);

/** In capitals where the name was, in small letters where it was. */
function inCaseOf(name: string, pseudonym: string): string {
  if (!/\p{Ll}/u.test(name) && /\p{Lu}.*\p{Lu}/u.test(name)) return pseudonym.toUpperCase();
  return /^\p{Ll}/u.test(name) ? pseudonym.toLowerCase() : pseudonym;
}
