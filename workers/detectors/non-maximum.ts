import type { PixelBox } from './pixel-box.js';

/** Shared area over joint area, 0…1. */
export function intersectionOverUnion(a: PixelBox, b: PixelBox): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (a.width * a.height + b.width * b.height - shared);
}

/** The best of each heap of boxes that lie over each other by more than `mostShared`; best score first. */
export function keepBest<Found extends { readonly box: PixelBox; readonly score: number }>(
  found: readonly Found[],
  mostShared: number,
): Found[] {
  const kept: Found[] = [];
  for (const one of found.toSorted((a, b) => b.score - a.score))
    if (kept.every((better) => intersectionOverUnion(better.box, one.box) <= mostShared)) kept.push(one);
  return kept;
}
