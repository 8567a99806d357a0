/** Packets of items to be looked at by people (SkyScript-100M §3.5): a sample that stands for all of them. Pure. */
import type { NodeKind } from '../../../schema/enums.js';
import { FabulaError } from '../../../schema/errors.js';
import { seededRandom } from '../seeded-random.js';
import type { CalibrationItem } from './calibration-item.js';

/** Items in a packet; fewer only where there are no more. */
export const packetSizes = { least: 200, most: 500, usual: 300 } as const;

export interface CalibrationPacket {
  readonly seed: number;
  /** How many items there are in all. */
  readonly population: number;
  /** By noun and field: how many there are, and how many of them are in the packet. */
  readonly strata: readonly {
    readonly kind: NodeKind;
    readonly field: string;
    readonly population: number;
    readonly sampled: number;
  }[];
  /** In order of episode and time. */
  readonly items: readonly CalibrationItem[];
}

/**
 * Draws a packet: from each field as many items as its share of all, one at least, spread evenly over time. The same
 * seed draws the same items, in whatever order they come. INVALID_INPUT for another size than 200–500.
 */
export function samplePacket(all: readonly CalibrationItem[], size: number, seed: number): CalibrationPacket {
  if (!Number.isInteger(size) || size < packetSizes.least || size > packetSizes.most)
    throw new FabulaError('INVALID_INPUT', `A packet holds ${packetSizes.least} to ${packetSizes.most} items.`);
  const byField = new Map<string, CalibrationItem[]>();
  for (const item of all.toSorted(inOrder)) {
    const key = `${item.kind}.${item.field}`;
    const same = byField.get(key);
    if (same) same.push(item);
    else byField.set(key, [item]);
  }
  const fields = [...byField].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, items]) => items);
  const counts = allocate(
    fields.map((items) => items.length),
    Math.min(size, all.length),
  );
  const random = seededRandom(seed);
  const drawn = fields.map((items, n) => drawEvenly(items, counts[n] ?? 0, random()));
  return {
    ...{ seed, population: all.length },
    strata: fields.flatMap(([first, ...others], n) =>
      first
        ? [{ kind: first.kind, field: first.field, population: others.length + 1, sampled: drawn[n]?.length ?? 0 }]
        : [],
    ),
    items: drawn.flat().sort(inOrder),
  };
}

/** Shares of `size` by largest remainder, one at least each as long as there are enough; no more than there are. */
function allocate(populations: readonly number[], size: number): number[] {
  const total = populations.reduce((sum, count) => sum + count, 0);
  const exact = populations.map((count) => (count * size) / Math.max(1, total));
  const counts = exact.map((share) => Math.floor(share));
  const given = () => counts.reduce((sum, count) => sum + count, 0);
  const hungriest = exact
    .map((share, n) => [share - Math.floor(share), n] as const)
    .sort(([a, n], [b, m]) => b - a || n - m);
  for (const [, n] of hungriest) if (given() < size) counts[n] = (counts[n] ?? 0) + 1;
  if (populations.length > size) return counts;
  for (const [n, count] of counts.entries())
    if (count === 0) {
      const richest = counts.indexOf(Math.max(...counts));
      counts[n] = 1;
      counts[richest] = (counts[richest] ?? 0) - 1;
    }
  return counts;
}

/** Every nth item from a random start on (systematic sampling). */
const drawEvenly = <Item>(items: readonly Item[], count: number, start: number): Item[] =>
  Array.from({ length: count }, (_, n) => items[Math.floor(((n + start) * items.length) / count)] as Item);

function inOrder(one: CalibrationItem, other: CalibrationItem): number {
  if (one.episodeId !== other.episodeId) return one.episodeId < other.episodeId ? -1 : 1;
  const [mine, yours] = [one.startMs ?? -1, other.startMs ?? -1];
  if (mine !== yours) return mine - yours;
  if (one.nodeId !== other.nodeId) return one.nodeId < other.nodeId ? -1 : 1;
  return one.field < other.field ? -1 : one.field > other.field ? 1 : 0;
}
