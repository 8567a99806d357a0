import { readdirSync, readFileSync } from 'node:fs';

/** CPU milliseconds that a process has used since it began, all its threads, to the nanosecond. Linux. */
export function cpuMsOf(pid: number): number {
  let nanoseconds = 0;
  for (const thread of readdirSync(`/proc/${pid}/task`))
    try {
      nanoseconds += Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ')[0]);
    } catch {
      // A thread that has just ended.
    }
  return nanoseconds / 1e6;
}
