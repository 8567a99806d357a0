/** How alike two shots look, from their looks. */
import type { FoundShot, ShotLook } from '../findings.js';

/** A grid whose every cell is darker than this shows nothing: a fade's end, black leader. */
const blackLuma = 32;
/** Rows and columns at the frame's edge that never get brighter than this hold bars, or mostly so. */
const barLuma = 80;
/** Mean difference of luma at which likeness falls to 1/e. */
const lumaScale = 40;
const columns = 8;
const rows = 6;
/** Bin of the histogram that holds black: darkest luma, neutral chroma. */
const blackBin = 10;

/** So alike in colours are different setups of one place (.4….95, median .75, on a real scene); more says no more. */
const samePlace = 0.8;

/** Likeness, 0…1, of the shots with these two indices; 1 for a shot and itself, 0 where nothing can be seen. */
export type Likeness = (a: number, b: number) => number;

export interface ShotComparison {
  /** Whether a shot shows anything; one that is black all through does not. */
  readonly isVisible: (shot: number) => boolean;
  /** Alike in colours, as shots of one place under one light: histogram intersection (Swain & Ballard 1991), 1 from .8. */
  readonly colours: Likeness;
  /** Alike in colours and in where the light lies, as shots of one camera setup are: × exp(−mean |Δ luma| / 40). */
  readonly setup: Likeness;
}

/**
 * Compares the shots of one film, each pair by those two of their looks that agree most (as Rasheed & Shah 2005 compare
 * key frames). Black bars are left out.
 */
export function compareShots(shots: readonly FoundShot[]): ShotComparison {
  const visible = shots.map((shot, index) =>
    clearLooks(shot, shots[index + 1]).filter(({ layout }) => layout.some((luma) => luma >= blackLuma)),
  );
  const bars = findBars(visible.flat());
  const looks = visible.map((some) => some.map((look) => withoutBars(look, bars)));
  const best = (likeness: (a: Picture, b: Picture) => number) =>
    remembered(shots.length, (a, b) => {
      let most = 0;
      for (const x of looks[a] ?? []) for (const y of looks[b] ?? []) most = Math.max(most, likeness(x, y));
      return most;
    });
  return {
    isVisible: (shot) => (looks[shot]?.length ?? 0) > 0,
    colours: best((a, b) => Math.min(1, intersection(a, b) / samePlace)),
    setup: best((a, b) => intersection(a, b) * Math.exp(-lumaDifference(a, b) / lumaScale)),
  };
}

/** The looks outside the transitions into and out of a shot, where there are any. */
function clearLooks(shot: FoundShot, next: FoundShot | undefined): readonly ShotLook[] {
  const ranges = [shot.transitionRange, next?.transitionRange].filter((range) => range !== undefined);
  const clear = shot.looks.filter(({ atMs }) => !ranges.some(({ startMs, endMs }) => startMs <= atMs && atMs < endMs));
  return clear.length > 0 ? clear : shot.looks;
}

/** One pair is asked for at many cuts. */
function remembered(shots: number, likeness: Likeness): Likeness {
  const known = new Map<number, number>();
  return (a, b) => {
    if (a === b) return 1;
    const pair = Math.min(a, b) * shots + Math.max(a, b);
    const found = known.get(pair) ?? likeness(a, b);
    known.set(pair, found);
    return found;
  };
}

type Picture = Pick<ShotLook, 'colours' | 'layout'>;

function intersection(a: Picture, b: Picture): number {
  let shared = 0;
  for (const [bin, share] of a.colours.entries()) shared += Math.min(share, b.colours[bin] ?? 0);
  return shared;
}

function lumaDifference(a: Picture, b: Picture): number {
  let difference = 0;
  for (const [cell, luma] of a.layout.entries()) difference += Math.abs(luma - (b.layout[cell] ?? 0));
  return difference / a.layout.length;
}

interface Bars {
  /** Cells of the grid that show the picture. */
  readonly cells: readonly number[];
  /** Share of the frame that is black in every look. */
  readonly share: number;
}

/** Letterbox or pillarbox bars: edges opposite each other that stay dark in every look of the film. */
function findBars(looks: readonly ShotLook[]): Bars {
  const all = Array.from({ length: rows * columns }, (_, cell) => cell);
  const isDark = (inEdge: (cell: number) => boolean) =>
    looks.every(({ layout }) => layout.every((luma, cell) => !inEdge(cell) || luma <= barLuma));
  const inRow = (row: number) => (cell: number) => Math.floor(cell / columns) === row;
  const inColumn = (column: number) => (cell: number) => cell % columns === column;
  const letterbox = isDark(inRow(0)) && isDark(inRow(rows - 1));
  const pillarbox = isDark(inColumn(0)) && isDark(inColumn(columns - 1));
  if (looks.length === 0 || !(letterbox || pillarbox)) return { cells: all, share: 0 };
  const inBars = (cell: number) =>
    (letterbox && (inRow(0)(cell) || inRow(rows - 1)(cell))) ||
    (pillarbox && (inColumn(0)(cell) || inColumn(columns - 1)(cell)));
  const share = looks.reduce((least, { colours }) => Math.min(least, colours[blackBin] ?? 0), 1);
  return { cells: all.filter((cell) => !inBars(cell)), share: Math.min(share, 0.5) };
}

const withoutBars = (look: ShotLook, { cells, share }: Bars): Picture => ({
  colours: look.colours.map((part, bin) => (part - (bin === blackBin ? share : 0)) / (1 - share)),
  layout: cells.map((cell) => look.layout[cell] ?? 0),
});
