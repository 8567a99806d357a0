/**
 * A store, through its port, on 100,000 shots: how fast it loads, and how long reads and a correction take.
 *     node dist/bench/store.bench.js            the embedded one
 *     node dist/bench/store.bench.js --neo4j    Neo4j, on a server of its own
 *
 * Marks: 100,000 narrative rows (nouns and references) a second loaded, 15,000 with Neo4j; reads far below what @neo4j/graphql 7.6 took for the same questions (window of
 * 50 shots 5.3 ms, with scene and people 11.4, full text 6.3; measured once, on another day, on this kind of machine).
 */
import type { Store } from '../graph/store.js';
import {
  type EmptyStore,
  episodeCount,
  episodeIdOf,
  film,
  narrativeRows,
  openBigGraph,
  openEmptyNeo4j,
  openEmptySqlite,
  randomFrom,
  shotMs,
  shotsPerEpisode,
} from './big-graph.js';

const rounds = 400;
const warmUp = 50;

const random = randomFrom(3);

function drawWindow() {
  const episodeId = episodeIdOf(Math.floor(random() * episodeCount));
  const startMs = Math.floor(random() * (shotsPerEpisode - 50)) * shotMs;
  return { episodeId, window: { startMs, endMs: startMs + 50 * shotMs } };
}

const shotsIn = async (store: Store, { episodeId, window }: ReturnType<typeof drawWindow>) =>
  (await store.shots(episodeId, { first: 50 }, window)).edges.map(({ node }) => node);

/** What is asked; the first step draws a place and is not timed. */
const questions: readonly (readonly [name: string, draw: (store: Store) => Promise<() => Promise<unknown>>])[] = [
  [
    'window of 50 shots',
    async (store) => {
      const drawn = drawWindow();
      return () => shotsIn(store, drawn);
    },
  ],
  [
    '… with scene and cues',
    async (store) => {
      const drawn = drawWindow();
      return async () => {
        const shots = await shotsIn(store, drawn);
        const sceneIds = [...new Set(shots.map(({ sceneId }) => sceneId))];
        return Promise.all([store.nodes(sceneIds), store.during('Cue', shots, 100)]);
      };
    },
  ],
  [
    '… with scene, appearances, people',
    async (store) => {
      const drawn = drawWindow();
      return async () => {
        const shots = await shotsIn(store, drawn);
        const sceneIds = [...new Set(shots.map(({ sceneId }) => sceneId))];
        const [appearances] = await Promise.all([
          store.childrenOf(
            'Appearance',
            shots.map(({ id }) => id),
            100,
          ),
          store.nodes(sceneIds),
        ]);
        const personIds = appearances.flat().map((node) => (node as unknown as { personId: string }).personId);
        return store.charactersOf([...new Set(personIds)]);
      };
    },
  ],
  [
    'search for a word that is said',
    async (store) => {
      const { episodeId, window } = drawWindow();
      const { edges } = await store.cues(episodeId, { first: 50 }, window);
      const said = edges.flatMap(({ node }) => node.text.match(/[a-z]+/g) ?? []);
      const text = said[Math.floor(random() * said.length)] ?? 'nothing';
      return () => store.search({ text }, { first: 20 });
    },
  ],
  [
    'search for two characters, said',
    async (store) => {
      const { episodeId, window } = drawWindow();
      const { edges } = await store.cues(episodeId, { first: 50 }, window);
      const said = edges.flatMap(({ node }) => node.text.match(/[\u4e00-\u9fff]{2}/g) ?? []);
      const text = said[Math.floor(random() * said.length)] ?? 'nothing';
      return () => store.search({ text }, { first: 20 });
    },
  ],
];

const share = (times: readonly number[], at: number) =>
  (times.toSorted((a, b) => a - b)[Math.floor(times.length * at)] ?? Number.NaN).toFixed(2).padStart(8);

const { store, load, close } = await openBigGraph<EmptyStore>(
  process.argv.includes('--neo4j') ? openEmptyNeo4j : openEmptySqlite,
);
const rows = Array.from({ length: episodeCount }, (_, n) => narrativeRows(film(n))).reduce((sum, n) => sum + n, 0);
console.log(`${rows} rows in ${load.wallSeconds.toFixed(1)} s: ${Math.round(rows / load.wallSeconds)} rows/s`);
console.log(`(${load.cpuSeconds.toFixed(1)} CPU s of this process)\n`);
console.log(`${`${rounds} rounds; milliseconds`.padEnd(36)}${'p50'.padStart(8)}${'p95'.padStart(8)}`);
for (const [name, draw] of questions) {
  const times: number[] = [];
  for (let round = -warmUp; round < rounds; round++) {
    const ask = await draw(store);
    const started = performance.now();
    await ask();
    if (round >= 0) times.push(performance.now() - started);
  }
  console.log(`${name.padEnd(36)}${share(times, 0.5)}${share(times, 0.95)}`);
}
const corrections: number[] = [];
for (let round = 0; round < 20; round++) {
  const { episodeId, window } = drawWindow();
  const [cue] = (await store.cues(episodeId, { first: 1 }, window)).edges;
  const started = performance.now();
  if (cue) await store.correct({ nodeId: cue.node.id, field: 'text', value: `corrected ${round}`, author: 'bench' });
  corrections.push(performance.now() - started);
}
console.log(`${'correcting a cue'.padEnd(36)}${share(corrections, 0.5)}${share(corrections, 0.95)}`);
await close();
