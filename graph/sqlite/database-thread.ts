import { Worker } from 'node:worker_threads';
import { FabulaError } from '../../schema/errors.js';
import { errorOf } from './failures.js';
import type { Json } from './json.js';
import { callSlots } from './stopping.js';
import type { Answer, Call, Role, Verbs } from './thread.js';

type Args<Verb> = Verb extends (...args: infer A) => unknown ? A : never;

/** What a verb's answer holds once it is parsed. */
type Parsed<Verb> = Verb extends (...args: never[]) => infer Answered
  ? Answered extends Json<infer Value>
    ? Value
    : Answered
  : never;

/** Whoever can ask a thread; `within` a request, until it is over (`store.ts`). */
export interface Asking<R extends Role> {
  /** How many calls the thread is at, or has waiting. */
  calls(): number;
  /** Asks for one verb and parses its answer. */
  ask<V extends keyof Verbs[R] & string>(verb: V, ...args: Args<Verbs[R][V]>): Promise<Parsed<Verbs[R][V]>>;
  within(signal: AbortSignal): Asking<R>;
  /** Lets what was asked be answered, then closes the file. */
  close(): Promise<void>;
}

/** A database connection in a thread of its own, since better-sqlite3 blocks the thread that calls it. */
export class DatabaseThread<R extends Role> implements Asking<R> {
  readonly #worker: Worker;
  readonly #stopped = callSlots();
  readonly #waiting = new Map<number, { resolve: (answer?: string) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<void>;
  #calls = 0;
  #unsent: Call[] = [];
  #isClosing = false;

  private constructor(file: string, role: R) {
    // Without execArgv, so that the thread runs whatever flags (-e, --input-type) the process was started with.
    this.#worker = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: { file, role, stopped: this.#stopped.memory },
      execArgv: [],
    });
    this.#worker.on('message', (answers: readonly Answer[]) => {
      for (const { call, answer, failure } of answers) {
        const waiting = this.#waiting.get(call);
        this.#waiting.delete(call);
        if (failure) waiting?.reject(errorOf(failure));
        else waiting?.resolve(answer as string | undefined);
      }
    });
    let cause: unknown;
    this.#worker.on('error', (error) => {
      cause = error;
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on('exit', () => {
        this.#isClosing = true;
        for (const { reject } of this.#waiting.values()) reject(closed(cause));
        this.#waiting.clear();
        resolve();
      });
    });
  }

  /** Opens the file; rejects with what `openDatabase` throws. */
  static async open<R extends Role>(file: string, role: R): Promise<DatabaseThread<R>> {
    const thread = new DatabaseThread(file, role);
    await new Promise((resolve, reject) => thread.#waiting.set(0, { resolve, reject }));
    return thread;
  }

  calls(): number {
    return this.#waiting.size;
  }

  ask<V extends keyof Verbs[R] & string>(verb: V, ...args: Args<Verbs[R][V]>): Promise<Parsed<Verbs[R][V]>> {
    return this.#ask(verb, args);
  }

  async #ask<V extends keyof Verbs[R] & string>(
    verb: V,
    args: Args<Verbs[R][V]>,
    open?: Set<number>,
  ): Promise<Parsed<Verbs[R][V]>> {
    if (this.#isClosing) throw closed();
    const call = ++this.#calls;
    open?.add(call);
    const answer = await new Promise<string | undefined>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      if (this.#unsent.push({ call, verb, args }) === 1) setImmediate(() => this.#send());
    }).finally(() => open?.delete(call));
    return (answer === undefined ? undefined : JSON.parse(answer)) as Parsed<Verbs[R][V]>;
  }

  /** All that was asked in this turn of the event loop, in one message: that costs as much as reading a few rows. */
  #send(): void {
    const calls = this.#unsent;
    this.#unsent = [];
    try {
      if (calls.length > 0) this.#worker.postMessage(calls);
    } catch {
      // One of them holds what no message can.
      for (const call of calls) this.#sendAlone(call);
    }
  }

  #sendAlone(call: Call): void {
    try {
      this.#worker.postMessage([call]);
    } catch (error) {
      this.#waiting.get(call.call)?.reject(error as Error);
      this.#waiting.delete(call.call);
    }
  }

  within(signal: AbortSignal): Asking<R> {
    const open = new Set<number>();
    const stop = () => {
      for (const call of open) {
        this.#stopped.stop(call);
        this.#waiting.get(call)?.reject(signal.reason);
        this.#waiting.delete(call);
      }
    };
    signal.addEventListener('abort', stop, { once: true });
    return {
      calls: () => this.calls(),
      ask: async (verb, ...args) => {
        signal.throwIfAborted();
        return this.#ask(verb, args, open);
      },
      within: (other) => this.within(AbortSignal.any([signal, other])),
      close: () => this.close(),
    };
  }

  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#send();
      this.#worker.postMessage('close');
    }
    await this.#exited;
  }
}

const closed = (cause?: unknown) => new FabulaError('STORE_UNAVAILABLE', 'The graph is closed.', undefined, { cause });
