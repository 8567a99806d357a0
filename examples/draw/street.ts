/** EXT. STREET - MORNING: painted houses after rain, the harbour at the end. The cobbles start at y = 0. */
import type { DrawnSet } from './set.js';
import { chance, d, ellipse, fromCentre, fromTop, group, line, path, placed, rect, type Svg } from './svg.js';

export const street: DrawnSet = {
  home: { x: 0, y: -125, width: 640 },
  light: 1,
  wind: 0.45,
  defs: [
    fromTop('morningSky', [
      [0, '#7fb9e6'],
      [0.6, '#c4e2f2'],
      [1, '#fdf3d8'],
    ]),
    fromTop('cobbles', [
      [0, '#b9ab9d'],
      [1, '#857a76'],
    ]),
    fromTop('morningSea', [
      [0, '#9fd3df'],
      [1, '#3f8fa8'],
    ]),
    fromCentre('morningSun', [
      [0, '#fffbe0', 0.95],
      [0.3, '#fff0b0', 0.5],
      [1, '#fff0b0', 0],
    ]),
  ].join(''),
  behind: (t) => [
    {
      depth: 0,
      drawing: rect(-900, -700, 1800, 720, 'url(#morningSky)') + ellipse(330, -260, 210, 170, 'url(#morningSun)'),
    },
    { depth: 0.05, drawing: clouds(t) },
    { depth: 0.2, drawing: harbour(t) },
    { depth: 0.7, drawing: houses(t) },
    { depth: 0.9, drawing: ground(t) },
  ],
  before: (t) => [{ depth: 1.2, drawing: birds(t) }],
  grade: () => rect(0, 0, 1280, 720, '#fff2c8', { opacity: 0.09 }),
};

function clouds(t: number): Svg {
  const cloud = (n: number) => {
    const x = ((chance(n + 7) * 1200 + t * (3 + n)) % 1200) - 600;
    const y = -330 + chance(n + 21) * 110;
    return [0, 1, 2, 3].map((k) => ellipse(x + k * 26, y - (k % 2) * 9, 30, 15, '#ffffff', { opacity: 0.75 })).join('');
  };
  return [0, 1, 2, 3].map(cloud).join('');
}

function harbour(t: number): Svg {
  const mast = (n: number) => {
    const x = 190 + n * 62 + chance(n) * 20;
    return placed(
      x,
      -96 + Math.sin(t * 1.5 + n) * 1.5,
      1,
      Math.sin(t * 1.2 + n) * 1.5,
      line('M 0 0 V -70', '#6b4a38', 1.8),
      path('M 2 -66 L 22 -12 H 2 Z', n % 2 ? '#f4ead8' : '#d9604e'),
      path('M -26 -4 H 30 Q 24 10 14 11 H -14 Q -24 8 -26 -4 Z', n % 2 ? '#345f8a' : '#f4f0e6'),
    );
  };
  const sparkle = (n: number) =>
    line(
      d`M ${-680 + chance(n) * 1360} ${-102 + chance(n + 60) * 70} h ${6 + 8 * Math.abs(Math.sin(t * 2 + n))}`,
      '#ffffff',
      1.2,
      { opacity: 0.7 },
    );
  return group(
    {},
    rect(-900, -112, 1800, 260, 'url(#morningSea)'),
    path('M -900 -112 Q 0 -124 160 -112 Q 420 -146 900 -132 V -110 H -900 Z', '#88a9a0'),
    Array.from({ length: 46 }, (_, n) => sparkle(n)).join(''),
    [0, 1, 2, 3].map(mast).join(''),
  );
}

const paints = ['#e8a87c', '#f2d08a', '#9cc3b5', '#e39a9c', '#a9b7dc', '#f0e3c8'] as const;

function houses(t: number): Svg {
  const house = (n: number) => {
    const x = -640 + n * 150;
    const high = 268 + chance(n + 2) * 56;
    const paint = paints[n % paints.length] ?? paints[0];
    const pane = (column: number, row: number) => {
      const [left, top] = [x + 22 + column * 62, -high + 34 + row * 84];
      return (
        rect(left, top, 42, 54, '#fdfaf2') +
        rect(left + 4, top + 4, 34, 46, row === 0 ? '#7fa3bb' : '#5f8199') +
        path(
          d`M ${left + 4} ${top + 30} L ${left + 26} ${top + 4} H ${left + 38} L ${left + 4} ${top + 46} Z`,
          '#ffffff',
          { opacity: 0.3 },
        ) +
        rect(left + 20, top, 2.5, 54, '#fdfaf2') +
        rect(left - 11, top, 10, 54, n % 2 ? '#3f6b66' : '#6b4552') +
        rect(left + 43, top, 10, 54, n % 2 ? '#3f6b66' : '#6b4552') +
        flowers(left, top + 54, n * 7 + row * 3 + column)
      );
    };
    return group(
      {},
      rect(x, -high, 150.5, high, paint),
      rect(x + 118, -high, 30, high, '#5b3c4a', { opacity: 0.14 }),
      path(
        d`M ${x - 7} ${-high + 4} H ${x + 155} L ${x + 140} ${-high - 34} H ${x + 8} Z`,
        n % 2 ? '#a4573f' : '#7d4a45',
      ),
      [0, 1].map((column) => [0, 1].map((row) => pane(column, row)).join('')).join(''),
      rect(x + 56, -82, 38, 82, n % 2 ? '#2f5f6a' : '#8a3d38', { rx: 2 }),
      ellipse(x + 88, -40, 2.2, 2.2, '#e7c777'),
      rect(x, -10, 150.5, 10, '#7a6a64', { opacity: 0.55 }),
    );
  };
  return group({}, [0, 1, 2, 3, 4].map(house).join(''), laundry(t), cat(t));
}

