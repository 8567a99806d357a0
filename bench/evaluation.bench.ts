/**
 * What the evaluator's scores do as a script gets worse, and what they cost.
 *     node dist/bench/evaluation.bench.js
 *
 * 1. Dose and response: scripts spoiled at ten levels, three kinds of scripts; each level must score less than the one
 *    before. 2. Chance: how alike unrelated lines are. 3. Cost: 600 events against 600 beside the naive alignment that
 *    looks at all n² pairs, with the same similarities. 4. Rewards a second.
 *
 * Marks: monotone; 600 × 600 events under 2 s of CPU, memory linear in the band; ≥ 200 segments a second on one core.
 */
import { existsSync, readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { alignEvents } from '../src/narrative/evaluation/align-events.js';
import type { ComparableEvent, ComparableScript } from '../src/narrative/evaluation/comparable-script.js';
import { eventFields } from '../src/narrative/evaluation/comparable-script.js';
import { compareScripts } from '../src/narrative/evaluation/compare-scripts.js';
import { evaluateScripts } from '../src/narrative/evaluation/evaluate.js';
import { diceShare, gramReader, gramSimilarity } from '../src/narrative/evaluation/lexical-similarity.js';
import { rewardSegment } from '../src/narrative/evaluation/segment-reward.js';
import { nearMs } from '../src/narrative/evaluation/time-window.js';
import { seededRandom } from '../src/narrative/seeded-random.js';
import { spoiled } from '../test/comparable-scripts.js';

const people = ['Mara', 'Tomas', 'Okafor', 'Ida', '王富贵', 'The Captain'];
const vocabularies = {
  English: `the a ship leaves at dawn and we where have you been all night long harbour keys door behind me never again tell
    her truth about money old house river bridge letter father knows nothing everything tonight wait here come back please`,
  Chinese: `我们 今晚 离开 码头 你 去 哪里 了 三个 小时 门 钥匙 父亲 不 知道 真相 钱 桥 信 等 回来 请 告诉 她 什么 都 没有 富贵 险中求`,
};

const cpuSeconds = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

function invented(
  language: keyof typeof vocabularies,
  count: number,
  lengthMs: number,
  seed: number,
): ComparableScript {
  const random = seededRandom(seed);
  const words = vocabularies[language].split(/\s+/);
  const pick = <Value>(from: readonly Value[]): Value => from[Math.floor(random() * from.length)] as Value;
  const say = (least: number, most: number) =>
    Array.from({ length: least + Math.floor(random() * (most - least + 1)) }, () => pick(words)).join(
      language === 'Chinese' ? '' : ' ',
    );
  const events = Array.from({ length: count }, (_, n): ComparableEvent => {
    const startMs = Math.round((n * lengthMs) / count);
    return {
      ...{
        startMs,
        endMs: startMs + 1000 + Math.floor(random() * 5000),
        hasExplicitEnd: true,
        character: pick(people),
      },
      ...(random() < 0.7 && { dialogue: say(3, 14) }),
      ...(random() < 0.7 && { action: say(4, 16) }),
      ...(random() < 0.4 && { expression: say(1, 4) }),
      ...(random() < 0.3 && { audioCue: say(2, 5) }),
    };
  });
  const sceneCount = Math.max(1, Math.round(lengthMs / 90_000));
  return {
    ...{ title: language, durationMs: lengthMs, hasEstimatedTimes: false, events },
    characters: people.map((name) => ({ key: name, names: [name] })),
    scenes: Array.from({ length: sceneCount }, (_, n) => ({
      ...{
        startMs: n * 90_000,
        endMs: (n + 1) * 90_000,
        location: say(1, 3),
        type: pick(['INT', 'EXT']),
        mood: say(1, 2),
      },
    })),
  };
}

/** The first hour of a real film's dialogue, where it is there. */
function film(): ComparableScript | undefined {
  const file = '../shared/data/studyforrest/dialogue.csv';
  if (!existsSync(file)) return undefined;
  const rows: Record<'start' | 'end' | 'person' | 'text', string>[] = parse(readFileSync(file), { columns: true });
  const ms = (seconds: string) => Math.round(Number(seconds) * 1000);
  return {
    ...{ title: 'film', durationMs: 3_600_000, hasEstimatedTimes: false, scenes: [] },
    characters: [...new Set(rows.map(({ person }) => person))].map((name) => ({ key: name, names: [name] })),
    events: rows.map(({ start, end, person, text }) => ({
      ...{ startMs: ms(start), endMs: ms(end), hasExplicitEnd: true, character: person, dialogue: text },
    })),
  };
}

const real = film();
if (!real) console.log('../shared/data/studyforrest is not here: no real film in what follows.\n');

// ── 1 ─────────────────────────────────────────────────────────────────────────────────────────────────────────
const corpora: readonly (readonly [string, readonly ComparableScript[]])[] = [
  ...(['English', 'Chinese'] as const).map(
    (language) => [language, Array.from({ length: 12 }, (_, n) => invented(language, 60, 300_000, n + 1))] as const,
  ),
  ...(real ? [['real film', Array.from({ length: 3 }, () => real)] as const] : []),
];
console.log(`Overall score by dose (0: as it is, 10: most spoiled), mean over scripts`);
console.log(`${'dose'.padEnd(12)}${corpora.map(([name]) => name.padStart(12)).join('')}${'reward'.padStart(12)}`);
const curves: number[][] = [];
for (let level = 0; level <= 10; level++) {
  const spoil = (script: ComparableScript, n: number) => spoiled(script, level / 10, seededRandom(1000 * n + 17));
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const overall = corpora.map(([, scripts]) =>
    mean(scripts.map((script, n) => evaluateScripts(spoil(script, n), script).overall)),
  );
  const segments = corpora[0]?.[1] ?? [];
  const reward = mean(segments.map((script, n) => rewardSegment(spoil(script, n).events, script.events).score));
  curves.push([...overall, reward]);
  console.log(
    `${String(level).padEnd(12)}${overall.map((score) => score.toFixed(2).padStart(12)).join('')}${reward.toFixed(3).padStart(12)}`,
  );
}
const isMonotone = curves.every((row, n) => n === 0 || row.every((score, m) => score < (curves[n - 1]?.[m] ?? 0)));
console.log(isMonotone ? 'Monotone.\n' : 'NOT MONOTONE.\n');
if (!isMonotone) process.exitCode = 1;

// ── 2 ─────────────────────────────────────────────────────────────────────────────────────────────────────────
console.log(
  `${'Unrelated lines'.padEnd(18)}${['mean', 'p50', 'p95', 'p99'].map((name) => name.padStart(8)).join('')}  share of n-grams`,
);
const cues = '../shared/data/truth/palace-cues.json';
const lineSets: readonly (readonly [string, readonly string[]])[] = [
  ...(real ? [['real English', real.events.flatMap(({ dialogue }) => dialogue ?? [])] as const] : []),
  ...(existsSync(cues) ? [['real Chinese', textsIn(JSON.parse(readFileSync(cues, 'utf8')))] as const] : []),
];
for (const [name, lines] of lineSets) {
  const read = gramReader();
  const grams = lines.flatMap((line) => read(line) ?? []);
  const shares = grams
    .flatMap((one, n) => grams.slice(n + 1, n + 60).map((other) => diceShare(one, other)))
    .sort((a, b) => a - b);
  const at = (share: number) => shares[Math.floor(share * (shares.length - 1))] ?? 0;
  const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
  console.log(
    `${name.padEnd(18)}${[mean, at(0.5), at(0.95), at(0.99)].map((share) => share.toFixed(3).padStart(8)).join('')}`,
  );
}

function textsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    key === 'text' && typeof each === 'string' ? [each] : textsIn(each),
  );
}

