import type { Session, Transaction } from 'neo4j-driver';

/**
 * How long one is given statements, and how long it may be without, in milliseconds: until it ends, whoever changes the
 * schema waits for it.
 */
const givenMs = 1_000;
const idleMs = 100;

/** Most statements that one is given: the driver keeps what they gave until it ends. */
const mostGiven = 50;

/** No more at once: each has a thread of the server to itself. */
const mostOpen = 20;

interface ReadTransaction {
  readonly session: Session;
  readonly transaction: Transaction;
  readonly begunMs: number;
  usedMs: number;
  given: number;
  isOver: boolean;
}

/** A statement that goes to such a transaction. */
export interface SharedRead {
  readonly result: ReturnType<Transaction['run']>;
  /** Whether others were given to the transaction before: what goes wrong may do so for its sake. */
  readonly isShared: boolean;
  /** Ends the statement on the server, if it still runs there, and what has not gone out yet. */
  abandon(): void;
}

export interface ReadTransactions {
  /** Reads in one of them, with parameters as the driver takes them; undefined where all are taken. */
  read(cypher: string, parameters: unknown): SharedRead | undefined;
  close(): void;
}

/**
 * Transactions that stay open for a moment, for what is read next: to begin one and to end it takes a fifth of what a
 * small read does. Neo4j reads what is committed, without a snapshot, so a statement sees the same in one of them as in
 * one of its own. One statement at a time; after a failure, none. ADR 25.
 *
 * @param open a session to read in
 * @param timeoutMs what a statement may take
 */
export function readTransactions(open: () => Session, timeoutMs: number): ReadTransactions {
  const idle: ReadTransaction[] = [];
  let [count, isClosed] = [0, false];
  let sweeping: NodeJS.Timeout | undefined;

  const begin = (): ReadTransaction => {
    const session = open();
    count++;
    // Not waited for: if it fails, so does the first statement, which follows it at once.
    const transaction = session.beginTransaction({ timeout: timeoutMs + givenMs, metadata: { fabula: 'reads' } });
    return { session, transaction, begunMs: Date.now(), usedMs: 0, given: 0, isOver: false };
  };
  const end = (one: ReadTransaction): void => {
    if (one.isOver) return;
    one.isOver = true;
    count--;
    // With a RESET, which ends what runs there. What a dead server says to that says nothing new.
    one.session.close().catch(() => {});
  };
  const isUsedUp = ({ begunMs, given }: ReadTransaction, now: number) =>
    isClosed || given >= mostGiven || Math.abs(now - begunMs) > givenMs;
  const sweep = () => {
    const now = Date.now();
    for (const one of idle.splice(0)) {
      if (isUsedUp(one, now) || now - one.usedMs >= idleMs) end(one);
      else idle.push(one);
    }
    sweeping = idle.length > 0 ? setTimeout(sweep, idleMs).unref() : undefined;
  };
  const giveBack = (one: ReadTransaction) => {
    one.usedMs = Date.now();
    if (one.isOver || isUsedUp(one, one.usedMs)) return end(one);
    idle.push(one);
    sweeping ??= setTimeout(sweep, idleMs).unref();
  };
  const take = (): ReadTransaction | undefined => {
    const last = idle.pop();
    if (last && !isUsedUp(last, Date.now())) return last;
    if (last) end(last);
    return count < mostOpen ? begin() : undefined;
  };

  return {
    read(cypher, parameters) {
      const taken = take();
      if (!taken) return undefined;
      const isShared = taken.given++ > 0;
      const result = taken.transaction.run(cypher, parameters);
      let isDone = false;
      result.then(
        () => {
          isDone = true;
          giveBack(taken);
        },
        () => end(taken),
      );
      return {
        isShared,
        result,
        abandon() {
          // Done, it may be somebody else's by now.
          if (!isDone) end(taken);
        },
      };
    },
    close() {
      isClosed = true;
      clearTimeout(sweeping);
      for (const one of idle.splice(0)) end(one);
    },
  };
}
