/** What in a text leads to people besides their names: addresses in nets, numbers, names of files. */
import { Choices, type KeyedDraw } from './keyed-draw.js';

export type DetailKind = 'email' | 'link' | 'file' | 'number';

const extensions =
  'mp4|mkv|mov|avi|webm|mpe?g|ts|flv|wmv|m4[av]|mp3|wav|flac|aac|srt|vtt|ass|ssa|sub|fountain|fdx|jpe?g|png|gif|pdf|docx?|json|xml|csv|txt';
/** Of numbers: seven digits or more with what people put between them, or five and more without. */
const details = new RegExp(
  [
    String.raw`(?<email>[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)`,
    String.raw`(?<link>\bhttps?:\/\/[^\s<>"'）」]+|\bwww\.[^\s<>"'）」]+|(?<![\p{L}\p{N}@])@[A-Za-z_][\w.]{2,})`,
    String.raw`(?<file>(?:\b[A-Za-z]:\\|(?<![\p{L}\p{N}])~?\/)(?:[^\s/\\"'<>|]+[/\\])+[^\s/\\"'<>|]*|[^\s/\\"'<>|()]+\.(?:${extensions})(?![\p{L}\p{N}]))`,
    String.raw`(?<number>(?<![\p{L}\p{N}.])\+?\(?\p{Nd}(?:[ ()/.\-–]{0,2}\p{Nd}){6,}(?![\p{L}\p{N}]|[.,]\p{Nd})|(?<![\p{L}\p{N}.,-])\p{Nd}{5,}(?![\p{L}\p{N}]|[.,]\p{Nd}))`,
  ].join('|'),
  'giu',
);
const years = /^[12]\p{Nd}{3} ?[-–] ?[12]\p{Nd}{3}$/u;

/** Replaces them, each by something of its kind; the same for the same. */
export function replaceDetails(text: string, draw: KeyedDraw, onReplaced: (kind: DetailKind) => void): string {
  if (!/[@/\\.\p{Nd}]/u.test(text)) return text;
  return text.replaceAll(details, (found: string, ...rest: unknown[]) => {
    const { email, link, file } = rest.at(-1) as Partial<Record<DetailKind, string>>;
    if (email === undefined && link === undefined && file === undefined && years.test(found)) return found;
    const kind = email ? 'email' : link ? 'link' : file ? 'file' : 'number';
    onReplaced(kind);
    switch (kind) {
      case 'email':
        return `${wordFor(found, draw)}@example.org`;
      case 'link':
        return found.startsWith('@') ? `@${wordFor(found, draw)}` : `https://example.org/${wordFor(found, draw)}`;
      case 'file':
        return 'file';
      case 'number':
        return digitsFor(found, draw);
      default:
        return kind satisfies never;
    }
  });
}

function wordFor(found: string, draw: KeyedDraw): string {
  const choose = new Choices(draw(`address:${found.toLowerCase()}`));
  return Array.from({ length: 6 }, () => String.fromCharCode(97 + choose.below(26))).join('');
}

/** Other digits in the same places, none of them a zero. */
function digitsFor(found: string, draw: KeyedDraw): string {
  const bytes = draw(`number:${found.normalize('NFKC').replaceAll(/\P{Nd}/gu, '')}`);
  let n = 0;
  return found.replaceAll(/\p{Nd}/gu, () => {
    const digit = ((bytes[n % bytes.length] ?? 0) + Math.floor(n / bytes.length)) % 9;
    n++;
    return String(digit + 1);
  });
}
