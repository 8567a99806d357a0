import { worthOf } from './honesty.js';
import type { KeyframeSlot } from './keyframe-slots.js';
import type { PictureMeasures } from './picture-measures.js';

/** A frame that won its slot, its pixels still raw. */
export interface ChosenFrame {
  readonly slot: KeyframeSlot;
  readonly atMs: number;
  readonly measures: PictureMeasures;
  /** Textured share of the shot's fullest candidate so far. */
  readonly shotTextured: number;
  readonly pixels: Buffer;
}

/** Keeps the best frame of the slot that is passing; frames come in order of time. Memory: one frame. */
export class SlotWatch {
  readonly #slots: readonly KeyframeSlot[];
  #current = 0;
  #best: Omit<ChosenFrame, 'shotTextured'> | undefined;
  #shotTextured = 0;
  /** Slots that passed without a candidate. */
  readonly missed: KeyframeSlot[] = [];

  constructor(slots: readonly KeyframeSlot[]) {
    this.#slots = slots;
  }

  /** The winners of all slots that end at or before a moment. */
  *passedBefore(atMs: number): Generator<ChosenFrame> {
    for (let slot = this.#slots[this.#current]; slot && slot.endMs <= atMs; slot = this.#slots[this.#current]) {
      if (this.#best) yield { ...this.#best, shotTextured: this.#shotTextured };
      else this.missed.push(slot);
      this.#best = undefined;
      this.#current++;
      if (this.#slots[this.#current]?.shotStartMs !== slot.shotStartMs) this.#shotTextured = 0;
    }
  }

  /** Whether a frame at this moment is a candidate of the current slot. */
  isWanted(atMs: number): boolean {
    const slot = this.#slots[this.#current];
    return slot !== undefined && atMs >= slot.fromMs && atMs < slot.toMs;
  }

  /** Offers a candidate; the pixels are copied if it leads. */
  take(atMs: number, measures: PictureMeasures, pixels: Buffer): void {
    const slot = this.#slots[this.#current];
    if (!slot) return;
    this.#shotTextured = Math.max(this.#shotTextured, measures.textured);
    if (this.#best && worthOf(this.#best.measures) >= worthOf(measures)) return;
    this.#best = { slot, atMs, measures, pixels: Buffer.from(pixels) };
  }
}
