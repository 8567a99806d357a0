import { setMaxListeners } from 'node:events';
import neo4j, { type BookmarkManager, type Driver, type QueryResult, type Session } from 'neo4j-driver';
import { FabulaError } from '../../schema/errors.js';
import { asFabulaError } from './failures.js';
import { inIntegers } from './integers.js';
import { type ReadTransactions, readTransactions } from './read-transactions.js';
import { inTurns } from './turns.js';

/** How to reach a server. */
export interface Neo4jAddress {
  /** `neo4j://`, `bolt://`, and with TLS `neo4j+s://`, `bolt+s://` (`+ssc`: a certificate that nobody has signed). */
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

/** Runs one statement; each row is an object. */
export type Run = <Row>(cypher: string, parameters?: Readonly<Record<string, unknown>>) => Promise<Row[]>;

/** What a single statement, and a whole write, may take on the server, in milliseconds. */
const longestStatementMs = 30_000;
const longestWriteMs = 600_000;

/** The longest that a read in a shared transaction may have taken to be tried in one of its own when it fails. */
const longestDoubtMs = 1_000;

/** With so many rows at a time. */
const sessionOf = (mode: 'READ' | 'WRITE') => ({ defaultAccessMode: mode, fetchSize: 10_000 }) as const;

/** How long what can pass (a deadlock, a server that starts again) is tried again, in milliseconds. */
const retryReadsMs = 5_000;
const retryWritesMs = 20_000;

/** Connections at once; more sessions than that have to wait. */
const mostConnections = 100;

/** The oldest server whose Cypher we speak. */
const oldest = [5, 23] as const;

interface Pool {
  readonly driver: Driver;
  /** Absent from the community's edition: one server, whose reads see its writes by themselves; a bookmark costs every read a tenth. */
  bookmarkManager?: BookmarkManager;
  /** What ends each write that is under way. */
  readonly writing: Set<(reason: FabulaError) => void>;
  readonly askAbout: ReturnType<typeof inTurns>;
  /** Only there: in a cluster, an open transaction need not see what was written elsewhere since. */
  reads?: ReadTransactions;
  isClosed: boolean;
  /** Sessions that are at something. */
  open: number;
}

/** A pool of connections to a server or a cluster; its reads see its writes. */
export class Connection {
  readonly #pool: Pool;
  /** Of the request that all is asked for. */
  readonly #signal: AbortSignal | undefined;

  private constructor(pool: Pool, signal?: AbortSignal) {
    this.#pool = pool;
    this.#signal = signal;
  }

  /** Connects and checks who answers. STORE_UNAVAILABLE, STORE_LOGIN_FAILED, STORE_TOO_OLD. */
  static async open({ url, user, password }: Neo4jAddress): Promise<Connection> {
    const token = password === '' ? undefined : neo4j.auth.basic(user, password);
    const driver = neo4j.driver(url, token, {
      disableLosslessIntegers: true,
      maxConnectionPoolSize: mostConnections,
      connectionTimeout: 5_000,
      connectionAcquisitionTimeout: 30_000,
      maxTransactionRetryTime: retryWritesMs,
      // Nobody reads either; both cost every statement something.
      notificationFilter: { minimumSeverityLevel: 'OFF' },
      telemetryDisabled: true,
      userAgent: 'fabula',
    });
    const pool: Pool = {
      ...{ driver, writing: new Set(), isClosed: false, open: 0 },
      askAbout: inTurns((cypher, values, signal) => new Connection(pool, signal).read(cypher, values)),
    };
    const connection = new Connection(pool);
    try {
      await driver.verifyAuthentication();
      await connection.#checkServer();
      return connection;
    } catch (error) {
      await driver.close();
      throw asFabulaError(error);
    }
  }

