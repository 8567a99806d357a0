import { FabulaError } from '../../schema/errors.js';
import { type LegacyReading, legacyReadings, strangerLogProbability } from './legacy-encodings.js';

export interface DecodedText {
  readonly text: string;
  /** As the Encoding Standard names it. */
  readonly encoding: string;
}

/** A rival reading must be e^3.5 (33) times less likely, or the file is refused. */
const decisiveMargin = 3.5;
/** More strangers than this share of the characters beyond ASCII, and no reading is believed. */
const maxStrangers = 0.12;
/** What a Latin letter in a foreign word, or a capital after a small letter, costs in nats. */
const brokenWordPenalty = 6;
/** Encodings that subtitle files are often, or seldom, found in. */
const logPriors: Readonly<Record<string, number>> = {
  'windows-1252': 1.5,
  gb18030: 1.5,
  'windows-1251': 1,
  big5: 0.5,
  shift_jis: 0.5,
  'windows-1257': -0.5,
  'iso-8859-5': -2,
  'iso-8859-16': -2,
};
const asciiLogProbability = Math.log(0.03);
/** Bytes that a reading is weighed on. */
const sampleBytes = 60_000;

/**
 * Text of a subtitle or script file: by byte order mark, as UTF-8 or UTF-16, else in the legacy encoding that makes by
 * far the likeliest text of it. SUBTITLES_UNREADABLE when nothing does: never mojibake.
 */
export function decodeText(file: Uint8Array): DecodedText {
  // Old DOS editors end a file with Ctrl-Z.
  const bytes = file.at(-1) === 0x1a ? file.subarray(0, -1) : file;
  const unicode = decodeUnicode(bytes);
  if (unicode) return unicode;
  if (bytes.includes(0)) throw unreadable('it holds zero bytes, as only binary files do');
  if (hasJisEscapes(bytes)) {
    const text = strictly('iso-2022-jp', bytes);
    if (text !== undefined) return { text, encoding: 'iso-2022-jp' };
  }
  const ranked = weighReadings(bytes);
  const [best] = ranked;
  if (!best) throw unreadable('its bytes are valid in no encoding known here');
  if (best.strangers > maxStrangers) throw unreadable('no encoding known here makes sense of it');
  const { encoding } = best.reading;
  const rival = ranked.find((reading) => reading.sample !== best.sample);
  if (rival && best.logLikelihood - rival.logLikelihood < decisiveMargin)
    throw unreadable(`it could be ${encoding} or ${rival.reading.encoding}`);
  const text = strictly(encoding, bytes);
  if (text === undefined) throw unreadable(`it begins as ${encoding} but does not go on so`);
  return { text, encoding };
}

/** The text of a script: `decodeText`, and SCRIPT_UNREADABLE where the encoding cannot be told or there is no text. */
export function decodeScript(file: Uint8Array): string {
  if (file.length === 0) throw new FabulaError('SCRIPT_UNREADABLE', 'The script is empty.');
  try {
    return decodeText(file).text;
  } catch (error) {
    if (!(error instanceof FabulaError)) throw error;
    throw new FabulaError('SCRIPT_UNREADABLE', error.message, error.hint, { cause: error });
  }
}

function decodeUnicode(bytes: Uint8Array): DecodedText | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return unicodeOr(bytes, 'utf-16le', 'its mark says UTF-16');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return unicodeOr(bytes, 'utf-16be', 'its mark says UTF-16');
  const utf8 = strictly('utf-8', bytes);
  if (utf8 !== undefined && !utf8.includes('\0') && !hasJisEscapes(bytes)) return { text: utf8, encoding: 'utf-8' };
  if (utf8 === undefined) refuseDamagedUtf8(bytes);
  const wide = wideByteOrder(bytes);
  return wide === undefined ? undefined : unicodeOr(bytes, wide, 'it looks like UTF-16');
}

/** A text that is UTF-8 but for a few bytes must not be taken for something else. */
function refuseDamagedUtf8(bytes: Uint8Array): void {
  const text = new TextDecoder().decode(bytes);
  const damaged = text.match(/\uFFFD/g)?.length ?? 0;
  const whole = text.match(/[^\p{ASCII}\uFFFD]/gu)?.length ?? 0;
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (!marked && damaged * 20 > whole) return;
  const line = text.slice(0, text.indexOf('\uFFFD')).split('\n').length;
  throw unreadable(`it is UTF-8, but damaged in line ${line}`);
}

