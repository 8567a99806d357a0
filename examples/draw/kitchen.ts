/** INT. KITCHEN - NIGHT: lamp light, rain on the window, a door that bangs. The floor is at y = 0. */
import { drawRoom, flash } from './kitchen-room.js';
import type { DrawnSet } from './set.js';
import { chance, ellipse, fromCentre, fromTop, group, line, path, rect, type Svg } from './svg.js';

export const kitchen: DrawnSet = {
  home: { x: 0, y: -112, width: 520 },
  light: -1,
  wind: 0.12,
  defs: [
    fromTop('wall', [
      [0, '#23343f'],
      [0.6, '#35505a'],
      [1, '#2a3f49'],
    ]),
    fromCentre('lampCone', [
      [0, '#ffe3a0', 0.62],
      [0.4, '#ffc060', 0.3],
      [1, '#ff9d3c', 0],
    ]),
    fromCentre('dark', [
      [0.45, '#07101c', 0],
      [0.8, '#07101c', 0.14],
      [1, '#04070f', 0.5],
    ]),
  ].join(''),
  behind: (t) => [
    { depth: 0.62, drawing: drawRoom(t) },
    { depth: 0.75, drawing: chairs() },
    { depth: 0.95, drawing: ellipse(0, -140, 230, 175, 'url(#lampCone)') },
  ],
  before: (t) => [
    { depth: 1.06, drawing: table(t) },
    { depth: 0.95, drawing: lamp(t) },
  ],
  grade: (t) =>
    rect(0, 0, 1280, 720, '#ff8a2c', { opacity: 0.09 }) +
    rect(0, 0, 1280, 720, 'url(#dark)') +
    rect(0, 0, 1280, 720, '#dfe9ff', { opacity: flash(t) * 0.16 }),
};

const chairs = (): Svg =>
  group(
    {},
    rect(-70, -96, 5, 96, '#6b4630'),
    rect(-22, -96, 5, 96, '#6b4630'),
    rect(-70, -92, 52, 8, '#7d5439', { rx: 3 }),
    rect(-70, -74, 52, 7, '#7d5439', { rx: 3 }),
  );

function table(t: number): Svg {
  const flicker = 0.9 + 0.1 * Math.sin(t * 7);
  return group(
    {},
    rect(-112, -52, 9, 90, '#3d261c'),
    rect(92, -52, 9, 90, '#3d261c'),
    path('M -138 -58 H 128 L 140 -46 H -150 Z', '#9a6a45'),
    rect(-150, -46, 290, 8, '#6d462e'),
    ellipse(-8, -52, 104 * flicker, 5.5, '#ffdf9a', { opacity: 0.45 }),
    // A mug and the tin box of letters.
    path('M -96 -72 H -78 L -80 -53 H -94 Z', '#d5dbe0'),
    line('M -78 -68 Q -70 -64 -79 -58', '#d5dbe0', 2.6),
    tin(),
  );
}

const tin = (): Svg =>
  group(
    {},
    Array.from({ length: 6 }, (_, n) =>
      rect(14 + n * 5.4, -75 - chance(n) * 5, 13, 14, n % 2 ? '#f3e8cf' : '#e3d2ae', {
        transform: `rotate(${-8 + n * 3} ${20 + n * 5} -66)`,
      }),
    ).join(''),
    rect(8, -68, 46, 17, '#3f7d86', { rx: 1.5 }),
    rect(8, -68, 46, 4, '#59a0a6', { rx: 1.5 }),
    path(
      'M 31 -64 l 2 4.200 4.600 .4 -3.500 3 1.100 4.500 -4.200 -2.500 -4.200 2.500 1.100 -4.500 -3.500 -3 4.600 -.4 Z',
      '#e8c86a',
    ),
  );

const lamp = (t: number): Svg =>
  group(
    { transform: `rotate(${Math.round(Math.sin(t * 1.3) * 150) / 100} 0 -400)` },
    line('M 0 -420 V -236', '#171a1f', 2.4),
    path('M -34 -212 Q -30 -240 0 -242 Q 30 -240 34 -212 Z', '#b6493a'),
    path('M -34 -212 H 34 L 30 -208 H -30 Z', '#7c2a22'),
    ellipse(0, -207, 11, 7, '#fff6d2'),
  );
