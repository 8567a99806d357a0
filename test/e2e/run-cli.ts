import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

export interface CliRun {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CliOptions {
  /** FABULA_HOME. */
  readonly home: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** Run as this user. */
  readonly uid?: number;
  /** Sent SIGKILL this many milliseconds after it has written `lines` lines to standard error. */
  readonly kill?: { readonly lines: number; readonly afterMs: number };
  readonly input?: string;
}

/** Runs the built command line in a process of its own. */
export function runCli(args: readonly string[], options: CliOptions): Promise<CliRun> {
  const { home, environment = {}, uid, kill, input } = options;
  const child = spawn(process.execPath, [cli, ...args], {
    // Looking for a GPU takes each process a second.
    env: { ...process.env, FABULA_DEVICE: 'cpu', FABULA_HOME: home, ...environment },
    stdio: 'pipe',
    ...(uid !== undefined && { uid, gid: uid }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
    armKill();
  });
  let timer: NodeJS.Timeout | undefined;
  function armKill(): void {
    if (kill && !timer && stderr.split('\n').length > kill.lines)
      timer = setTimeout(() => child.kill('SIGKILL'), kill.afterMs);
  }
  armKill();
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status) => {
      clearTimeout(timer);
      resolve({ status, stdout, stderr });
    });
  });
}
