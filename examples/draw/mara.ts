/** Mara, 34: auburn bob, red coat, a yellow scarf. Hair is drawn in head units (a head is 100 wide). */
import type { Person } from './figure.js';
import { d, group, line, path, type Svg } from './svg.js';

const auburn = '#7c3324';
const auburnDark = '#4f1f1a';

export const mara: Person = {
  height: 168,
  head: 25,
  shoulder: 18,
  features: {
    skin: '#eebd97',
    shade: '#b5714f',
    blush: '#e0745c',
    lips: '#b8453f',
    brow: '#4f1f1a',
    browWidth: 3.4,
    iris: '#4d7a55',
    jaw: 31,
    eyes: 1.1,
    ears: false,
    lashes: true,
    lines: false,
    freckles: false,
  },
  clothes: {
    coat: '#b9352f',
    coatShade: '#74201f',
    hem: 50,
    flare: 9,
    legs: '#2c2b3a',
    shoes: '#3d241d',
    buttons: '#e9c27a',
    collar: (sway) =>
      group(
        {},
        path(d`M 5 4 Q ${12 + sway * 6} 16 ${9 + sway * 10} 30 L ${2 + sway * 9} 31 Q 3 16 1 6 Z`, '#c99434'),
        path(d`M -11 -3 Q 0 4 11 -3 Q 13 3 8 6 Q 0 10 -9 6 Q -13 3 -11 -3 Z`, '#e3b04b'),
        line(d`M -9 1 Q 0 6 9 1`, '#b07f28', 0.9),
      ),
  },
  behind: (turn, sway) =>
    path(
      d`M ${-54 - turn * 4} -20 C -64 -82 64 -82 ${54 - turn * 4} -20 C ${60 + sway * 7} 14 ${64 + sway * 12} 34 ${50 + sway * 16} 58 Q ${34 + sway * 10} 70 24 50 L -24 50 Q ${-34 + sway * 10} 72 ${-52 + sway * 16} 58 C ${-64 + sway * 10} 34 ${-60 + sway * 5} 14 ${-54 - turn * 4} -20 Z`,
      auburnDark,
    ),
  before: (turn, sway) =>
    group(
      {},
      path(
        d`M ${-8 + turn * 14} -50 C ${-26 + turn * 6} -38 -40 -24 -45 2 C ${-48 + sway * 4} 24 ${-50 + sway * 8} 34 ${-46 + sway * 12} 50 C ${-66 + sway * 8} 34 -60 -6 -53 -26 C -46 -74 46 -76 53 -26 C 60 -6 ${66 + sway * 8} 34 ${47 + sway * 12} 50 C ${50 + sway * 8} 34 ${48 + sway * 4} 22 45 0 C 40 -26 ${22 + turn * 8} -40 ${-8 + turn * 14} -50 Z`,
        auburn,
      ),
      line(
        d`M ${-4 + turn * 14} -56 C -30 -50 -46 -30 -51 4 M ${-2 + turn * 14} -57 C 28 -52 44 -32 51 4`,
        '#a4523a',
        2.2,
        { opacity: 0.8 },
      ),
    ),
  fromBehind: (sway) => roundHair(auburn, '#a4523a', sway, 56),
};

function roundHair(colour: string, shine: string, sway: number, length: number): Svg {
  return group(
    {},
    path(
      d`M -54 -10 C -62 -80 62 -80 54 -10 C ${60 + sway * 7} 20 ${62 + sway * 12} ${length - 20} ${44 + sway * 16} ${length} Q ${sway * 16} ${length + 12} ${-44 + sway * 16} ${length} C ${-62 + sway * 12} ${length - 20} ${-60 + sway * 7} 20 -54 -10 Z`,
      colour,
    ),
    line(
      d`M -20 -52 C -36 -20 -34 20 ${-28 + sway * 14} ${length - 4} M 14 -56 C 30 -20 30 20 ${24 + sway * 14} ${length - 4}`,
      shine,
      2.4,
      { opacity: 0.7 },
    ),
  );
}
