import { MultiBar, type SingleBar } from 'cli-progress';
import type { StageProgress } from '../../workers/run-stages.js';

export interface ProgressDisplay {
  readonly note: (progress: StageProgress) => void;
  close(): void;
}

/** A bar per stage on a terminal, a plain line per finished stage anywhere else. */
export function showProgress(title: string, stream: NodeJS.WriteStream): ProgressDisplay {
  return stream.isTTY ? bars(title, stream) : plainLines(title, stream);
}

function plainLines(title: string, stream: NodeJS.WritableStream): ProgressDisplay {
  return {
    note({ stage, state, seconds }) {
      if (state === 'done') stream.write(`${title}: ${stage} done in ${seconds.toFixed(1)} s\n`);
      else if (state === 'kept') stream.write(`${title}: ${stage} kept from before\n`);
    },
    close() {},
  };
}

function bars(title: string, stream: NodeJS.WriteStream): ProgressDisplay {
  const known = new Map<string, SingleBar>();
  let display: MultiBar | undefined;
  const open = () => {
    stream.write(`${title}\n`);
    return new MultiBar({
      stream,
      format: '  {stage} {bar} {percentage}% {note}',
      barsize: 30,
      hideCursor: true,
      gracefulExit: false,
    });
  };
  return {
    note({ stage, state, progress, seconds }) {
      display ??= open();
      const label = stage.padEnd(10);
      const note = state === 'kept' ? 'kept from before' : `${seconds.toFixed(1)} s`;
      const bar = known.get(stage) ?? display.create(1, 0, { stage: label, note });
      known.set(stage, bar);
      bar.update(progress, { stage: label, note });
    },
    close() {
      display?.stop();
      display = undefined;
    },
  };
}
