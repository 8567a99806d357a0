/** Which name stands for which: every part of every name gets one of its own, by the key alone. */
import type { NamedPerson } from './collect-names.js';
import type { KeyedDraw } from './keyed-draw.js';
import { makeName, type NameGender, type NameRole } from './make-name.js';
import { type NamePart, partsOf } from './name-parts.js';
import { foldName, isJoined, scriptOf, withoutMarks } from './name-scripts.js';

export interface PseudonymBook {
  /** The pseudonym of a part; undefined for what is no part of any known name. */
  of(part: string, role?: NameRole): string | undefined;
  readonly parts: readonly (NamePart & { readonly pseudonym: string })[];
}

/** Signs of dense scripts make other names as family and as given names; of alphabets a name is a name. */
const keyOf = (text: string, role: NameRole): string => {
  const folded = withoutMarks(foldName(text));
  return isJoined(text) ? `${role}:${folded}` : folded;
};

/**
 * Draws the pseudonyms. Where two come out alike, or like somebody's real name, the later one in the order of the key
 * (never of the text) is drawn again: that is the one case in which another cast could give another pseudonym.
 */
export function openPseudonymBook(people: readonly NamedPerson[], draw: KeyedDraw): PseudonymBook {
  const known = new Map<string, NamePart & { genders: Set<NameGender> }>();
  for (const { names, gender } of people)
    for (const name of names)
      for (const part of partsOrWhole(name)) {
        const key = keyOf(part.text, part.role);
        const before = known.get(key);
        const role = before?.role === 'family' ? 'family' : part.role;
        const genders = before?.genders ?? new Set();
        if (gender !== 'unknown' && part.role === 'given') genders.add(gender);
        known.set(key, { text: before?.text ?? part.text, role, genders });
      }
  const real = new Set([...known.values()].map(({ text }) => withoutMarks(foldName(text))));
  const taken = new Set<string>();
  const drawn = [...known].map(([key, part]) => ({ key, part, order: draw(`order:${key}`) }));
  drawn.sort((a, b) => compareBytes(a.order, b.order) || (a.key < b.key ? -1 : 1));
  const byKey = new Map<string, string>();
  for (const { key, part } of drawn) {
    const [gender = 'unknown', ...others] = part.role === 'family' ? [] : part.genders;
    for (let attempt = 0; ; attempt++) {
      const bytes = draw(`name:${key}:${attempt}`);
      const name = makeName(bytes, scriptOf(part.text), others.length > 0 ? 'unknown' : gender, part.role);
      const folded = foldName(name);
      if (taken.has(folded) || isLikeReal(withoutMarks(folded), real)) continue;
      taken.add(folded);
      byKey.set(key, name);
      break;
    }
  }
  return {
    of: (part, role = 'given') =>
      byKey.get(keyOf(part, role)) ?? byKey.get(keyOf(part, role === 'given' ? 'family' : 'given')),
    parts: drawn.map(({ key, part }) => ({ text: part.text, role: part.role, pseudonym: byKey.get(key) ?? '' })),
  };
}

/** A name that says nothing of who somebody is (`Captain`, `Q`) is one part: it still is what they are called. */
export function partsOrWhole(name: string): readonly NamePart[] {
  const parts = partsOf(name);
  const whole = bareName(name);
  return parts.length > 0 || !/\p{L}/u.test(whole) ? parts : [{ text: whole, role: 'given' }];
}

/** Without what stands in brackets and around it. */
export const bareName = (name: string): string =>
  name
    .normalize('NFKC')
    .replaceAll(/\([^)]*\)?|\p{Cf}/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{M}\p{N}]+$/gu, '');

/** A pseudonym must be nobody's name, nor hold one that is long enough to be seen in it. */
function isLikeReal(pseudonym: string, real: ReadonlySet<string>): boolean {
  for (const name of real) {
    const least = isJoined(name) ? 1 : 4;
    if (name === pseudonym || ([...name].length >= least && pseudonym.includes(name))) return true;
  }
  return false;
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (const [n, byte] of a.entries()) if (byte !== b[n]) return byte - (b[n] ?? 0);
  return 0;
}