const flowers = (x: number, y: number, seed: number): Svg =>
  rect(x - 2, y, 46, 7, '#8a5a3c') +
  Array.from({ length: 7 }, (_, n) =>
    ellipse(
      x + 2 + n * 6.4,
      y - 1 - chance(seed + n) * 4,
      3.6,
      3.6,
      ['#d8435a', '#5f9a4f', '#f4b942'][(seed + n) % 3] ?? '#d8435a',
    ),
  ).join('');

function laundry(t: number): Svg {
  const cloth = (n: number) => {
    const x = -470 + n * 44;
    const blow = Math.sin(t * 2.2 + n * 0.8) * 6;
    const y = -214 + Math.sin((n / 9) * Math.PI) * 10;
    return path(
      d`M ${x} ${y} H ${x + 30} Q ${x + 32 + blow} ${y + 20} ${x + 30 + blow} ${y + 42} H ${x + 1 + blow} Q ${x + blow} ${y + 20} ${x} ${y} Z`,
      ['#ffffff', '#e46a5c', '#6d9fc9', '#f5d36b'][n % 4] ?? '#ffffff',
    );
  };
  return (
    line('M -490 -216 Q -280 -196 -70 -216', '#5a4a48', 1.2) + Array.from({ length: 9 }, (_, n) => cloth(n)).join('')
  );
}

const cat = (t: number): Svg =>
  placed(
    84,
    -2,
    1,
    0,
    path('M -12 0 Q -14 -20 -2 -24 Q 8 -20 9 0 Z', '#3b3236'),
    ellipse(2, -29, 8.5, 7.5, '#3b3236'),
    path('M -5 -33 L -3.500 -42 L 2 -36 Z M 9 -33 L 8.500 -42 L 3 -36 Z', '#3b3236'),
    ellipse(-1, -29, 1.3, 1.7, '#e9d25a'),
    ellipse(5, -29, 1.3, 1.7, '#e9d25a'),
    line(d`M -10 -2 Q ${-24 - Math.sin(t * 2) * 5} -4 ${-22 + Math.sin(t * 2) * 6} -20`, '#3b3236', 4),
  );

function ground(t: number): Svg {
  const stone = (n: number) => {
    const row = n % 9;
    const y = 8 + row * row * 2.2 + row * 4;
    const wide = 16 + row * 3;
    const x = -820 + Math.floor(n / 9) * wide * 1.9 + (row % 2) * wide;
    return ellipse(x, y, wide * 0.82, 3 + row * 0.8, chance(n) > 0.5 ? '#a3968b' : '#93877f', { opacity: 0.6 });
  };
  const puddle = (x: number, y: number, wide: number) =>
    ellipse(x, y, wide, wide * 0.13, '#bfe0ee', { opacity: 0.85 }) +
    ellipse(x + 8 + Math.sin(t * 1.5) * 2, y, wide * 0.5, wide * 0.06, '#ffffff', { opacity: 0.55 });
  return group(
    {},
    rect(-900, -1, 1800, 320, 'url(#cobbles)'),
    rect(-900, -4, 1020, 8, '#d3c6b6'),
    Array.from({ length: 450 }, (_, n) => stone(n)).join(''),
    puddle(-110, 34, 62),
    puddle(210, 58, 84),
    rect(492, -150, 6, 156, '#2f3a44'),
    path('M 484 -150 H 506 L 502 -174 H 488 Z', '#e6eef2', { stroke: '#2f3a44', 'stroke-width': 3 }),
    Array.from({ length: 12 }, (_, n) => rect(128 + n * 60, -42, 5, 48, '#44525c')).join(''),
    rect(120, -46, 760, 5, '#44525c'),
  );
}

function birds(t: number): Svg {
  const bird = (n: number) => {
    const x = ((chance(n + 31) * 800 + t * (46 + n * 9)) % 900) - 450;
    const y = -292 + chance(n + 13) * 50 + Math.sin(t * 1.4 + n) * 8;
    const flap = Math.sin(t * 9 + n * 2) * 5;
    return path(
      d`M ${x - 13} ${y - flap} Q ${x - 5} ${y - 5} ${x} ${y} Q ${x + 5} ${y - 5} ${x + 13} ${y - flap} Q ${x + 4} ${y - 1} ${x} ${y + 3} Q ${x - 4} ${y - 1} ${x - 13} ${y - flap} Z`,
      '#ffffff',
    );
  };
  return [0, 1, 2].map(bird).join('');
}
