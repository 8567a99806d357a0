/** Cores that do not sleep while a benchmark runs. */
import { type ChildProcess, spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';

/**
 * A virtual machine's core that has gone to sleep takes a third of a millisecond to wake, which falls on whoever waits
 * for another process, and on nobody who computes. Gives each core something to do that yields to everything else
 * (`SCHED_IDLE`); call what comes back to end it.
 */
export function keepCoresAwake(): () => void {
  const spinners = Array.from(
    { length: availableParallelism() },
    (): ChildProcess => spawn('chrt', ['--idle', '0', process.execPath, '-e', 'for (;;);'], { stdio: 'ignore' }),
  );
  const end = () => {
    for (const spinner of spinners) spinner.kill('SIGKILL');
  };
  process.once('exit', end);
  return end;
}
