import { Worker } from 'node:worker_threads';
import { FabulaError } from '../../schema/errors.js';
import { errorOf, type Failure } from './failures.js';
import type { Json } from './json.js';
import type { Role, Verbs } from './thread.js';

interface Answer {
  readonly call: number;
  readonly answer?: string;
  readonly failure?: Failure;
}

type Args<Verb> = Verb extends (...args: infer A) => unknown ? A : never;

/** What a verb's answer holds once it is parsed. */
type Parsed<Verb> = Verb extends (...args: never[]) => infer Answered
  ? Answered extends Json<infer Value>
    ? Value
    : Answered
  : never;

/** A database connection in a thread of its own, since better-sqlite3 blocks the thread that calls it. */
export class DatabaseThread<R extends Role> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (answer?: string) => void; reject: (error: Error) => void }>();
  readonly #exited: Promise<void>;
  #calls = 0;
  #isClosing = false;

  private constructor(file: string, role: R) {
    // Without execArgv, so that the thread runs whatever flags (-e, --input-type) the process was started with.
    this.#worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: { file, role }, execArgv: [] });
    this.#worker.on('message', ({ call, answer, failure }: Answer) => {
      const waiting = this.#waiting.get(call);
      this.#waiting.delete(call);
      if (failure) waiting?.reject(errorOf(failure));
      else waiting?.resolve(answer);
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

  /** How many calls it is at, or has waiting. */
  get calls(): number {
    return this.#waiting.size;
  }

  /** Asks for one verb and parses its answer. */
  async ask<V extends keyof Verbs[R] & string>(verb: V, ...args: Args<Verbs[R][V]>): Promise<Parsed<Verbs[R][V]>> {
    if (this.#isClosing) throw closed();
    const call = ++this.#calls;
    const answer = await new Promise<string | undefined>((resolve, reject) => {
      this.#waiting.set(call, { resolve, reject });
      this.#worker.postMessage({ call, verb, args });
    });
    return (answer === undefined ? undefined : JSON.parse(answer)) as Parsed<Verbs[R][V]>;
  }

  /** Lets what was asked be answered, then closes the file. */
  async close(): Promise<void> {
    if (!this.#isClosing) {
      this.#isClosing = true;
      this.#worker.postMessage('close');
    }
    await this.#exited;
  }
}

const closed = (cause?: unknown) => new FabulaError('STORE_UNAVAILABLE', 'The graph is closed.', undefined, { cause });
