/** The three people of the film: what they look like. Hair is drawn in head units (a head is 100 wide). */
import type { Person } from './figure.js';
import { d, ellipse, group, line, path, type Svg } from './svg.js';

export type Role = 'MARA' | 'TOMAS' | 'IDA';

const auburn = '#7c3324';
const auburnDark = '#4f1f1a';

const mara: Person = {
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

const tomas: Person = {
  height: 174,
  head: 26,
  shoulder: 22,
  features: {
    skin: '#dfa27d',
    shade: '#9c6144',
    blush: '#d0583f',
    lips: '#a4584a',
    brow: '#e6e2da',
    browWidth: 6,
    iris: '#3f78a8',
    jaw: 38,
    eyes: 0.9,
    ears: true,
    lashes: false,
    lines: true,
    freckles: false,
  },
  clothes: {
    coat: '#2f5560',
    coatShade: '#1a323b',
    hem: 72,
    flare: 4,
    legs: '#4a4038',
    shoes: '#201a18',
    buttons: '#c9b37a',
    collar: () =>
      group(
        {},
        path(d`M -9 -4 L 0 6 L 9 -4 L 9 -8 L -9 -8 Z`, '#d9d2c0'),
        path(d`M -10 -6 L -14 5 L -3 13 L 0 5 Z M 10 -6 L 14 5 L 3 13 L 0 5 Z`, '#24454f'),
      ),
  },
  behind: () => ellipse(0, -8, 50, 46, '#cfcac0'),
  before: (turn, sway) =>
    group(
      {},
      path(
        d`M -49 -8 C -50 26 -42 62 ${turn * 10 + sway} 80 C 42 62 50 26 49 -8 C 46 10 ${38 + turn * 4} 20 ${24 + turn * 12} 23 Q ${turn * 14} 17 ${-24 + turn * 12} 23 C ${-38 + turn * 4} 20 -46 10 -49 -8 Z M ${-14 + turn * 15} 33 Q ${turn * 16} 29 ${14 + turn * 15} 33 Q ${turn * 16} 50 ${-14 + turn * 15} 33 Z`,
        '#f1ede4',
        { 'fill-rule': 'evenodd' },
      ),
      line(d`M -34 30 Q -28 50 -14 62 M 34 30 Q 28 50 14 62 M ${turn * 8} 56 L ${turn * 9} 70`, '#c8c1b2', 2, {
        opacity: 0.8,
      }),
      path(
        d`M ${-22 + turn * 14} 30 Q ${-10 + turn * 15} 19 ${turn * 16} 25 Q ${10 + turn * 15} 19 ${22 + turn * 14} 30 Q ${8 + turn * 15} 31 ${turn * 16} 28.5 Q ${-8 + turn * 15} 31 ${-22 + turn * 14} 30 Z`,
        '#fbf8f1',
      ),
      path(d`M -54 -26 C -60 -84 60 -84 54 -26 Q ${turn * 8} -42 -54 -26 Z`, '#27364f'),
      path(d`M -53 -28 Q ${turn * 8} -46 53 -28 L 54 -20 Q ${turn * 8} -37 -54 -20 Z`, '#18233a'),
      path(
        d`M ${-38 + turn * 20} -29 Q ${turn * 22} -43 ${38 + turn * 20} -29 Q ${40 + turn * 22} -18 ${turn * 24} -22 Q ${-40 + turn * 22} -18 ${-38 + turn * 20} -29 Z`,
        '#101827',
      ),
      ellipse(turn * 10, -52, 6, 6, '#d9b65c'),
    ),
  fromBehind: () =>
    group(
      {},
      ellipse(0, 0, 49, 56, '#e4dfd4'),
      path(d`M -54 -20 C -60 -84 60 -84 54 -20 Q 0 -6 -54 -20 Z`, '#27364f'),
      path(d`M -54 -22 Q 0 -6 54 -22 L 53 -13 Q 0 3 -53 -13 Z`, '#18233a'),
    ),
};

const black = '#2a1c1e';

const ida: Person = {
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

export const cast: Readonly<Record<Role, Person>> = { MARA: mara, TOMAS: tomas, IDA: ida };
