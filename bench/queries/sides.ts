/**
 * The sides of the comparison, each in a process of its own, as each is in production: in one process, what one of them
 * leaves behind is collected while another is timed, and code that both run is compiled for both.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Request } from './questions.js';
import type { SideAddress } from './side.js';

/** What is sent to a side. */
export type Order =
  | { readonly do: 'answer'; readonly request: Request }
  | { readonly do: 'time'; readonly requests: readonly Request[] };

/** What a side sends back: once when it is open, then once an order. */
export interface Report {
  readonly data?: unknown;
  readonly times?: readonly number[];
  readonly error?: string;
}

export interface Side {
  /** Asks, and gives the data; throws where there is an error. */
  answer(request: Request): Promise<never>;
  /** Milliseconds that each request took, asked one after another; throws where there is an error. */
  time(requests: readonly Request[]): Promise<readonly number[]>;
  close(): Promise<void>;
}

export async function startSide(address: SideAddress): Promise<Side> {
  const file = fileURLToPath(new URL('side-process.js', import.meta.url));
  const child = fork(file, [JSON.stringify(address)], { serialization: 'advanced' });
  const ended = once(child, 'exit').then(([code]): never => {
    throw new Error(`${address.kind} ended with ${code}.`);
  });
  ended.catch(() => {});
  const reported = async (): Promise<Report> => {
    const [report] = (await Promise.race([once(child, 'message'), ended])) as [Report];
    if (report.error !== undefined) throw new Error(`${address.kind}: ${report.error}`);
    return report;
  };
  const ordered = (order: Order) => {
    const report = reported();
    child.send(order);
    return report;
  };
  await reported();
  return {
    answer: async (request) => (await ordered({ do: 'answer', request })).data as never,
    time: async (requests) => (await ordered({ do: 'time', requests })).times ?? [],
    async close() {
      child.disconnect();
      await ended.catch(() => {});
    },
  };
}
