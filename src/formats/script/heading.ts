/** Scene headings (slug lines): `INT./EXT. CAR - NIGHT`, `12. INT. CUISINE – JOUR`, `第3场 内景 客厅 夜`. */
import type { Setting } from '../../../schema/enums.js';

export interface Heading {
  readonly setting: Setting;
  readonly location?: string;
  readonly timeOfDay?: string;
  /** As printed beside the heading. */
  readonly number?: string;
}

const inside = 'INTERIOR|INTÉRIEUR|INTERIEUR|INTERNO|INNEN|INT';
const outside = 'EXTERIOR|EXTÉRIEUR|EXTERIEUR|ESTERNO|AUSSEN|AUßEN|EXT|EST';
const settingOf = (opening: string): Setting => {
  const [one = '', other] = opening
    .toUpperCase()
    .split(/\s*[./&+-]+\s*/)
    .filter(Boolean);
  if (other !== undefined) return 'INT_EXT';
  return one.startsWith('I') ? 'INT' : 'EXT';
};

/** A number before the heading, as shooting scripts print it on both sides: `12A`, `A12.`, `3)`. */
const numberBefore = String.raw`(?:(?<number>[A-Z]{0,2}\d{1,4}[A-Z]{0,2})[.):]?\s+)?`;
const western = new RegExp(
  String.raw`^${numberBefore}(?<setting>(?:${inside})\.?\s*[/&+-]\s*(?:${outside})|(?:${outside})\.?\s*[/&+-]\s*(?:${inside})|I\s?/\s?E|E\s?/\s?I|I/A|A/I|${inside}|${outside})(?<end>[.:]?\s+[-–—]?\s*|\.(?=\S)|[.:]?$)(?<rest>.*)$`,
  'isu',
);

const han = String.raw`[\d一二三四五六七八九十百零〇两]+`;
const hanInside = '内景|內景|室内|室內|屋内|屋內|内|內';
const hanOutside = '外景|室外|屋外|外';
const hanTimes =
  '日景|夜景|白天|夜晚|晚上|深夜|午夜|半夜|凌晨|清晨|早晨|早上|上午|中午|正午|下午|傍晚|黄昏|黃昏|黎明|拂晓|拂曉|日|夜|晨|昏|晚|午';
const hanTime = new RegExp(`^(?:${hanTimes})$`, 'u');
/** A token of a heading in Han: a place, a time, inside or outside, or two of them in one (`夜内`). */
const hanToken = new RegExp(
  `^(?<first>${hanTimes})?(?<setting>(?:${hanInside})[/／、]?(?:${hanOutside})|${hanInside}|${hanOutside})?(?<second>${hanTimes})?$`,
  'u',
);
const hanOpening = new RegExp(
  String.raw`^(?:第?(?<number>${han}(?:[-–]${han})?)\s*(?:场景|場景|场|場|幕|集)?\s*[、.．:：)）]?|(?:场景|場景|场次|場次)\s*(?<other>${han}(?:[-–]${han})?)?\s*[、.．:：]?)\s*(?=\S)`,
  'u',
);

const timeWords = new Set(
  `DAY NIGHT MORNING EVENING AFTERNOON NOON MIDDAY MIDNIGHT DAWN DUSK SUNRISE SUNSET TWILIGHT DAYBREAK NIGHTFALL
  MAGIC LATER CONTINUOUS SAME MOMENTS CONTINUOUSLY DAYS HOURS MINUTES EARLIER
  JOUR NUIT MATIN SOIR MIDI MINUIT AUBE AURORE CRÉPUSCULE CREPUSCULE SOIRÉE MATINÉE APRÈS-MIDI APRES-MIDI CONTINU
  TAG NACHT MORGEN ABEND MITTAG MITTERNACHT NACHMITTAG VORMITTAG DÄMMERUNG SPÄTER
  DÍA DIA NOCHE MAÑANA TARDE ATARDECER AMANECER MADRUGADA NOITE MANHÃ GIORNO NOTTE MATTINA SERA POMERIGGIO ALBA
  TRAMONTO`.split(/\s+/),
);

/** Whether a text says when in the day: it has a word for it, and few others. */
function isTime(text: string): boolean {
  const words = text
    .toUpperCase()
    .split(/[\s/(),.]+/u)
    .filter(Boolean);
  if (words.length > 0 && words.length <= 6 && words.some((word) => timeWords.has(word))) return true;
  return hanTime.test(text.trim());
}