// ── 3 ─────────────────────────────────────────────────────────────────────────────────────────────────────────
console.log(
  `\n${'600 × 600 events'.padEnd(34)}${'CPU s'.padStart(8)}${'pairs'.padStart(10)}${'MiB held'.padStart(10)}`,
);
const say = (name: string, seconds: number, pairs: number, bytes: number) =>
  console.log(
    `${name.padEnd(34)}${seconds.toFixed(2).padStart(8)}${String(pairs).padStart(10)}${(bytes / 2 ** 20).toFixed(2).padStart(10)}`,
  );
for (const [name, lengthMs] of [
  ['in 40 minutes', 2_400_000],
  ['all within 30 s', 29_000],
] as const) {
  const script = invented('English', 600, lengthMs, 1);
  const claim = spoiled(script, 0.4, seededRandom(5));
  const renamed = {
    ...claim,
    characters: [],
    events: claim.events.map((event) => ({ ...event, character: `Man ${event.character}` })),
  };
  const pairs = claim.events.reduce(
    (sum, one) => sum + script.events.filter((other) => Math.abs(one.startMs - other.startMs) <= nearMs).length,
    0,
  );
  say(
    `${name}: evaluated`,
    cpuSeconds(() => evaluateScripts(claim, script)),
    pairs,
    pairs,
  );
  say(
    `${name}: with other names`,
    cpuSeconds(() => evaluateScripts(renamed, script)),
    pairs,
    pairs,
  );
  const read = gramReader();
  const grams = (events: readonly ComparableEvent[]) =>
    events.map((event) => eventFields.map((field) => read(event[field] ?? '')));
  const [ours, theirs] = [grams(claim.events), grams(script.events)];
  const similarity = (i: number, j: number, field: number) => {
    const [one, other] = [ours[i]?.[field], theirs[j]?.[field]];
    return one && other ? gramSimilarity(one, other) : undefined;
  };
  say(
    `${name}: alignment alone`,
    cpuSeconds(() => alignEvents(claim.events, script.events, similarity)),
    pairs,
    pairs,
  );
  const all = claim.events.length * script.events.length;
  say(
    `${name}: naive, all n² pairs`,
    cpuSeconds(() => naive(claim.events.length, script.events.length, similarity)),
    all,
    8 * all,
  );
}

