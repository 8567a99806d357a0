/** BCP 47 tags from the many ways in which files and models name a language, and from a text's script. */

const nothingSaid = new Set(['und', 'mis', 'mul', 'zxx']);

/** `chi`, `zho`, `zh-cn` or `Chinese` as `zh`, `zh-CN`; undefined for what names no language. */
export function languageTag(name: string | undefined): string | undefined {
  const trimmed = name?.trim().replaceAll('_', '-') ?? '';
  if (/^[A-Za-z]{2,3}(?:-[A-Za-z\d]{2,8})*$/.test(trimmed)) {
    const tag = canonicalTag(trimmed);
    if (tag !== undefined) return tag;
  }
  return tagsByName().get(trimmed.toLowerCase());
}

function canonicalTag(tag: string): string | undefined {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    const language = canonical?.split('-')[0] ?? '';
    return language !== '' && !nothingSaid.has(language) && nameOf(language) ? canonical : undefined;
  } catch {
    return undefined;
  }
}

const nameOf = (language: string) => new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' }).of(language);

/** English names of the languages with a code of two letters, which is how Whisper's endpoints say what they heard. */
function tagsByName(): ReadonlyMap<string, string> {
  if (names) return names;
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  names = new Map();
  for (const first of letters)
    for (const second of letters) {
      const name = nameOf(first + second);
      if (name !== undefined) names.set(name.toLowerCase(), first + second);
    }
  return names;
}
let names: Map<string, string> | undefined;

/** Scripts that are written by one language only, or as good as. */
const scripts = [
  ['ko', /\p{Script=Hangul}/gu],
  ['th', /\p{Script=Thai}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['ka', /\p{Script=Georgian}/gu],
  ['hy', /\p{Script=Armenian}/gu],
  ['ta', /\p{Script=Tamil}/gu],
  ['te', /\p{Script=Telugu}/gu],
  ['kn', /\p{Script=Kannada}/gu],
  ['ml', /\p{Script=Malayalam}/gu],
  ['gu', /\p{Script=Gujarati}/gu],
  ['si', /\p{Script=Sinhala}/gu],
  ['km', /\p{Script=Khmer}/gu],
  ['lo', /\p{Script=Lao}/gu],
] as const;

/** Fewer letters than this may be a name or a sign. */
const fewestLetters = 10;
/** Share of a text's letters that its script must have. */
const mostLetters = 0.8;
/** Japanese has kana in every sentence; a stray one (の on a Chinese sign) does not make a text Japanese. */
const leastKana = 0.1;

/** The language that a text's script alone makes certain: zh, ja, ko, th, el, he, …; undefined otherwise. */
export function languageOfScript(text: string): string | undefined {
  const letters = count(text, /\p{L}/gu);
  if (letters < fewestLetters) return undefined;
  const kana = count(text, /[\p{Script=Hiragana}\p{Script=Katakana}]/gu);
  const han = count(text, /\p{Script=Han}/gu);
  if (kana + han >= mostLetters * letters) {
    if (kana >= leastKana * letters) return 'ja';
    return kana * 50 < letters ? 'zh' : undefined;
  }
  return scripts.find(([, script]) => count(text, script) >= mostLetters * letters)?.[0];
}

const count = (text: string, pattern: RegExp) => text.match(pattern)?.length ?? 0;
