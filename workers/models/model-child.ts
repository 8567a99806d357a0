import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { tied } from '../tied.js';
import type { ExecutionProvider, ProviderFailure } from './execution-providers.js';
import type { Answer, FromChild, Request } from './messages.js';

/** How a request went: answered, or the child ended first (with its last words). */
export type Outcome = Answer | { readonly died: string };

/** One child process that runs models, from its start to its end. */
export interface ModelChild {
  readonly pid: number | undefined;
  readonly alive: boolean;
  /** Sends a request and waits; a child that stays silent for `silentMs` is killed. One request at a time. */
  ask(request: Request, silentMs: number): Promise<Outcome>;
  /** Kills it and waits until it is gone. */
  end(): Promise<void>;
}

const program = fileURLToPath(new URL('./child.js', import.meta.url));

/**
 * glibc keeps freed tensors in pieces that fit no later one, and grows with the film. In one arena, and with large ones
 * given back, the child stays flat (some 250 MiB after one minute of subtitles and after eight). Giving all back at once
 * would save 60 MiB and cost a quarter more CPU, in page faults.
 */
const frugalMalloc = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '32000000', MALLOC_TRIM_THRESHOLD_: '32000000' };

/** onnxruntime 1.30 and later tell Microsoft what they run, and leave files in the temporary folder for it, unless told not to. */
const noTelemetry = { ORT_DISABLE_TELEMETRY: '1' };

/** How much of the child's standard error is kept for its obituary, in characters. */
const lastWordsLength = 2000;

export function startModelChild(
  executionProviders: readonly ExecutionProvider[],
  onProviderFailure: (failure: ProviderFailure) => void,
  gpu?: string,
): ModelChild {
  const node = tied(process.execPath, ['--enable-source-maps']);
  const child = fork(program, [...executionProviders], {
    serialization: 'advanced',
    ...{ execPath: node.program, execArgv: node.args },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    env: { ...process.env, ...frugalMalloc, ...noTelemetry, ...(gpu !== undefined && { CUDA_VISIBLE_DEVICES: gpu }) },
  });
  let stderr = '';
  let alive = true;
  let waiting: { readonly id: number; settle(outcome: Outcome): void } | undefined;
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-lastWordsLength);
  });
  child.on('message', (message: FromChild) => {
    if ('providerFailure' in message) onProviderFailure(message.providerFailure);
    else if (message.id === waiting?.id) waiting.settle(message);
  });
  const gone = new Promise<void>((resolve) => {
    const bury = (how: string) => {
      alive = false;
      waiting?.settle({ died: [how, lastLine(stderr)].filter(Boolean).join(': ') });
      resolve();
    };
    // `close` comes after the last of stderr, `error` instead of it when the process could not be started.
    child.on('close', (status, signal) => bury(signal ? `ended by ${signal}` : `ended with status ${status}`));
    child.on('error', (error) => child.pid === undefined && bury(error.message));
  });
  return {
    pid: child.pid,
    get alive() {
      return alive && isRunning(child);
    },
    ask(request, silentMs) {
      return new Promise((resolve) => {
        const watchdog = setTimeout(() => {
          waiting?.settle({ died: `silent for ${silentMs / 1000} s` });
          child.kill('SIGKILL');
        }, silentMs);
        waiting = {
          id: request.id,
          settle(outcome) {
            clearTimeout(watchdog);
            waiting = undefined;
            resolve(outcome);
          },
        };
        // A send that fails means that the child is going; `close` tells how.
        child.send(request, () => {});
      });
    },
    end() {
      child.kill('SIGKILL');
      return gone;
    },
  };
}

const isRunning = (child: ChildProcess) => child.exitCode === null && child.signalCode === null && child.connected;

const lastLine = (text: string) => text.trim().split('\n').at(-1) ?? '';
