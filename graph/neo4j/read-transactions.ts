import { randomUUID } from 'node:crypto';
import type { Session, Transaction } from 'neo4j-driver';

/**
 * How long one is given statements, and how long it stays open with none, in milliseconds. Short: until it ends, whoever
 * changes the schema waits for it.
 */
const givenMs = 1_000;
const idleMs = 100;

/** No more at once, so that connections remain for everybody else. */
const most = 50;

interface ReadTransaction {
  readonly name: string;
  readonly session: Session;
  readonly transaction: Transaction;
  readonly begunMs: number;
  usedMs: number;
}

export type Result = Awaited<ReturnType<Transaction['run']>>;

/** A statement that goes to such a transaction. */
export interface SharedRead {
  readonly result: Promise<Result>;
  /** Whether others were given to the transaction before: what went wrong may be for its sake. */
  readonly isShared: boolean;
  /** Ends it on the server, while it runs. */
  abandon(): void;
}

export interface ReadTransactions {
  /** Reads in one of them; undefined where all are taken. */
  read(cypher: string, parameters: Readonly<Record<string, unknown>>): SharedRead | undefined;
  close(): Promise<void>;
}

/**
 * Transactions that stay open for a moment, for what is read next: to begin one and to end it takes a fifth of what a
 * small read does. Neo4j reads what is committed, without a snapshot, so a statement sees the same in one of them as in
 * one of its own. One statement at a time; after a failure, none.
 *
 * @param open a session to read in
 * @param timeoutMs what a statement may take
 * @param end ends the transaction whose metadata has this name, on the server
 */
export function readTransactions(
  open: () => Session,
  timeoutMs: number,
  end: (name: string) => Promise<unknown>,
): ReadTransactions {
  const idle: ReadTransaction[] = [];
  let [count, isClosed] = [0, false];
  let sweeping: NodeJS.Timeout | undefined;

  const begin = (): ReadTransaction => {
    const [name, session] = [randomUUID(), open()];
    count++;
    // Not waited for: it goes out together with the first statement, which fails if it does.
    const transaction = session.beginTransaction({ timeout: timeoutMs + givenMs, metadata: { fabulaReads: name } });
    return { name, session, transaction, begunMs: Date.now(), usedMs: 0 };
  };
  const close = ({ session }: ReadTransaction): Promise<void> => {
    count--;
    // What a dead server says to that says nothing new.
    return session.close().catch(() => {});
  };
  const isOld = ({ begunMs }: ReadTransaction, now: number) => Math.abs(now - begunMs) > givenMs;
  const sweep = () => {
    const now = Date.now();
    for (const one of idle.splice(0)) {
      if (isOld(one, now) || now - one.usedMs >= idleMs) void close(one);
      else idle.push(one);
    }
    sweeping = idle.length > 0 ? setTimeout(sweep, idleMs).unref() : undefined;
  };
  const giveBack = (one: ReadTransaction) => {
    one.usedMs = Date.now();
    if (isClosed || isOld(one, one.usedMs)) return void close(one);
    idle.push(one);
    sweeping ??= setTimeout(sweep, idleMs).unref();
  };
  const take = (): ReadTransaction | undefined => {
    const last = idle.pop();
    if (last && !isOld(last, Date.now())) return last;
    if (last) void close(last);
    return count < most ? begin() : undefined;
  };

  return {
    read(cypher, parameters) {
      const taken = take();
      if (!taken) return undefined;
      let isAbandoned = false;
      const run = async () => {
        try {
          const result = await taken.transaction.run(cypher, parameters);
          if (isAbandoned) void close(taken);
          else giveBack(taken);
          return result;
        } catch (error) {
          void close(taken);
          throw error;
        }
      };
      return {
        isShared: taken.usedMs > 0,
        result: run(),
        abandon() {
          isAbandoned = true;
          end(taken.name).catch(() => {});
        },
      };
    },
    async close() {
      isClosed = true;
      clearTimeout(sweeping);
      await Promise.all(idle.splice(0).map(close));
    },
  };
}
