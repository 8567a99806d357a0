import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds that each thread of a process has used since it began, to the nanosecond. Linux. */
export function cpuMsByThread(pid: number): ReadonlyMap<string, number> {
  const used = new Map<string, number>();
  for (const thread of readdirSync(`/proc/${pid}/task`))
    try {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
      used.set(thread, Number(nanoseconds) / 1e6);
    } catch {
      // A thread that has just ended.
    }
  return used;
}

/** The same, of all its threads together. */
export const cpuMsOf = (pid: number): number => [...cpuMsByThread(pid).values()].reduce((sum, ms) => sum + ms, 0);
