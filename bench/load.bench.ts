/**
 * Loading films, whole: rows (nodes and relationships) a second of wall-clock time, and a second of CPU time of this
 * process and of the server; then the same films again, which must leave no orphan.
 *     node dist/bench/load.bench.js [--neo4j]      FABULA_BENCH_FILMS=20 for a quick look
 *
 * Marks, on two idle cores: 100,000 rows/s into SQLite, 15,000 into Neo4j. Where other work shares the machine, the
 * wall clock says nothing; rows per CPU second then bound it from below, since two threads or processes work at once.
 */
import {
  type EmptyStore,
  episodeCount,
  film,
  type LoadCost,
  loadFilms,
  narrativeRows,
  openEmptyNeo4j,
  openEmptySqlite,
} from './big-graph.js';

const isNeo4j = process.argv.includes('--neo4j');
const opened: EmptyStore = await (isNeo4j ? openEmptyNeo4j() : openEmptySqlite());
const rows = Array.from({ length: episodeCount }, (_, n) => narrativeRows(film(n))).reduce((sum, n) => sum + n, 0);

function say(what: string, { wallSeconds, cpuSeconds, serverCpuSeconds, longestThreadSeconds }: LoadCost): void {
  const perSecond = (seconds: number) => Math.round(rows / seconds).toLocaleString('en');
  console.log(
    `${what}: ${rows.toLocaleString('en')} rows in ${wallSeconds.toFixed(1)} s: ${perSecond(wallSeconds)} rows/s`,
  );
  const server = serverCpuSeconds > 0 ? `, ${serverCpuSeconds.toFixed(1)} CPU s of the server` : '';
  console.log(
    `  ${cpuSeconds.toFixed(1)} CPU s of this process${server}: ${perSecond(cpuSeconds + serverCpuSeconds)} rows per CPU s;`,
    `its busiest thread ${longestThreadSeconds.toFixed(1)} s: ${perSecond(longestThreadSeconds)} rows/s at best`,
  );
}

say('new', await loadFilms(opened));
const before = await opened.count();
say('again', await loadFilms(opened));
const after = await opened.count();
console.log(`nodes and relationships: ${JSON.stringify(before)}, and after the second load ${JSON.stringify(after)}`);
if (JSON.stringify(before) !== JSON.stringify(after)) process.exitCode = 1;
await opened.close();
