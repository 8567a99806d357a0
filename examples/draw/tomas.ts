/** Tomas, 70: white beard, seaman's cap, teal coat. */
import type { Person } from './figure.js';
import { d, ellipse, group, line, path } from './svg.js';

export const tomas: Person = {
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
