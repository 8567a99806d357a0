/**
 * What `make demo` does once all is installed: analyses a film (VIDEO, or our own), asks the graph three things, serves
 * it. DEMO_SERVE=0 leaves the serving out, PORT chooses another port.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { sayCounts } from '../src/app/say-counts.js';
import type { AnalysisSummary } from '../workers/analyze.js';
import { cachedDemoFilm } from './cached-film.js';
import { compactJson } from './compact-json.js';
import { demoQueries } from './demo-queries.js';

const project = fileURLToPath(new URL('../../', import.meta.url));
const cli = join(project, 'dist/src/app/cli.js');

/** Runs `fabula …`, its progress and errors on this terminal, and returns what it printed; ends with it if it fails. */
async function fabula(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [cli, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [printed, [code]] = await Promise.all([text(child.stdout), once(child, 'close')]);
  if (code !== 0) process.exit(code ?? 1);
  return printed;
}

async function film(): Promise<string> {
  const { VIDEO } = process.env;
  if (VIDEO) return resolve(VIDEO);
  console.log('Drawing our own film first (once, about half a minute); VIDEO=path takes yours.');
  return cachedDemoFilm(join(project, '.cache'));
}

const path = await film();
const title = process.env.VIDEO ? [] : ['--title', 'The Light Left On'];
console.log(`\n$ fabula analyze ${path}`);
const summary = JSON.parse(await fabula('analyze', path, ...title, '--json')) as AnalysisSummary;
console.log(`"${summary.title}" is in the graph as ${summary.episodeId}: ${sayCounts(summary.counts)}.`);
for (const { missing, remedy } of summary.gaps) console.log(`Not known: ${missing} ${remedy ?? ''}`);

for (const { about, query } of demoQueries) {
  const variables = JSON.stringify({ episode: summary.episodeId });
  console.log(`\n# ${about}\n$ fabula query '${query}' --variables '${variables}'`);
  console.log(compactJson(JSON.parse(await fabula('query', query, '--variables', variables))));
}

if (process.env.DEMO_SERVE !== '0') {
  const port = process.env.PORT ?? '4000';
  const server = spawn(process.execPath, [cli, 'serve', '--port', port], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => server.kill(signal));
  const [code] = await once(server, 'close');
  process.exitCode = code ?? 0;
}
