/**
 * What one request for a window of 50 shots costs over HTTP at ten connections: CPU of the server's process and of the
 * database together, for `fabula serve` on SQLite and on Neo4j beside Apollo with @neo4j/graphql on the same Neo4j, by
 * turns. Then whether memory stays flat.
 *     node dist/bench/http.bench.js      FABULA_BENCH_FILMS=20 and FABULA_BENCH_REQUESTS=5000 for a quick look
 *
 * Marks: at most .45 of the peer's CPU on Neo4j, .2 on SQLite; no error; memory flat over 100,000 requests.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteStore } from '../graph/sqlite/sqlite-store.js';
import { deriveNarrative } from '../src/narrative/derive.js';
import {
  episodeCount,
  episodeIdOf,
  loadFilms,
  openBigGraph,
  openEmptyNeo4j,
  randomFrom,
  shotMs,
  shotsPerEpisode,
} from './big-graph.js';
import { sendOver } from './http/connections.js';
import { startProcess } from './http/process.js';
import { cpuMsOf } from './queries/cpu.js';
import { questions } from './queries/questions.js';
import { median, quantile } from './queries/rounds.js';

const connections = 10;
const rounds = 5;
const perRound = 1_000;
/** Rounds before those that count: the servers' code is compiled while it runs. */
const warmUp = 15;
const lastingRequests = Number(process.env.FABULA_BENCH_REQUESTS ?? 100_000);
const samples = 10;
const most = { sqlite: 0.2, neo4j: 0.45 } as const;

const [question] = questions;
if (!question) throw new Error('There is no question to ask.');
const random = randomFrom(5);
const place = () => {
  const startMs = Math.floor(random() * (shotsPerEpisode - 50)) * shotMs;
  return { id: episodeIdOf(Math.floor(random() * episodeCount)), startMs, endMs: startMs + 50 * shotMs, word: '' };
};

const neo4j = await openBigGraph(openEmptyNeo4j);
const { url, user, password, pid: jvm = 0 } = neo4j.server;
const home = await mkdtemp(join(tmpdir(), 'fabula-http-'));
const sqlite = await openSqliteStore({ file: join(home, 'graph.db'), derive: deriveNarrative });
await loadFilms({ store: sqlite, count: async () => ({}), close: () => sqlite.close() });
await sqlite.close();

const fabula = (environment: Readonly<Record<string, string>>) =>
  startProcess('src/app/cli.js', ['serve', '--port', '0', '--no-work'], {
    ...{ FABULA_HOME: home, FABULA_RATE_LIMIT: '0' },
    ...environment,
  });
const sides = {
  sqlite: await fabula({}),
  neo4j: await fabula({ NEO4J_URL: url, NEO4J_USER: user, NEO4J_PASSWORD: password }),
  peer: await startProcess('bench/http/peer-server.js', [url, user, password], {}),
};
type Side = keyof typeof sides;
const names = Object.keys(sides) as Side[];
const draw = (side: Side) => () => (side === 'peer' ? question.peers : question.ours)(place());

const measured: Record<Side, { cpuMs: number; serverMs: number; p50: number; p99: number }[]> = {
  sqlite: [],
  neo4j: [],
  peer: [],
};
let errors = 0;
for (let round = -warmUp; round < rounds; round++)
  for (const side of names) {
    const { url: address, pid } = sides[side];
    const before = [cpuMsOf(pid), side === 'sqlite' ? 0 : cpuMsOf(jvm)] as const;
    const burst = await sendOver(address, connections, perRound, draw(side));
    const node = cpuMsOf(pid) - before[0];
    const server = side === 'sqlite' ? 0 : cpuMsOf(jvm) - before[1];
    errors += burst.errors;
    if (round < 0) continue;
    measured[side].push({
      cpuMs: (node + server) / perRound,
      serverMs: server / perRound,
      p50: quantile(burst.times, 0.5),
      p99: quantile(burst.times, 0.99),
    });
  }

console.log(
  `${episodeCount * shotsPerEpisode} shots; ${rounds} rounds of ${perRound} requests, ${connections} at once`,
);
console.log('side      CPU ms a request   of it the JVM      p50 ms      p99 ms    × the peer');
for (const side of names) {
  const of = (value: (round: (typeof measured)[Side][number]) => number) => median(measured[side].map(value));
  const share = median(measured[side].map(({ cpuMs }, n) => cpuMs / (measured.peer[n]?.cpuMs ?? Number.NaN)));
  const mark = side === 'peer' ? '' : ` ${share <= most[side] ? '≤' : '>'} ${most[side]}`;
  const cells = [of((r) => r.cpuMs), of((r) => r.serverMs), of((r) => r.p50), of((r) => r.p99), share];
  console.log(side.padEnd(10) + cells.map((cell) => cell.toFixed(2).padStart(12)).join('') + mark);
}

for (const side of ['sqlite', 'neo4j'] as const) {
  const memory: number[] = [];
  for (let n = 0; n < samples; n++) {
    errors += (await sendOver(sides[side].url, connections, lastingRequests / samples, draw(side))).errors;
    memory.push(Math.round(sides[side].residentMiB()));
  }
  console.log(`${side}: MiB in RAM over ${lastingRequests} requests: ${memory.join(' ')}`);
}
console.log(`${errors} errors`);
if (errors > 0) process.exitCode = 1;
for (const side of names) await sides[side].close();
await neo4j.close();
await rm(home, { recursive: true });
