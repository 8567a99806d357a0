import { SingleBar } from 'cli-progress';
import type { PullProgress } from '../../workers/models/pull.js';

export interface PullDisplay {
  readonly note: (progress: PullProgress) => void;
  close(): void;
}

/** A line for each of so many parts, where there is no terminal. */
const parts = 4;

/** One model's way here: a bar on a terminal, a plain line for each quarter anywhere else. */
export function showPull(stream: NodeJS.WriteStream): PullDisplay {
  return stream.isTTY ? bar(stream) : plainLines(stream);
}

function plainLines(stream: NodeJS.WritableStream): PullDisplay {
  let last = -1;
  return {
    note({ model, state, bytes, totalBytes }) {
      if (state === 'waiting') stream.write(`${model}: another process is pulling it, waiting\n`);
      else {
        const part = Math.floor((parts * bytes) / totalBytes);
        if (part > last) stream.write(`${model}: ${(100 * part) / parts} % of ${megabytes(totalBytes)}\n`);
        last = Math.max(last, part);
      }
    },
    close() {},
  };
}

function bar(stream: NodeJS.WriteStream): PullDisplay {
  let display: SingleBar | undefined;
  return {
    note({ model, state, bytes, totalBytes }) {
      if (state === 'waiting') stream.write(`${model}: another process is pulling it, waiting\n`);
      else if (display) display.update(bytes, { size: megabytes(bytes) });
      else {
        const format = `  ${model} {bar} {percentage}% {size} of ${megabytes(totalBytes)}`;
        display = new SingleBar({ stream, format, barsize: 30, hideCursor: true, gracefulExit: false });
        display.start(totalBytes, bytes, { size: megabytes(bytes) });
      }
    },
    close() {
      display?.stop();
    },
  };
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
