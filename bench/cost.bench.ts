/**
 * What an analysis costs: CPU seconds of all processes and peak memory, beside ffmpeg merely decoding the same film in
 * the same run; and the memory of a long film (the same clip looped to two hours) beside the short one's.
 *
 *     node dist/bench/cost.bench.js [FILM] [--long]
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { measure } from './measure.js';

const cli = fileURLToPath(new URL('../src/app/cli.js', import.meta.url));
const film =
  process.argv.slice(2).find((argument) => !argument.startsWith('--')) ?? '../shared/data/video/palace-drama-90s.mp4';
const long = process.argv.includes('--long');
const folder = await mkdtemp(join(tmpdir(), 'fabula-bench-'));

interface Summary {
  readonly durationMs: number;
  readonly stages: readonly { readonly name: string; readonly seconds: number }[];
}

async function row(name: string, path: string) {
  const home = await mkdtemp(join(folder, 'home-'));
  const decode = await measure('ffmpeg', ['-v', 'error', '-nostdin', '-i', path, '-an', '-f', 'null', '-']);
  const whole = await measure(process.execPath, [cli, 'analyze', '--json', path], { FABULA_HOME: home });
  if (whole.status !== 0) throw new Error(whole.stderr);
  const again = await measure(process.execPath, [cli, 'analyze', '--json', path], { FABULA_HOME: home });
  const summary = JSON.parse(whole.stdout) as Summary;
  const filmSeconds = summary.durationMs / 1000;
  return {
    film: name,
    'film s': Number(filmSeconds.toFixed(1)),
    'decode CPU s': Number(decode.cpuSeconds.toFixed(2)),
    'analysis CPU s': Number(whole.cpuSeconds.toFixed(2)),
    'CPU s per film s': Number((whole.cpuSeconds / filmSeconds).toFixed(3)),
    'peak MiB': Math.round(whole.peakMemoryMiB),
    'again CPU s': Number(again.cpuSeconds.toFixed(2)),
    'again wall s': Number(again.wallSeconds.toFixed(2)),
  };
}

try {
  const rows = [await row('as it is', film)];
  if (long) {
    const looped = join(folder, 'long.mp4');
    const loop = ['-v', 'error', '-nostdin', '-stream_loop', '-1', '-i', film, '-t', '7200', '-c', 'copy', looped];
    await measure('ffmpeg', loop);
    rows.push(await row('looped to 2 h', looped));
  }
  console.table(rows);
  const [short, two] = rows;
  if (short && two)
    console.log(`memory of the long film: ${(two['peak MiB'] / short['peak MiB']).toFixed(2)} × the short one's`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
