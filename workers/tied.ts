/** Programs that must not outlive this process, however it ends. */
import { existsSync } from 'node:fs';

/** util-linux's; other systems than Linux have no signal for a parent's death. */
const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find(existsSync);

/**
 * The same command, killed by the kernel when this process dies, be it by SIGKILL, and even where the program is stopped
 * or hangs. Elsewhere than on Linux it has to notice by itself: a pipe that is closed, a channel that is gone.
 */
export const tied = (program: string, args: readonly string[]): { program: string; args: string[] } =>
  setpriv === undefined
    ? { program, args: [...args] }
    : { program: setpriv, args: ['--pdeathsig', 'KILL', '--', program, ...args] };
