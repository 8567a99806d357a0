/**
 * Five questions through Apollo's `executeOperation`, on 200 films of 500 shots: Fabula on SQLite and on Neo4j beside
 * @neo4j/graphql on the same Neo4j, each in a process of its own, by turns in one run; then the same on a tenth of the
 * films, since what a question costs should grow with its answer, not with the graph.
 *     node --max-semi-space-size=64 dist/bench/queries.bench.js      FABULA_BENCH_FILMS=20 for a quick look
 * `FABULA_BENCH_AWAKE=1` keeps the machine's cores from sleeping (`awake.ts`), for virtual machines.
 *
 * Marks: our median as a share of the peer's (the median of five rounds), and over the tenth at most 1.3 times.
 */
import { copyGraph } from '../graph/copy.js';
import type { Neo4jServer } from '../test/servers/neo4j.js';
import {
  episodeCount,
  openBigGraph,
  openEmptyNeo4j,
  openEmptySqlite,
  randomFrom,
  rareFilms,
  rareWords,
  shotsPerEpisode,
} from './big-graph.js';
import { keepCoresAwake } from './queries/awake.js';
import { spreadFeelings } from './queries/peer.js';
import { drawPlace, type Question, questions } from './queries/questions.js';
import { type Asked, overRounds, quotient, type Round, timeRound } from './queries/rounds.js';
import { type Side, startSide } from './queries/sides.js';

const rounds = 5;
const asksPerRound = 200;
/**
 * A server's code is compiled while it runs: before some thousand requests, what is measured is the compiler. Each
 * question is asked in so many rounds before, but all of them for no longer than six minutes.
 */
const warmUpRounds = 25;
const longestWarmUpMs = 360_000;
const checked = 10;
const mostGrowth = 1.3;

const stores = ['sqlite', 'neo4j'] as const;
const random = randomFrom(11);
const isAwake = process.env.FABULA_BENCH_AWAKE === '1';
async function times<Made>(count: number, make: () => Promise<Made>): Promise<Made[]> {
  const made: Made[] = [];
  while (made.length < count) made.push(await make());
  return made;
}

const neo4j = await openBigGraph(openEmptyNeo4j);
// A copy, so that the characters have the same ids and the answers can be compared.
const sqlite = await openEmptySqlite();
await copyGraph(neo4j.store, sqlite.store);
await spreadFeelings(neo4j.server);
const addressOf = {
  sqlite: ({ file }: { readonly file: string }) => ({ kind: 'sqlite', file }) as const,
  neo4j: ({ server: { url, user, password } }: { readonly server: Neo4jServer }) =>
    ({ kind: 'neo4j', url, user, password }) as const,
};
const sides = {
  sqlite: await startSide(addressOf.sqlite(sqlite)),
  neo4j: await startSide(addressOf.neo4j(neo4j)),
  peer: await startSide({ ...addressOf.neo4j(neo4j), kind: 'peer' }),
};
console.log(
  `${episodeCount * shotsPerEpisode} shots; milliseconds; median of ${rounds} rounds of ${asksPerRound}; cores ${isAwake ? 'kept awake' : 'may sleep'}; ${process.execArgv.join(' ') || 'no flags'}\n`,
);
const letSleep = isAwake ? keepCoresAwake() : () => {};

const anywhere = () => drawPlace(random, sqlite.store, episodeCount);

/** A question that several sides are asked at places drawn anew. */
interface Contest<Name extends string> {
  readonly sides: Readonly<Record<Name, Side>>;
  readonly draw: () => Promise<Asked<Name>>;
}

/** Asks all of them round by round, as a server is asked: a question that is asked alone is answered by code made for it. */
async function timed<Name extends string>(
  contests: readonly Contest<Name>[],
): Promise<readonly (readonly Round<Name>[])[]> {
  const round = async (n: number) => {
    const one: Round<Name>[] = [];
    for (const { sides, draw } of contests) one.push(await timeRound(sides, await times(asksPerRound, draw), n));
    return one;
  };
  const started = performance.now();
  for (let n = 0; n < warmUpRounds && performance.now() - started < longestWarmUpMs; n++) await round(n);
  const measured: Round<Name>[][] = [];
  for (let n = 0; n < rounds; n++) measured.push(await round(n));
  return contests.map((_contest, place) => measured.flatMap((one) => one[place] ?? []));
}

