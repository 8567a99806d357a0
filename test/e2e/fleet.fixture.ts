/** Processes of the command line that share a home, a queue and a graph; and what they leave behind. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as passed } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const cli = fileURLToPath(new URL('../../src/app/cli.js', import.meta.url));

export interface Started {
  readonly child: ChildProcess;
  /** Everything that it wrote to standard output. */
  readonly said: () => string;
  /** Resolves when it has said so; rejects when it ends before that. */
  readonly says: (what: RegExp) => Promise<void>;
  /** Sends the signal and waits until the process is gone: its exit status and the signal that ended it. */
  readonly stop: (signal: NodeJS.Signals) => Promise<readonly [number | null, NodeJS.Signals | null]>;
}

/** A process that was started by one of the fleet's, or is one. */
export interface Survivor {
  readonly pid: number;
  readonly command: string;
}

export function openFleet(environment: Readonly<Record<string, string>>) {
  const folder = mkdtempSync(join(tmpdir(), 'fabula-fleet-'));
  const [home, films, temporary] = ['home', 'films', 'tmp'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const each of [films, temporary]) mkdirSync(each);
  const settings = {
    ...{
      FABULA_HOME: home,
      FABULA_MEDIA_ROOTS: `films=${films}`,
      FABULA_DEVICE: 'cpu',
      FABULA_LOG: 'error',
      TMPDIR: temporary,
    },
    ...environment,
  };
  const children = new Set<ChildProcess>();

  return {
    folder,
    films,
    settings,

    /** A film of so many seconds; each size, rate or length makes another. Returns its name. */
    film(size: string, { seconds = 2, rate = 10 } = {}): string {
      const name = `${size}-${rate}-${seconds}.mp4`;
      const picture = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=${rate}:d=${seconds}`];
      const sound = ['-f', 'lavfi', '-i', `sine=f=330:beep_factor=4:d=${seconds}`];
      const codec = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p'];
      execFileSync('ffmpeg', ['-v', 'error', '-nostdin', ...picture, ...sound, ...codec, join(films, name)]);
      return name;
    },

    /** Starts a command (or another program of this build), and waits until it says this. */
    async start(args: readonly string[], says: RegExp, program = cli): Promise<Started> {
      const child = spawn(process.execPath, [program, ...args], {
        env: { ...process.env, ...settings },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      children.add(child);
      let said = '';
      child.stdout?.setEncoding('utf8').on('data', (text) => {
        said += text;
      });
      const isGone = () => child.exitCode !== null || child.signalCode !== null;
      const started: Started = {
        child,
        said: () => said,
        async says(what) {
          for (; !what.test(said); await once(child.stdout as NodeJS.ReadableStream, 'data'))
            if (isGone()) throw new Error(`It ended, and never said ${what}: ${said}`);
        },
        async stop(signal) {
          if (!isGone()) {
            const ended = once(child, 'exit');
            child.kill(signal);
            await ended;
          }
          return [child.exitCode, child.signalCode];
        },
      };
      child.once('exit', () => child.stdout?.emit('data', ''));
      await started.says(says);
      return started;
    },

    /** Processes that run with the fleet's home, whoever started them: none, where there is no /proc to look into. */
    processes(): Survivor[] {
      if (process.platform !== 'linux') return [];
      return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .flatMap((pid) => {
          const isOfFleet = ofProcess(pid, 'environ').split('\0').includes(`FABULA_HOME=${home}`);
          return isOfFleet ? { pid: Number(pid), command: ofProcess(pid, 'cmdline').replaceAll('\0', ' ').trim() } : [];
        });
    },

    /** Processor time that the processes whose command line says so have used till now. */
    cpuSeconds(says: RegExp): number {
      const ticks = this.processes()
        .filter(({ command }) => says.test(command))
        .map(({ pid }) => ofProcess(String(pid), 'stat').split(') ').at(-1)?.split(' ') ?? [])
        .map((fields) => Number(fields[11] ?? 0) + Number(fields[12] ?? 0));
      return ticks.reduce((sum, each) => sum + each, 0) / 100;
    },

    /** Waits until the finding of a stage is kept. */
    async artifact(stage: string): Promise<void> {
      const kept = () =>
        existsSync(join(home, 'artifacts')) &&
        (readdirSync(join(home, 'artifacts'), { recursive: true }) as string[]).some((name) =>
          name.includes(`/${stage}-`),
        );
      while (!kept()) await passed(10);
    },

    forgetArtifacts(): void {
      rmSync(join(home, 'artifacts'), { recursive: true, force: true, maxRetries: 5 });
    },

    /** Files that were written for a while only. */
    temporaryFiles(): string[] {
      const partial = (readdirSync(home, { recursive: true }) as string[]).filter((name) => name.endsWith('.part'));
      return [...readdirSync(temporary), ...partial];
    },

    async close(): Promise<void> {
      for (const child of children) child.kill('SIGKILL');
      for (const { pid } of this.processes()) process.kill(pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export type Fleet = ReturnType<typeof openFleet>;

/** What /proc says of a process; nothing of one that is gone, or is another user's. */
function ofProcess(pid: string, what: 'environ' | 'cmdline' | 'stat'): string {
  try {
    return readFileSync(`/proc/${pid}/${what}`, 'utf8');
  } catch {
    return '';
  }
}