function unicodeOr(bytes: Uint8Array, encoding: string, why: string): DecodedText {
  const text = strictly(encoding, bytes);
  if (text === undefined || text.includes('\0')) throw unreadable(`${why}, its bytes do not`);
  return { text, encoding };
}

/** UTF-16 without a mark: digits, spaces and line ends leave a zero in every other byte. */
function wideByteOrder(bytes: Uint8Array): string | undefined {
  const zeros = [0, 0];
  for (const [index, byte] of bytes.subarray(0, sampleBytes).entries())
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const pairs = Math.min(bytes.length, sampleBytes) / 2;
  if (odd > 0.15 * pairs && even < 0.02 * pairs) return 'utf-16le';
  if (even > 0.15 * pairs && odd < 0.02 * pairs) return 'utf-16be';
  return undefined;
}

/** ISO-2022-JP is all ASCII but for its escapes (ESC $ B), so that it passes for UTF-8. */
const hasJisEscapes = (bytes: Uint8Array) =>
  bytes.some(
    (byte, index) =>
      byte === 0x1b && bytes[index + 1] === 0x24 && /[@B]/.test(String.fromCharCode(bytes[index + 2] ?? 0)),
  );

interface WeighedReading {
  readonly reading: LegacyReading;
  readonly sample: string;
  readonly logLikelihood: number;
  /** Share of the characters beyond ASCII that the language does not use. */
  readonly strangers: number;
}

/** Controls other than tabs and line ends, private characters, and the mark of a failed decoding: no text has them. */
const impossible = /[^\P{Cc}\t\n\r]|\p{Co}|\uFFFD/u;

/** All readings in which the first lines are valid, the likeliest first. */
function weighReadings(bytes: Uint8Array): WeighedReading[] {
  // Cut at a line end, which is no part of a character in any of these encodings.
  const sampled = bytes.length > sampleBytes ? bytes.subarray(0, bytes.lastIndexOf(0x0a, sampleBytes) + 1) : bytes;
  const samples = new Map<string, string | undefined>();
  const weighed: WeighedReading[] = [];
  for (const reading of legacyReadings()) {
    if (!samples.has(reading.encoding)) samples.set(reading.encoding, strictly(reading.encoding, sampled));
    const sample = samples.get(reading.encoding);
    if (sample !== undefined && !impossible.test(sample)) weighed.push(weigh(reading, sample));
  }
  return weighed.sort((one, other) => other.logLikelihood - one.logLikelihood);
}

function weigh(reading: LegacyReading, sample: string): WeighedReading {
  let logLikelihood = logPriors[reading.encoding] ?? 0;
  let strangers = 0;
  let foreign = 0;
  for (const character of sample) {
    if (character < '\x80') {
      logLikelihood += asciiLogProbability;
      continue;
    }
    const known = reading.logProbability(character);
    foreign++;
    if (known === undefined) strangers++;
    logLikelihood += known ?? strangerLogProbability;
  }
  return {
    reading,
    sample,
    logLikelihood: logLikelihood - brokenWordPenalty * brokenWords(sample, reading.mixesWithLatin),
    strangers: foreign > 0 ? strangers / foreign : 0,
  };
}

/** Places where no word would look so: a capital after a small letter beyond ASCII, two alphabets in one word. */
function brokenWords(text: string, mixesWithLatin: boolean): number {
  if (mixesWithLatin) return 0;
  const capitals = text.match(/\p{Ll}(?=[^\P{Lu}A-Z])|[^\P{Ll}a-z](?=\p{Lu})/gu)?.length ?? 0;
  const alphabets =
    text.match(/[A-Za-z](?=[^\P{L}\p{Script=Latin}])|[^\P{L}\p{Script=Latin}](?=[A-Za-z])/gu)?.length ?? 0;
  return capitals + alphabets;
}

/** Windows-1252's own characters from 0x80 on; Node decodes it as ISO 8859-1 (nodejs/node issue 56542). */
const windows1252Controls = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

/** The text, without its mark, or undefined where the bytes are not valid in the encoding. */
function strictly(encoding: string, bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder(encoding, { fatal: true }).decode(bytes);
    if (encoding !== 'windows-1252') return text;
    return text.replaceAll(/[\x80-\x9f]/g, (control) => windows1252Controls[control.charCodeAt(0) - 0x80] ?? control);
  } catch {
    return undefined;
  }
}

const unreadable = (why: string) =>
  new FabulaError(
    'SUBTITLES_UNREADABLE',
    `The text’s encoding cannot be told: ${why}.`,
    'Save it as UTF-8, e.g. `iconv -f GB18030 -t UTF-8 OLD > NEW`.',
  );