row('question', 'SQLite p50', 'p95', 'Neo4j p50', 'p95', 'peer p50', 'p95', 'SQLite ×', 'Neo4j ×');
for (const question of questions)
  for (const place of await times(checked, anywhere)) {
    const theirs = question.read.peers(await sides.peer.answer(question.peers(place)), place);
    for (const store of stores) {
      const own = question.read.ours(await sides[store].answer(question.ours(place)), place);
      mustEqual(own, theirs, `${question.name}, ${store}`);
    }
  }
const besidePeer = await timed(
  questions.map((question) => ({
    sides,
    async draw() {
      const place = await anywhere();
      const own = question.ours(place);
      return { sqlite: own, neo4j: own, peer: question.peers(place) };
    },
  })),
);
for (const [n, question] of questions.entries()) {
  const measured = besidePeer[n] ?? [];
  const at = (name: keyof typeof sides) => [0.5, 0.95].map((share) => overRounds(measured, name, share).toFixed(2));
  const against = (store: keyof Question['most']) => marked(quotient(measured, store, 'peer'), question.most[store]);
  row(question.name, ...at('sqlite'), ...at('neo4j'), ...at('peer'), against('sqlite'), against('neo4j'));
}
for (const { close } of Object.values(sides)) await close();

const tenth = {
  sqlite: await openBigGraph(openEmptySqlite, rareFilms),
  neo4j: await openBigGraph(openEmptyNeo4j, rareFilms),
};
// Both in processes as young as each other.
const sizes = {
  sqlite: { small: await startSide(addressOf.sqlite(tenth.sqlite)), large: await startSide(addressOf.sqlite(sqlite)) },
  neo4j: { small: await startSide(addressOf.neo4j(tenth.neo4j)), large: await startSide(addressOf.neo4j(neo4j)) },
};
console.log(`\nThe same number of matches in ${rareFilms} and in ${episodeCount} films:\n`);
row('question', 'SQLite', '10 ×', 'growth', 'Neo4j', '10 ×', 'growth');
const grown = await timed(
  questions.flatMap((question) =>
    stores.map((store) => ({
      sides: sizes[store],
      async draw() {
        const word = rareWords[Math.floor(random() * rareWords.length)] ?? '';
        const asked = question.ours({ ...(await drawPlace(random, sqlite.store, rareFilms)), word });
        return { small: asked, large: asked };
      },
    })),
  ),
);
for (const [n, question] of questions.entries()) {
  const shown = stores.flatMap((_store, k) => {
    const measured = grown[n * stores.length + k] ?? [];
    const p50 = (size: 'small' | 'large') => overRounds(measured, size, 0.5).toFixed(2);
    return [p50('small'), p50('large'), marked(quotient(measured, 'large', 'small'), mostGrowth)];
  });
  row(question.name, ...shown);
}
letSleep();
for (const { small, large } of Object.values(sizes)) await Promise.all([small.close(), large.close()]);
for (const { close } of [sqlite, neo4j, tenth.sqlite, tenth.neo4j]) await close();

function row(name: string, ...cells: readonly string[]): void {
  console.log(name.padEnd(32) + cells.map((cell) => cell.padStart(12)).join(''));
}

/** A share with its mark, and whether it holds. */
function marked(share: number, most: number): string {
  return `${share.toFixed(2)} ${share <= most ? '≤' : '>'} ${most}`;
}

/** Throws unless both would be sent as the same. */
function mustEqual(ours: unknown, theirs: unknown, what: string): void {
  const [own, other] = [JSON.stringify(ours), JSON.stringify(theirs)];
  const at = [...own].findIndex((letter, n) => letter !== other[n]);
  if (own !== other)
    throw new Error(`${what}: …${own.slice(at - 80, at + 80)}… but …${other.slice(at - 80, at + 80)}…`);
}
