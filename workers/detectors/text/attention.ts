/** How often to look where: rows in which subtitles are expected always, the others when time has passed. */
import type { Stripe } from './fresh-text.js';

interface Zone {
  /** Subtitles are expected here. */
  active: boolean;
  waitMs: number;
  lookedMs: number;
  /** Looks in a row that found no new line. */
  fruitless: number;
}

const zoneCount = 10;
/** First and longest wait between two fruitless looks. */
const waits = { active: [140, 560], passive: [420, 2000] } as const;
/** After so many fruitless looks what stands there counts as background. */
const looksBeforeKnown = 3;

/** The rows of a picture as zones from top to bottom, each with its own patience. */
export class Attention {
  readonly #zones: Zone[];
  readonly #height: number;

  /** Before anything is known, the lower part of a wide picture is active, and more of an upright one. */
  constructor(width: number, height: number) {
    this.#height = height;
    const activeFrom = height > width ? 0.45 : 0.6;
    this.#zones = Array.from({ length: zoneCount }, (_, index) => {
      const active = (index + 1) / zoneCount > activeFrom;
      return { active, waitMs: firstWait(active), lookedMs: Number.NEGATIVE_INFINITY, fruitless: 0 };
    });
  }

  isDue(stripe: Stripe, atMs: number): boolean {
    return this.#of(stripe).some((zone) => atMs - zone.lookedMs >= zone.waitMs);
  }

  /** Notes a look at the stripe; true when what stands there should now count as known. */
  looked(stripe: Stripe, atMs: number, foundLine: boolean): boolean {
    let known = foundLine;
    for (const zone of this.#of(stripe)) {
      zone.lookedMs = atMs;
      zone.fruitless = foundLine ? 0 : zone.fruitless + 1;
      const [first, longest] = zone.active ? waits.active : waits.passive;
      zone.waitMs = foundLine ? first : Math.min(longest, zone.waitMs * 2);
      known ||= zone.fruitless % looksBeforeKnown === 0;
    }
    return known;
  }

  /** Subtitles have been seen in these rows. */
  expect(stripe: Stripe): void {
    for (const zone of this.#of(stripe))
      if (!zone.active) Object.assign(zone, { active: true, waitMs: firstWait(true) } satisfies Partial<Zone>);
  }

  #of({ top, bottom }: Stripe): Zone[] {
    const at = (y: number) => Math.floor((y / this.#height) * zoneCount);
    return this.#zones.slice(Math.max(0, at(top)), at(bottom - 1) + 1);
  }
}

const firstWait = (active: boolean) => (active ? waits.active : waits.passive)[0];