/** The textbook recurrence over a whole table of sums, every similarity computed. */
function naive(rows: number, columns: number, similarity: (i: number, j: number, field: number) => number | undefined) {
  const best = new Float64Array((rows + 1) * (columns + 1));
  const at = (i: number, j: number) => best[i * (columns + 1) + j] as number;
  for (let i = 1; i <= rows; i++)
    for (let j = 1; j <= columns; j++) {
      const worth = eventFields.reduce((sum, _, field) => sum + (similarity(i - 1, j - 1, field) ?? 0), 0);
      best[i * (columns + 1) + j] = Math.max(at(i - 1, j), at(i, j - 1), at(i - 1, j - 1) + worth);
    }
  return at(rows, columns);
}

// ── 4 ─────────────────────────────────────────────────────────────────────────────────────────────────────────
console.log(`\n${'Rewards'.padEnd(34)}${'a second'.padStart(10)}`);
for (const events of [5, 20, 60]) {
  const segments = Array.from({ length: 200 }, (_, n) => {
    const script = invented('English', events, 4000 * events, n + 1);
    return [spoiled(script, 0.3, seededRandom(n)).events, script.events] as const;
  });
  const seconds = cpuSeconds(() => {
    for (const [predicted, reference] of segments) rewardSegment(predicted, reference);
  });
  console.log(`${`segments of ${events} events`.padEnd(34)}${(segments.length / seconds).toFixed(0).padStart(10)}`);
}
const [warm] = corpora[0]?.[1] ?? [];
if (warm)
  console.log(
    `\nA comparison of 60 events alone: ${(1000 * cpuSeconds(() => compareScripts(warm, warm))).toFixed(1)} ms of CPU`,
  );
