/** What pseudonyms are drawn by: the same bytes for the same words under the same key, and not to be had without it. */
export type KeyedDraw = (words: string) => Uint8Array;

/** Reads one draw's bytes as a row of choices; 32 bytes are enough for twelve of them. */
export class Choices {
  #at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  /** 0 … below (≤ 65,536), as good as evenly. */
  below(below: number): number {
    const [high = 0, low = 0] = [this.bytes[this.#at], this.bytes[this.#at + 1]];
    this.#at += 2;
    return (high * 256 + low) % below;
  }

  of<Thing>(things: readonly [Thing, ...Thing[]]): Thing {
    return things[this.below(things.length)] ?? things[0];
  }
}

/** So many bytes as hexadecimal digits. */
export const hexOf = (bytes: Uint8Array, count: number): string =>
  [...bytes.subarray(0, count)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
