/** Ida, 8: black bunches, freckles, a yellow cardigan. */
import type { Person } from './figure.js';
import { d, ellipse, group, line, path, type Svg } from './svg.js';

const black = '#2a1c1e';

export const ida: Person = {
  height: 120,
  head: 25,
  shoulder: 13.5,
  features: {
    skin: '#d99a6c',
    shade: '#9a5c38',
    blush: '#d8674a',
    lips: '#b9564a',
    brow: '#2a1c1e',
    browWidth: 3.2,
    iris: '#5b3a24',
    jaw: 34,
    eyes: 1.3,
    ears: true,
    lashes: false,
    lines: false,
    freckles: true,
  },
  clothes: {
    coat: '#e8b93c',
    coatShade: '#a9791d',
    hem: 38,
    flare: 7,
    legs: '#3b4d7c',
    shoes: '#7a2f2a',
    buttons: '#7a4b1d',
    collar: () => path(d`M -8 -4 Q -9 4 -2 6 L 0 2 L 2 6 Q 9 4 8 -4 Q 0 3 -8 -4 Z`, '#f7efdc'),
  },
  behind: (turn, sway) => group({}, ellipse(0, -10, 53, 52, black), bunch(-1, turn, sway), bunch(1, turn, sway)),
  before: (turn) =>
    group(
      {},
      path(
        d`M -51 0 C -60 -76 60 -76 51 0 C 49 -14 46 -22 40 -27 Q ${26 + turn * 8} -18 ${18 + turn * 12} -27 Q ${8 + turn * 13} -17 ${-2 + turn * 14} -27 Q ${-14 + turn * 13} -17 ${-22 + turn * 12} -28 Q -34 -20 -41 -26 C -46 -20 -49 -12 -51 0 Z`,
        black,
      ),
      line(d`M -36 -44 Q ${turn * 6} -62 34 -46`, '#5a4246', 2.4, { opacity: 0.8 }),
    ),
  fromBehind: (sway) =>
    group(
      {},
      bunch(-1, 0, sway),
      bunch(1, 0, sway),
      ellipse(0, -4, 51, 56, black),
      line(d`M 0 -58 L 0 46`, '#5a4246', 2),
    ),
};

function bunch(side: -1 | 1, turn: number, sway: number): Svg {
  const x = side * 56 - turn * 8;
  return group(
    {},
    path(
      d`M ${x - side * 8} -12 C ${x + side * 18 + sway * 4} -22 ${x + side * 26 + sway * 8} 14 ${x + side * 8 + sway * 9} 36 C ${x - side * 10 + sway * 4} 26 ${x - side * 10} 8 ${x - side * 8} -12 Z`,
      black,
    ),
    ellipse(x - side * 4, -10, 6, 7, '#d4473b'),
  );
}
