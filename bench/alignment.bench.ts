/**
 * How near aligning puts a subtitle file's lines to where they are said, beside two peers in the same run.
 *     node dist/bench/alignment.bench.js
 *
 * Peers: the shift of the first line that both have, to the letter; and the shift and rate by which the times of both
 * overlap most, as ffsubsync and alass do with speech: it never looks at words. A line that a peer or we put nowhere has
 * no error; how many lines are placed stands beside the median. Films: invented dialogue of 600 cues in two scripts, and,
 * where it is here, the first hour of a real film's. Then: what is refused, and what 2,000 × 2,000 lines cost.
 *
 * Marks: a median of 300 ms for 7 s, 4 % and a tenth missing; unrelated files refused; about a second of CPU.
 */
import { alignScript } from '../src/narrative/alignment/align-script.js';
import type { FilmCue, ScriptLine } from '../src/narrative/alignment/script-line.js';
import { median } from '../src/narrative/median.js';
import { seededRandom } from '../src/narrative/seeded-random.js';
import { dialogueFilm, fileOf, lengthOf, misread, untimed } from '../test/dialogue-films.js';
import { hasStudyForrest, studyForrest } from '../test/study-forrest.js';

interface Trial {
  readonly name: string;
  readonly lines: readonly ScriptLine[];
  readonly cues: readonly FilmCue[];
  /** Where each line is said; undefined for one that the film does not have. */
  readonly truth: readonly (number | undefined)[];
}

type Aligner = (trial: Trial) => readonly (number | undefined)[] | 'refused';

const ours: Aligner = ({ lines, cues }) => {
  try {
    const script = { title: 'bench', format: 'srt', lines, places: [] };
    return alignScript(script, cues, lengthOf(cues)).lines.map(({ film }) => film?.startMs);
  } catch {
    return 'refused';
  }
};

const firstLine: Aligner = ({ lines, cues }) => {
  for (const { text, startMs } of lines) {
    const cue = cues.find((each) => each.text === text);
    if (cue && startMs !== undefined)
      return lines.map((line) => (line.startMs === undefined ? undefined : line.startMs + cue.startMs - startMs));
  }
  return 'refused';
};

/** Rates of films on television and in cinemas. */
const rates = [1, 1.04, 1 / 1.04, 24 / 25, 25 / 24, 23.976 / 25, 25 / 23.976, 1001 / 1000, 1000 / 1001];
const stepMs = 100;

const timing: Aligner = ({ lines, cues }) => {
  if (lines.some(({ startMs }) => startMs === undefined)) return 'refused';
  const steps = Math.ceil(lengthOf(cues) / stepMs);
  const spoken = new Float64Array(steps + 1);
  for (const { startMs, endMs } of cues)
    for (let at = Math.floor(startMs / stepMs); at < endMs / stepMs && at < steps; at++) spoken[at + 1] = 1;
  for (let at = 1; at <= steps; at++) spoken[at] = (spoken[at] as number) + (spoken[at - 1] as number);
  const before = (ms: number) => spoken[Math.max(0, Math.min(steps, Math.round(ms / stepMs)))] as number;
  let best = { score: Number.NEGATIVE_INFINITY, rate: 1, shiftMs: 0 };
  for (const rate of rates)
    for (let shiftMs = -120_000; shiftMs <= 120_000; shiftMs += stepMs) {
      let score = 0;
      for (const { startMs = 0, endMs = 0 } of lines) {
        const [from, to] = [rate * startMs + shiftMs, rate * endMs + shiftMs];
        score += 2 * (before(to) - before(from)) - (to - from) / stepMs;
      }
      if (score > best.score) best = { score, rate, shiftMs };
    }
  return lines.map(({ startMs = 0 }) => best.rate * startMs + best.shiftMs);
};

function trialsOf(film: readonly FilmCue[]): Trial[] {
  const starts = film.map(({ startMs }) => startMs);
  const cut = Math.floor(film.length / 3);
  const goneMs = (starts[2 * cut] as number) - (starts[cut] as number);
  const shorter = film.flatMap((cue, n) =>
    n < cut ? [cue] : n < 2 * cut ? [] : [{ ...cue, startMs: cue.startMs - goneMs, endMs: cue.endMs - goneMs }],
  );
  const missing = (share: number) => {
    const random = seededRandom(11);
    const kept = film.map(() => random() >= share);
    const lines = fileOf(film, 7_000, 1.04).filter((_, n) => kept[n]);
    return {
      name: `7 s, 4 %, ${Math.round(100 * share)} % of the file missing`,
      lines,
      cues: film,
      truth: starts.filter((_, n) => kept[n]),
    };
  };
  const read = (errorRate: number) => misread(film, errorRate, seededRandom(3));
  return [
    { name: 'as it is', lines: fileOf(film), cues: film, truth: starts },
    { name: '7 s', lines: fileOf(film, 7_000), cues: film, truth: starts },
    { name: '90 s, 24 to 25 frames', lines: fileOf(film, -90_000, 24 / 25), cues: film, truth: starts },
    ...[0.1, 0.3, 0.6].map(missing),
    ...[0.03, 0.1, 0.2, 0.3].map((rate) => ({
      name: `7 s, 4 %, ${100 * rate} % of signs misread`,
      lines: fileOf(film, 7_000, 1.04),
      cues: read(rate),
      truth: starts,
    })),
    {
      name: 'a third cut from the film',
      lines: fileOf(film, 7_000, 1.04),
      cues: shorter,
      truth: starts.map((ms, n) => (n < cut ? ms : n < 2 * cut ? undefined : ms - goneMs)),
    },
    { name: 'no times at all', lines: untimed(film), cues: film, truth: starts },
    { name: 'no times, 10 % of signs misread', lines: untimed(film), cues: read(0.1), truth: starts },
  ];
}

