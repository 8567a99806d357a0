/** Measures whole process trees: CPU seconds of all processes together, and their peak memory. Linux. */
import { spawn } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

export interface Measured {
  /** User and system time of the process and every descendant it waited for. */
  readonly cpuSeconds: number;
  readonly wallSeconds: number;
  /** Largest sum of the processes' proportional set sizes that was seen, in MiB; sampled every 100 ms, or less often where sampling itself costs more. */
  readonly peakMemoryMiB: number;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const sampleMs = 100;
/** A sample walks all pages of large processes: between two lies so many times what the last one took. */
const restRatio = 20;

/** Runs a command to its end. bash's `time` counts the CPU of all descendants. */
export async function measure(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Measured> {
  const started = performance.now();
  const timed = ['-c', `TIMEFORMAT='cpu %U %S'; time "$@"`, 'bash', command, ...args];
  const child = spawn('bash', timed, { env: { ...process.env, ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk) => (stdout += chunk));
  child.stderr.on('data', (chunk) => (stderr += chunk));
  const ended = new AbortController();
  const peak = peakUntil(ended.signal, child.pid ?? 0);
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  ended.abort();
  const peakMemoryMiB = await peak;
  const times = /cpu ([\d.]+) ([\d.]+)\s*$/.exec(stderr);
  return {
    cpuSeconds: Number(times?.[1]) + Number(times?.[2]),
    wallSeconds: (performance.now() - started) / 1000,
    peakMemoryMiB,
    status,
    stdout,
    stderr: stderr.replace(/cpu [\d.]+ [\d.]+\s*$/, ''),
  };
}

async function peakUntil(end: AbortSignal, root: number): Promise<number> {
  let peakMiB = 0;
  while (!end.aborted) {
    const began = performance.now();
    peakMiB = Math.max(peakMiB, await treeMemoryMiB(root));
    const restMs = Math.max(sampleMs, restRatio * (performance.now() - began));
    await setTimeout(restMs, undefined, { signal: end }).catch(() => undefined);
  }
  return peakMiB;
}

/** Proportional set size of a process and all its descendants, in MiB. */
export async function treeMemoryMiB(root: number): Promise<number> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    const status = /^\d+$/.test(name) ? await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '') : '';
    const parent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
    if (parent) parents.set(Number(name), Number(parent));
  }
  const inTree = (id: number): boolean => id === root || (parents.has(id) && inTree(parents.get(id) ?? 0));
  let kibibytes = 0;
  for (const id of [...parents.keys()].filter(inTree)) {
    const memory = await readFile(`/proc/${id}/smaps_rollup`, 'utf8').catch(() => '');
    kibibytes += Number(/^Pss:\s+(\d+)/m.exec(memory)?.[1] ?? 0);
  }
  return kibibytes / 1024;
}