  /** The same pool until a request is over (`store.ts`). */
  within(signal: AbortSignal): Connection {
    const either = this.#signal ? AbortSignal.any([this.#signal, signal]) : signal;
    // Each read that is under way listens: as many as a request asks at once, which is no leak.
    setMaxListeners(0, either);
    return new Connection(this.#pool, either);
  }

  /** STORE_TOO_OLD. */
  async #checkServer(): Promise<void> {
    const [found] = await this.readOnce<{ version: string; edition: string }>(
      `CALL dbms.components() YIELD name, versions, edition WHERE name STARTS WITH 'Neo4j'
       RETURN versions[0] AS version, edition`,
    );
    // Only other editions have clusters.
    if (found?.edition !== 'community') this.#pool.bookmarkManager = neo4j.bookmarkManager();
    else this.#pool.reads = readTransactions(() => this.#pool.driver.session(sessionOf('READ')), longestStatementMs);
    const [major = 0, minor = 0] = (found?.version ?? '').split('.').map((part) => Number.parseInt(part, 10));
    if (major > oldest[0] || (major === oldest[0] && minor >= oldest[1])) return;
    throw new FabulaError(
      'STORE_TOO_OLD',
      `The server is Neo4j ${found?.version ?? 'of an unknown version'}; Fabula needs ${oldest.join('.')} or newer.`,
      'Update the server; the image neo4j:5 will do.',
    );
  }

  /**
   * Answers one statement. Outside a managed transaction, which would cost a trip to the server for each, but tried again
   * like one: a statement that only reads can be.
   */
  read<Row>(cypher: string, parameters?: Readonly<Record<string, unknown>>): Promise<Row[]> {
    return this.#again(retryReadsMs, () => this.#readShared(cypher, parameters));
  }

  /** The same, for answers that may be megabytes: in a transaction of its own, so that nothing keeps them after it. */
  readLarge<Row>(cypher: string, parameters?: Readonly<Record<string, unknown>>): Promise<Row[]> {
    return this.#again(retryReadsMs, () => this.readOnce(cypher, parameters));
  }

  /** In a transaction that is open already (read-transactions.ts), where there are such; else alone. */
  async #readShared<Row>(cypher: string, parameters = {}): Promise<Row[]> {
    const { reads, isClosed } = this.#pool;
    this.#signal?.throwIfAborted();
    const reading = isClosed ? undefined : withoutStack(() => reads?.read(cypher, inIntegers(parameters)));
    if (!reading) return this.readOnce(cypher, parameters);
    const { result, isShared, abandon } = reading;
    const startedMs = Date.now();
    this.#pool.open++;
    try {
      return rowsOf(await (this.#signal ? unlessAborted(result, this.#signal, abandon) : result));
    } catch (error) {
      if (this.#signal?.aborted) throw this.#signal.reason;
      // What fails at once may fail for its transaction's sake, which had to end.
      if (isShared && Date.now() - startedMs < longestDoubtMs) return this.readOnce(cypher, parameters);
      throw this.#asFabulaError(error);
    } finally {
      this.#pool.open--;
    }
  }

  /**
   * The row of one item, from a statement over $items that returns one for each, with its `place`: asked together with
   * all that is asked alike in this turn of the event loop (turns.ts).
   */
  async readAbout<Row>(item: object, cypher: string, values: Readonly<Record<string, unknown>>): Promise<Row> {
    this.#signal?.throwIfAborted();
    const { row, leave } = this.#pool.askAbout(cypher, values, item, this.#signal);
    const reading = row as Promise<Row>;
    return this.#signal ? unlessAborted(reading, this.#signal, leave) : reading;
  }

  /** Answers one statement in a transaction of its own, tried once. */
  readOnce<Row>(cypher: string, parameters?: Readonly<Record<string, unknown>>): Promise<Row[]> {
    return this.#runOnce('READ', cypher, parameters);
  }

  /**
   * Writes what one statement writes, likewise outside a managed transaction. It must be one that may run twice: whether
   * it was carried out is not known when the server is lost before it has answered.
   */
  writeAlone<Row>(cypher: string, parameters?: Readonly<Record<string, unknown>>): Promise<Row[]> {
    return this.#again(retryWritesMs, () => this.#runOnce('WRITE', cypher, parameters));
  }

  /** Once more after what can pass, for so long at most. */
  async #again<Answer>(forMs: number, run: () => Promise<Answer>): Promise<Answer> {
    const until = Date.now() + forMs;
    for (let pauseMs = 50; ; pauseMs *= 2)
      try {
        return await run();
      } catch (error) {
        const cause = error instanceof FabulaError ? error.cause : error;
        const isOver = this.#signal?.aborted || this.#pool.isClosed;
        if (isOver || !neo4j.isRetryableError(cause) || Date.now() + pauseMs > until) throw error;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
  }

  #runOnce<Row>(mode: 'READ' | 'WRITE', cypher: string, parameters = {}): Promise<Row[]> {
    return this.#inSession(mode, async (session) =>
      rowsOf(await withoutStack(() => session.run(cypher, inIntegers(parameters), { timeout: longestStatementMs }))),
    );
  }