/** Reads a heading that begins as headings do; undefined for any other text. */
export function readHeading(text: string): Heading | undefined {
  const straight = text.replaceAll(/\s+/gu, ' ').trim();
  const found = western.exec(straight)?.groups;
  if (!found) return readHanHeading(straight);
  const { setting = '', number } = found;
  let rest = found.rest ?? '';
  // The number stands on the other side, too.
  if (number !== undefined && rest.endsWith(` ${number}`)) rest = rest.slice(0, -number.length).trimEnd();
  return { setting: settingOf(setting), ...placeAndTime(rest), ...(number !== undefined && { number }) };
}

/** Reads a heading that was marked as one, whatever it says. */
export const readForcedHeading = (text: string): Heading =>
  readHeading(text) ?? { setting: 'UNKNOWN', ...placeAndTime(text.replaceAll(/\s+/gu, ' ').trim()) };

function placeAndTime(text: string): { location?: string; timeOfDay?: string } {
  const dashes = [...text.matchAll(/\s+(?:-{1,2}|–|—)\s*|(?:\s*)(?:–|—|--)\s*/gu)];
  const last = dashes.at(-1);
  const after = last ? text.slice(last.index + last[0].length).trim() : '';
  if (last && isTime(after)) return known(text.slice(0, last.index).trim(), after);
  if (isTime(text) && !/\s/.test(text)) return known('', text);
  const dotted = /^(.*\S)[.,]\s+([^.,]+)$/su.exec(text);
  if (dotted && isTime(dotted[2] ?? '')) return known(dotted[1] ?? '', dotted[2] ?? '');
  return known(text, '');
}

const known = (location: string, timeOfDay: string) => ({
  ...(location !== '' && { location: location.replace(/^[-–—]\s*/, '') }),
  ...(timeOfDay !== '' && { timeOfDay }),
});

/** Place, time, inside or outside, in any order, set apart by spaces or punctuation; a number or one of them opens. */
function readHanHeading(text: string): Heading | undefined {
  if (!/\p{Script=Han}/u.test(text) || text.length > 60 || /[。！？；“”]/u.test(text)) return undefined;
  const opening = hanOpening.exec(text);
  const rest = opening ? text.slice(opening[0].length) : text;
  const tokens = rest.split(/[\s,，、.．/／·:：—–-]+/u).filter(Boolean);
  const read = tokens.map((token) => ({ token, groups: hanToken.exec(token)?.groups }));
  const settings = read.flatMap(({ groups }) => (groups?.setting ? [groups.setting] : []));
  const times = read.flatMap(({ groups }) => [groups?.first, groups?.second].filter((time) => time !== undefined));
  const location = read
    .flatMap(({ token, groups }) => (groups && (groups.setting || groups.first || groups.second) ? [] : [token]))
    .join(' ');
  const isMarked = opening !== null && /第|场|場|幕/u.test(opening[0]);
  const opens = read[0]?.groups?.setting !== undefined || read.at(-1)?.groups !== undefined;
  // A number alone opens lists, too; inside or outside alone is half a sentence.
  if (!isMarked && !(settings.length > 0 && (opening !== null || opens) && tokens.length > 1)) return undefined;
  const joined = settings.join('');
  const setting = /外/u.test(joined) ? (/[内內]/u.test(joined) ? 'INT_EXT' : 'EXT') : joined === '' ? 'UNKNOWN' : 'INT';
  const number = opening?.groups?.number ?? opening?.groups?.other;
  return {
    setting,
    ...(location !== '' && { location }),
    ...(times.length > 0 && { timeOfDay: times.join(' ') }),
    ...(number !== undefined && { number }),
  };
}

/** The heading of a scene as screenplays print it; `fallback` where the place is unknown. */
export function writeHeading(
  {
    setting,
    location,
    timeOfDay,
  }: { setting?: Setting | undefined; location?: string | undefined; timeOfDay?: string | undefined },
  fallback: string,
): string {
  const opening = { INT: 'INT. ', EXT: 'EXT. ', INT_EXT: 'INT./EXT. ', UNKNOWN: '' }[setting ?? 'UNKNOWN'];
  const flat = (text: string) => text.replaceAll(/\s+/gu, ' ').trim().toUpperCase();
  return `${opening}${flat(location ?? '') || fallback}${timeOfDay === undefined || flat(timeOfDay) === '' ? '' : ` - ${flat(timeOfDay)}`}`;
}
