/**
 * What GraphQL costs over the bare store, on 100,000 shots: each question is asked of both in turn, at random places.
 *     node dist/bench/graphql.bench.js
 *
 * Marks: a window of 50 shots with scene and cues under 10 ms at the median, a search under 20 ms.
 */
import { pino } from 'pino';
import { openGraphql } from '../src/app/graphql.js';
import {
  episodeCount,
  episodeIdOf,
  openBigGraph,
  openEmptySqlite,
  randomFrom,
  shotMs,
  shotsPerEpisode,
} from './big-graph.js';
import { readingServices } from './reading-services.js';

const rounds = 300;
const warmUp = 40;

type Ask = () => Promise<unknown>;

interface Question {
  readonly name: string;
  /** A place to ask at, drawn anew for each round; both sides are asked there. */
  readonly draw: () => Promise<{ readonly store: Ask; readonly graphql: Ask }>;
}

const shotsWindow = `query ($id: ID!, $window: TimeWindow!) { shots(episodeId: $id, window: $window, first: 50) {
  nodes { id ordinal startMs endMs transition shotSize scene { id ordinal location } cues { startMs endMs text source } }
  pageInfo { endCursor hasNextPage } } }`;
const searchText = `query ($text: String!) { search(text: $text, first: 20) {
  nodes { score snippet startMs endMs episodeId reasons node { __typename ... on Cue { text } } }
  pageInfo { endCursor hasNextPage } } }`;

const { store, close } = await openBigGraph(openEmptySqlite);
const api = await openGraphql(readingServices(store), pino({ level: 'error' }));
const random = randomFrom(7);

async function execute(query: string, variables: Readonly<Record<string, unknown>>): Promise<unknown> {
  const { data, errors } = await api.execute({ query, variables });
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

function drawWindow() {
  const id = episodeIdOf(Math.floor(random() * episodeCount));
  const startMs = Math.floor(random() * (shotsPerEpisode - 50)) * shotMs;
  return { id, window: { startMs, endMs: startMs + 50 * shotMs } };
}

/** A search for something that is said at a random place. */
async function drawSearch(pattern: RegExp): Promise<{ store: Ask; graphql: Ask }> {
  const { id, window } = drawWindow();
  const said = (await store.cues(id, { first: 50 }, window)).edges.map(({ node }) => pattern.exec(node.text)?.[0]);
  const text = said.find((found) => found !== undefined) ?? '';
  return { graphql: () => execute(searchText, { text }), store: () => store.search({ text }, { first: 20 }) };
}

const questions: readonly Question[] = [
  {
    name: 'window of 50 shots + scene + cues',
    async draw() {
      const { id, window } = drawWindow();
      return {
        graphql: () => execute(shotsWindow, { id, window }),
        async store() {
          const shots = (await store.shots(id, { first: 50 }, window)).edges.map(({ node }) => node);
          return Promise.all([
            store.nodes([...new Set(shots.map(({ sceneId }) => sceneId))]),
            store.during('Cue', shots, 100),
          ]);
        },
      };
    },
  },
  { name: 'search for a word that is said', draw: () => drawSearch(/[a-z]+/) },
  { name: 'search for two characters, said', draw: () => drawSearch(/[\u4e00-\u9fff]{2}/) },
];

interface Cost {
  readonly wallMs: number;
  /** Of all threads of this process. */
  readonly cpuMs: number;
}

async function costOf(ask: Ask): Promise<Cost> {
  const cpu = process.cpuUsage();
  const started = performance.now();
  await ask();
  const wallMs = performance.now() - started;
  const { user, system } = process.cpuUsage(cpu);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

const share = (costs: readonly Cost[], of: keyof Cost, at: number) =>
  costs.map((cost) => cost[of]).toSorted((a, b) => a - b)[Math.floor(costs.length * at)] ?? Number.NaN;

console.log(`${episodeCount * shotsPerEpisode} shots, ${rounds} rounds; milliseconds\n`);
console.log(
  `${'question'.padEnd(36)}${'side'.padEnd(10)}${'p50'.padStart(8)}${'p95'.padStart(8)}${'CPU p50'.padStart(10)}`,
);
for (const { name, draw } of questions) {
  const costs: Record<'store' | 'graphql', Cost[]> = { store: [], graphql: [] };
  for (let round = -warmUp; round < rounds; round++) {
    const asks = await draw();
    for (const side of round % 2 ? (['store', 'graphql'] as const) : (['graphql', 'store'] as const)) {
      const cost = await costOf(asks[side]);
      if (round >= 0) costs[side].push(cost);
    }
  }
  for (const side of ['store', 'graphql'] as const) {
    const figures = [share(costs[side], 'wallMs', 0.5), share(costs[side], 'wallMs', 0.95)];
    const row = figures.map((figure) => figure.toFixed(2).padStart(8)).join('');
    console.log(
      `${name.padEnd(36)}${side.padEnd(10)}${row}${share(costs[side], 'cpuMs', 0.5).toFixed(2).padStart(10)}`,
    );
  }
}
await api.close();
await close();
