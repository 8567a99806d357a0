/** How alike two shots look, from their looks. */
import type { FoundShot, ShotLook } from '../../findings.js';
import { asShare } from '../arithmetic.js';

/** A grid whose every cell is darker than this shows nothing: a fade's end, black leader. */
const blackLuma = 32;
/** Rows and columns at the frame's edge that never get brighter than this hold bars, or mostly so. */
const barLuma = 80;
/** Mean difference of luma at which likeness falls to 1/e. */
const lumaScale = 40;
/** Bars never take more of a frame than this. */
const mostBars = 0.5;
const columns = 8;
const rows = 6;
/** The histogram runs over luma first, then over this many bins of chroma. */
const chromaBins = 16;
/** Bins of the histogram that share black: darkest luma, chroma about its middle. */
const blackBins = [5, 6, 9, 10];

/**
 * Colours of places that have nothing to do with each other overlap by about as much as the first, those of one place
 * under one light by the second (different setups of one real scene: .74…, median .90). More or less says nothing.
 */
const strangers = 0.55;
const samePlace = 0.93;

/** Likeness, 0…1, of the shots with these two indices; 1 for a shot and itself, 0 where nothing can be seen. */
export type Likeness = (a: number, b: number) => number;

export interface ShotComparison {
  /** Whether a shot shows anything; one that is black all through does not. */
  readonly isVisible: (shot: number) => boolean;
  /** Alike in colours, as shots of one place under one light are: overlap of histograms, scaled. */
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
    colours: best((a, b) => asShare((overlap(a, b) - strangers) / (samePlace - strangers))),
    setup: best((a, b) => intersection(a.colours, b.colours) * Math.exp(-lumaDifference(a, b) / lumaScale)),
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

/** A look without bars. */
interface Picture {
  readonly colours: readonly number[];
  /** The colours' shares by chroma alone: 4 Cb × 4 Cr. */
  readonly hues: readonly number[];
  readonly layout: readonly number[];
}

/** Colours count half with their luma and half without: within a place, setups differ in light more than in hue. */
const overlap = (a: Picture, b: Picture): number =>
  (intersection(a.colours, b.colours) + intersection(a.hues, b.hues)) / 2;

/** Histogram intersection (Swain & Ballard 1991), 0…1. */
function intersection(a: readonly number[], b: readonly number[]): number {
  let shared = 0;
  for (const [bin, share] of a.entries()) shared += Math.min(share, b[bin] ?? 0);
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
  const covered = [
    ...(letterbox
      ? [coveredShare(looks, inRow(0), inRow(1)), coveredShare(looks, inRow(rows - 1), inRow(rows - 2))]
      : []),
    ...(pillarbox
      ? [
          coveredShare(looks, inColumn(0), inColumn(1)),
          coveredShare(looks, inColumn(columns - 1), inColumn(columns - 2)),
        ]
      : []),
  ];
  const sides = covered.reduce((sum, share) => sum + share, 0) / (letterbox ? rows : columns);
  return { cells: all.filter((cell) => !inBars(cell)), share: Math.min(sides, mostBars, ...looks.map(blackShare)) };
}

/** How much of an edge its bar covers: as much as it is darker than what lies beside it, over the whole film. */
function coveredShare(
  looks: readonly ShotLook[],
  inEdge: (cell: number) => boolean,
  beside: (cell: number) => boolean,
): number {
  let edge = 0;
  let next = 0;
  for (const { layout } of looks)
    for (const [cell, luma] of layout.entries()) {
      if (inEdge(cell)) edge += luma;
      if (beside(cell)) next += luma;
    }
  return asShare(1 - edge / (next || 1));
}

const blackShare = ({ colours }: ShotLook): number => blackBins.reduce((sum, bin) => sum + (colours[bin] ?? 0), 0);

/** The picture alone: bars are taken from the black bins in proportion to what these hold. */
function withoutBars(look: ShotLook, { cells, share }: Bars): Picture {
  const black = blackShare(look);
  const rest = black > 0 ? 1 - share / black : 1;
  const colours = look.colours.map((part, bin) => (blackBins.includes(bin) ? part * rest : part) / (1 - share));
  const hues = Array<number>(chromaBins).fill(0);
  for (const [bin, part] of colours.entries()) hues[bin % chromaBins] = (hues[bin % chromaBins] ?? 0) + part;
  return { colours, hues, layout: cells.map((cell) => look.layout[cell] ?? 0) };
}
