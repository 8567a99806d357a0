import { execFile } from 'node:child_process';

/** Memory of one GPU, whoever uses it. */
export interface GpuMemory {
  /** Its number on this machine, as `CUDA_VISIBLE_DEVICES` counts. */
  readonly gpu: string;
  readonly usedBytes: number;
  readonly totalBytes: number;
}

const mebibyte = 2 ** 20;
const answerMs = 5_000;
const question = ['--query-gpu=index,memory.used,memory.total', '--format=csv,noheader,nounits'];

/** How long an answer is given again, in milliseconds: on some machines the tool takes a second of CPU. */
const freshMs = 10_000;

/** Reads what Nvidia's own tool says of the GPUs here: none where it is not installed (asked once) or does not answer. */
export function watchGpuMemory(): () => Promise<readonly GpuMemory[]> {
  let last: { readonly at: number; readonly found: Promise<readonly GpuMemory[]> } | undefined;
  const ask = () =>
    new Promise<readonly GpuMemory[]>((resolve) => {
      execFile('nvidia-smi', question, { timeout: answerMs }, (error, stdout) => {
        if (error?.code === 'ENOENT') last = { at: Number.POSITIVE_INFINITY, found: Promise.resolve([]) };
        resolve(error ? [] : parse(stdout));
      });
    });
  return () => {
    if (!last || performance.now() - last.at > freshMs) last = { at: performance.now(), found: ask() };
    return last.found;
  };
}

/** Lines such as `0, 1234, 81559`, in MiB; a GPU that cannot tell (`[N/A]`) is left out. */
const parse = (text: string): readonly GpuMemory[] =>
  text
    .trim()
    .split('\n')
    .flatMap((line) => {
      const [gpu = '', used = '', total = ''] = line.split(',').map((part) => part.trim());
      const [usedBytes, totalBytes] = [Number(used) * mebibyte, Number(total) * mebibyte];
      return total !== '' && Number.isFinite(usedBytes) && Number.isFinite(totalBytes)
        ? [{ gpu, usedBytes, totalBytes }]
        : [];
    });
