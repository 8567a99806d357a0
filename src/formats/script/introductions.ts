/** People whom a script introduces in its descriptions: a name in capitals with an age behind it, `EMMA (late 20s)`. */
export interface Introduction {
  /** As written. */
  readonly tag: string;
  readonly ageRange: string;
}

const age =
  /^\s*(?:(?:early|mid|late)[- ]?(?:to[- ](?:mid|late)[- ])?)?(?:\d{1,3}(?:\s*[-–]\s*\d{1,3})?s?|teens?|twenties|thirties|forties|fifties|sixties|seventies|eighties|[一二三四五六七八九十]+)(?:['’]?s)?\s*(?:years?[- ]old|yrs?|ans|岁|歲|多岁)?\s*(?:$|[,;，；])/iu;

/** A name of one to four words in capitals, or of two to four ideographs, before a bracket. */
const introduced =
  /(?<![\p{L}\p{N}])((?:\p{Lu}[\p{Lu}\p{N}'’.-]*(?:\s+\p{Lu}[\p{Lu}\p{N}'’.-]*){0,3})|[\p{Script=Han}·]{2,4})\s*[(（]([^()（）\n]{1,60})[)）]/gu;

export function introductionsIn(text: string): Introduction[] {
  return [...text.matchAll(introduced)].flatMap(([, tag = '', said = '']) =>
    age.test(said) && (tag.length > 1 || !/\p{Lu}/u.test(tag))
      ? [{ tag, ageRange: (said.split(/[,;，；]/)[0] ?? said).trim() }]
      : [],
  );
}
