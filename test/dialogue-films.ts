/** Films of invented dialogue, and what becomes of their subtitle files on the way to somebody: for aligning scripts. */
import type { FilmCue, ScriptLine } from '../src/narrative/alignment/script-line.js';
import { seededRandom } from '../src/narrative/seeded-random.js';

export type Random = () => number;

const syllables = 'ba ke li mo nu ra se ti vo wa fen gol har jin lem pis qua rod tan zul ith ang er on'.split(' ');
const signs = [
  ...'天地人你我他们今晚离开码头去哪里了三个小时门钥匙父亲不知道真相钱桥信等回来请告诉她什么都没有富贵险中求风雨山河城墙刀剑马车灯火书',
];
const short = { latin: ['Yes.', 'No.', 'What?', 'I know.', 'Why?'], han: ['是。', '不。', '什么？', '好。'] } as const;

export type Script = 'latin' | 'han';

/** Cues in order, about four seconds apart; one in seven is a short one that comes again and again. */
export function dialogueFilm(count: number, script: Script = 'latin', seed = 1): FilmCue[] {
  const random = seededRandom(seed);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const word = () => Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(syllables)).join('');
  const line = (): string => {
    if (random() < 1 / 7) return pick(short[script]);
    if (script === 'han')
      return `${Array.from({ length: 5 + Math.floor(random() * 8) }, () => pick(signs)).join('')}。`;
    const words = Array.from({ length: 3 + Math.floor(random() * 7) }, word).join(' ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}${pick(['.', '?', '!'])}`;
  };
  let atMs = 2_000;
  return Array.from({ length: count }, (_, n) => {
    const text = line();
    const startMs = atMs;
    const endMs = startMs + 700 + Math.floor(random() * 1_800);
    atMs = endMs + 100 + Math.floor(random() * 3_000);
    return { id: `cue:${n}`, startMs, endMs, text };
  });
}

/** A film's cues as lines with the script's own clock: stretched, then shifted. */
export const fileOf = (cues: readonly FilmCue[], shiftMs = 0, rate = 1): ScriptLine[] =>
  cues.map(({ text, startMs, endMs }) => ({
    text,
    startMs: Math.round(startMs * rate + shiftMs),
    endMs: Math.round(endMs * rate + shiftMs),
  }));

export const untimed = (cues: readonly FilmCue[]): ScriptLine[] => cues.map(({ text }) => ({ text }));

/** Without a share of what there was. */
export function thinned<Thing>(things: readonly Thing[], share: number, random: Random): Thing[] {
  return things.filter(() => random() >= share);
}

/** Cues as a reader of pictures gets them: that share of signs wrong, missing or too many. */
export const misread = (cues: readonly FilmCue[], errorRate: number, random: Random): FilmCue[] =>
  cues.map((cue) => ({
    ...cue,
    text: [...cue.text]
      .map((sign) => {
        const drawn = random() / errorRate;
        const other = /\p{sc=Han}/u.test(sign) ? '口' : 'x';
        return drawn < 1 / 3 ? '' : drawn < 2 / 3 ? other : drawn < 1 ? sign + other : sign;
      })
      .join(''),
  }));

export const lengthOf = (cues: readonly FilmCue[]): number => (cues.at(-1)?.endMs ?? 0) + 5_000;
