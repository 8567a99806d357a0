interface Closable {
  close(): Promise<void>;
}

/** Holds what a command opens, one after the other: what was opened last is closed first. */
export class Keeper implements Closable {
  readonly #opened: Closable[] = [];

  keep<Opened extends Closable>(one: Opened): Opened {
    this.#opened.unshift(one);
    return one;
  }

  async close(): Promise<void> {
    for (const each of this.#opened) await each.close();
  }
}
