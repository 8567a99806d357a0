import type { ShotLook } from '../../findings.js';
import { type PackedLook, packLook, unpackLook } from './look.js';

/** How often a film is looked at, and what change of colours (0…1) is looked at besides. */
const lookEveryMs = 500;
const changedMuch = 0.1;
const msPerLookOfShot = 2000;
const mostLooksOfShot = 8;

/** Gathers looks while a film passes, two a second and one of every new picture, until its shots are known. */
export class LookGatherer {
  readonly #looks: PackedLook[] = [];
  #nextMs = Number.NEGATIVE_INFINITY;

  /** Takes a frame's coarse picture and its colour distance from the frame before; true when it was looked at. */
  take(atMs: number, change: number, coarse: Uint8Array): boolean {
    if (atMs < this.#nextMs && change < changedMuch) return false;
    this.#looks.push(packLook(atMs, coarse));
    this.#nextMs = atMs + lookEveryMs;
    return true;
  }

  /** The looks nearest to even moments of a stretch: one for two seconds, at least one if there is any, at most eight. */
  during(startMs: number, endMs: number): ShotLook[] {
    const from = this.#firstAt(startMs);
    const inside = this.#looks.slice(from, this.#firstAt(endMs));
    const count = Math.min(
      mostLooksOfShot,
      inside.length,
      Math.max(1, Math.round((endMs - startMs) / msPerLookOfShot)),
    );
    const chosen = new Set<PackedLook>();
    for (let index = 0; index < count; index++) {
      const wantedMs = startMs + ((index + 0.5) * (endMs - startMs)) / count;
      const away = (look: PackedLook) => Math.abs(look.atMs - wantedMs);
      chosen.add(inside.reduce((best, look) => (away(look) < away(best) ? look : best)));
    }
    return [...chosen].map(unpackLook);
  }

  #firstAt(atMs: number): number {
    let low = 0;
    let high = this.#looks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#looks[middle] as PackedLook).atMs < atMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
