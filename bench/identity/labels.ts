/** Whose faces are on sampled frames of two films, as numbers (bench/labels, with how they were made). */
import { readFile } from 'node:fs/promises';
import type { Box } from '../../schema/box.js';

export interface LabelledFace {
  /** A letter of the film's own; `?` where nobody could tell. */
  readonly who: string;
  /** Forehead to chin, ear to ear, in shares of the frame. */
  readonly box: Box;
}

export interface LabelledFilm {
  readonly film: string;
  readonly sha256: string;
  readonly identities: Readonly<Record<string, string>>;
  /** Those whom the film is about. */
  readonly main: readonly string[];
  readonly frames: readonly { readonly atMs: number; readonly faces: readonly LabelledFace[] }[];
}

export const labelledFilms = ['palace-drama-90s', 'sintel-trailer-480p'] as const;

export const readLabels = async (film: string): Promise<LabelledFilm> =>
  JSON.parse(await readFile(`bench/labels/${film}.json`, 'utf8'));

/** Whether a box found lies on a labelled face: the middle of one inside the other, and of like size. */
export function isOn(found: Box, label: Box): boolean {
  const x = found.x + found.width / 2;
  const y = found.y + found.height / 2;
  const inside = x > label.x && x < label.x + label.width && y > label.y && y < label.y + label.height;
  const ratio = found.height / label.height;
  return inside && ratio > 0.4 && ratio < 2.5;
}
