/** About so many items one statement is at most: few enough that its error may be the error of all who asked. */
const most = 8;

type Values = Readonly<Record<string, unknown>>;

/** What a statement says about the item that has this place among its $items. */
interface Row {
  readonly place: number;
}

/** Runs a statement over $items that returns a row for each; the signal, if there is one, ends it. */
export type RunAbout = (cypher: string, values: Values, signal: AbortSignal | undefined) => Promise<readonly Row[]>;

/** One who asks about one item. */
interface Waiting {
  readonly item: object;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (row: Row) => void;
  readonly reject: (error: unknown) => void;
  /** Withdraws who asks; once the statement has gone out, the last to leave ends it. */
  leave: () => void;
}

interface Asked {
  readonly cypher: string;
  readonly values: Values;
  readonly waiting: Set<Waiting>;
}

/** Who leaves must not wait for `row` any more: it may come, or fail, or do neither. */
export interface Asking {
  readonly row: Promise<Row>;
  leave(): void;
}

/**
 * What is asked in one turn of the event loop, by whomever, takes one statement for all items that it is asked about with
 * the same values: of what a small one costs, here and on the server, more than half is for its being one. Nobody waits
 * for others, for it goes out when the turn ends. `signal`: that of who asks, who leaves when it aborts.
 */
export function inTurns(run: RunAbout): (cypher: string, values: Values, item: object, signal?: AbortSignal) => Asking {
  let asked = new Map<string, Asked>();
  const endTurn = () => {
    const all = asked;
    asked = new Map();
    for (const { cypher, values, waiting } of all.values()) {
      const left = [...waiting];
      while (left.length > 0) void askTogether(run, cypher, values, left.splice(0, most));
    }
  };
  return (cypher, values, item, signal) => {
    if (asked.size === 0) setImmediate(endTurn);
    const key = cypher + JSON.stringify(values);
    const { waiting } = asked.get(key) ?? newIn(asked, key, { cypher, values, waiting: new Set() });
    let leave = () => {};
    const row = new Promise<Row>((resolve, reject) => {
      const one: Waiting = { item, signal, resolve, reject, leave: () => waiting.delete(one) };
      waiting.add(one);
      leave = () => one.leave();
    });
    return { row, leave };
  };
}

function newIn<Value>(map: Map<string, Value>, key: string, value: Value): Value {
  map.set(key, value);
  return value;
}

async function askTogether(run: RunAbout, cypher: string, values: Values, waiting: readonly Waiting[]): Promise<void> {
  // To make a signal takes longer than all else here.
  const signal = waiting.length === 1 ? waiting[0]?.signal : whenAllHaveLeft(waiting);
  try {
    const items = waiting.map(({ item }, place) => ({ ...item, place }));
    const rows = new Map<number, Row>();
    for (const row of await run(cypher, { ...values, items }, signal)) rows.set(row.place, row);
    for (const [place, { resolve, reject }] of waiting.entries()) {
      const row = rows.get(place);
      if (row) resolve(row);
      else reject(new Error('The statement has no row about this item.'));
    }
  } catch (error) {
    for (const { reject } of waiting) reject(error);
  }
}

function whenAllHaveLeft(waiting: readonly Waiting[]): AbortSignal {
  const stop = new AbortController();
  let left = waiting.length;
  for (const one of waiting)
    one.leave = () => {
      if (--left === 0) stop.abort();
    };
  return stop.signal;
}