const cell = (places: ReturnType<Aligner>, truth: Trial['truth']): string => {
  if (places === 'refused') return 'refused'.padStart(22);
  const errors = places.flatMap((ms, n) =>
    ms === undefined || truth[n] === undefined ? [] : [Math.abs(ms - truth[n])],
  );
  const wrong = places.filter(
    (ms, n) => ms !== undefined && (truth[n] === undefined || Math.abs(ms - truth[n]) > 2_000),
  ).length;
  return `${Math.round(median(errors))} ms ${errors.length} ${wrong}`.padStart(22);
};

const real = (): FilmCue[] => {
  const { events } = studyForrest();
  return events.flatMap(({ id, type, startMs, endMs, dialogue: text }) =>
    type === 'LINE' && text ? [{ id, startMs, endMs, text }] : [],
  );
};

const films: Record<string, readonly FilmCue[]> = {
  'invented, Latin': dialogueFilm(600, 'latin', 21),
  'invented, Han': dialogueFilm(600, 'han', 22),
  ...(hasStudyForrest && { 'a real film, first hour': real() }),
};

console.log('Median error, lines placed, lines more than 2 s off (or placed though the film does not have them)\n');
for (const [name, film] of Object.entries(films)) {
  console.log(
    `${name}, ${film.length} cues`.padEnd(44) +
      ['aligned', 'first line', 'by times'].map((head) => head.padStart(22)).join(''),
  );
  for (const trial of trialsOf(film))
    console.log(
      `  ${trial.name}`.padEnd(44) + [ours, firstLine, timing].map((align) => cell(align(trial), trial.truth)).join(''),
    );
}

console.log('\nOf another film or language: refused / given');
const strangers: [string, readonly ScriptLine[], readonly FilmCue[]][] = [];
for (let seed = 100; seed < 140; seed++) {
  const [one, other] = [
    dialogueFilm(40 + 10 * (seed % 30), 'latin', seed),
    dialogueFilm(30 + 7 * (seed % 50), 'latin', seed + 1_000),
  ];
  strangers.push(['invented', seed % 2 ? fileOf(one, 5_000) : untimed(one), other]);
  strangers.push(['other script', untimed(dialogueFilm(60, 'han', seed)), other]);
}
if (hasStudyForrest) {
  const film = real();
  const half = film.length >> 1;
  for (const [from, to] of [
    [0, 40],
    [100, 140],
    [0, half],
    [200, 230],
    [400, 540],
  ] as const) {
    strangers.push(['other part of one film', fileOf(film.slice(from, to)), film.slice(to)]);
    strangers.push([
      'other part of one film',
      untimed(film.slice(from, to)),
      film.slice(0, from || half).filter((_, n) => n < from || n >= to),
    ]);
  }
}
for (const kind of new Set(strangers.map(([name]) => name))) {
  const own = strangers.filter(([name, , cues]) => name === kind && cues.length > 0);
  const refused = own.filter(([, lines, cues]) => ours({ name: kind, lines, cues, truth: [] }) === 'refused').length;
  console.log(`  ${kind.padEnd(42)}${refused} / ${own.length}`);
}

console.log('\nCPU seconds, median of three');
for (const count of [500, 1_000, 2_000, 4_000]) {
  const film = dialogueFilm(count, 'latin', 5);
  const cost = (lines: readonly ScriptLine[]) =>
    median(
      [1, 2, 3].map(() => {
        const before = process.cpuUsage();
        ours({ name: '', lines, cues: film, truth: [] });
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1e6;
      }),
    ).toFixed(2);
  const other = dialogueFilm(count, 'latin', 6);
  console.log(
    `  ${count} lines × ${count} cues`.padEnd(44) +
      `timed ${cost(fileOf(film, 7_000, 1.04))}, no times ${cost(untimed(film))}, of another film ${cost(untimed(other))}`,
  );
}