  /** Does all of the work in one transaction, or nothing; after what can pass, all of it again, until it is closed. */
  write<Answer>(work: (run: Run) => Promise<Answer>): Promise<Answer> {
    return this.#inSession('WRITE', (session) =>
      this.#unlessClosed(
        session.executeWrite(
          (transaction) =>
            work(async (cypher, parameters = {}) => rowsOf(await transaction.run(cypher, inIntegers(parameters)))),
          { timeout: longestWriteMs },
        ),
      ),
    );
  }

  /** A closed driver goes on trying, with nobody there to answer; it stops when the session is closed. */
  async #unlessClosed<Answer>(writing: Promise<Answer>): Promise<Answer> {
    let refuse = (_reason: FabulaError) => {};
    const refused = new Promise<never>((_resolve, reject) => {
      refuse = reject;
    });
    this.#pool.writing.add(refuse);
    return Promise.race([writing, refused]).finally(() => this.#pool.writing.delete(refuse));
  }

  /** A statement that must stand outside other transactions, such as one on the schema. */
  async runAlone(cypher: string): Promise<void> {
    await this.#inSession('WRITE', (session) => session.run(cypher, {}, { timeout: longestWriteMs }));
  }

  /** How many are open now. */
  get sessions(): { readonly calls: number; readonly atOnce: number } {
    return { calls: this.#pool.open, atOnce: mostConnections };
  }

  async #inSession<Answer>(mode: 'READ' | 'WRITE', work: (session: Session) => Promise<Answer>): Promise<Answer> {
    const { driver, bookmarkManager, isClosed } = this.#pool;
    this.#signal?.throwIfAborted();
    if (isClosed) throw closed();
    const session = driver.session({ ...sessionOf(mode), ...(bookmarkManager && { bookmarkManager }) });
    this.#pool.open++;
    const working = this.#worked(session, work);
    if (!this.#signal) return working;
    // To close a session ends what it has running on the server; a write is left to end whole, unheard.
    return unlessAborted(working, this.#signal, () => mode === 'READ' && void session.close().catch(() => {}));
  }

  async #worked<Answer>(session: Session, work: (session: Session) => Promise<Answer>): Promise<Answer> {
    try {
      return await work(session);
    } catch (error) {
      throw this.#asFabulaError(error);
    } finally {
      // Goes on beside the answer. What a dead server says to that says nothing that its error has not said.
      session
        .close()
        .catch(() => {})
        .finally(() => this.#pool.open--);
    }
  }

  /** After it was closed, whatever else went wrong did so for that. */
  #asFabulaError(error: unknown): unknown {
    return this.#pool.isClosed && !(error instanceof FabulaError) ? closed(error) : asFabulaError(error);
  }

  async close(): Promise<void> {
    this.#pool.isClosed = true;
    for (const refuse of this.#pool.writing) refuse(closed());
    this.#pool.reads?.close();
    await this.#pool.driver.close();
  }
}

/** Each row as an object. */
const rowsOf = <Row>({ records }: QueryResult): Row[] => records.map((record) => record.toObject() as Row);

/** The promise's outcome, or the signal's reason as soon as it fires. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal, onAbort: () => void): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = () => {
      reject(signal.reason);
      onAbort();
    };
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

/** The driver notes the stack of every statement, a sixth of what one costs here, in case it fails. */
function withoutStack<Value>(start: () => Value): Value {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return start();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

const closed = (cause?: unknown) => new FabulaError('STORE_UNAVAILABLE', 'The graph is closed.', undefined, { cause });
