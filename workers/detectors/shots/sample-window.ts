import { emptySample, type Sample } from './sample.js';

/** The latest frames, by their number in the film; older ones are reused, so memory does not grow with the film. */
export class SampleWindow {
  #slots: Sample[] = [];
  #first = 0;
  #next = 0;

  /** `spanMs` of frames are kept, and at least `least` of them. */
  constructor(
    readonly spanMs: number,
    readonly least: number,
  ) {}

  /** Number of the oldest frame at hand. */
  get first(): number {
    return this.#first;
  }

  /** Number that the next frame will get. */
  get next(): number {
    return this.#next;
  }

  at(number: number): Sample {
    const sample = this.#slots[number % this.#slots.length];
    if (!sample || number < this.#first || number >= this.#next) throw new RangeError(`frame ${number} is not at hand`);
    return sample;
  }

  /** Makes room for a frame at this moment and returns its slot, to be filled at once. */
  push(atMs: number): Sample {
    while (this.#next - this.#first >= this.least && this.at(this.#first).atMs < atMs - this.spanMs) this.#first++;
    if (this.#next - this.#first === this.#slots.length) this.#grow();
    const slot = this.#slots[this.#next % this.#slots.length] as Sample;
    this.#next++;
    slot.atMs = atMs;
    return slot;
  }

  /** Number of the frame at hand that is nearest in time. */
  nearest(atMs: number): number {
    let low = this.#first;
    let high = this.#next - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle).atMs < atMs) low = middle + 1;
      else high = middle;
    }
    const isBeforeNearer = low > this.#first && atMs - this.at(low - 1).atMs < this.at(low).atMs - atMs;
    return isBeforeNearer ? low - 1 : low;
  }

  #grow(): void {
    const size = Math.max(64, 2 * this.#slots.length);
    const slots = Array.from({ length: size }, (_, index) => index).map(() => undefined) as (Sample | undefined)[];
    for (let number = this.#first; number < this.#next; number++) slots[number % size] = this.at(number);
    this.#slots = slots.map((slot) => slot ?? emptySample());
  }
}
