/** EXT. PIER - DUSK: a wooden pier, a low sun, a boat. The planks are at y = 0, the horizon at y = −118. */
import type { DrawnSet } from './set.js';
import { chance, d, ellipse, fromCentre, fromTop, group, line, path, placed, rect, type Svg } from './svg.js';

const horizon = -118;

export const pier: DrawnSet = {
  home: { x: 0, y: -95, width: 640 },
  light: -1,
  wind: 0.9,
  defs: [
    fromTop('duskSky', [
      [0, '#2c2452'],
      [0.35, '#7a3f72'],
      [0.62, '#d9695a'],
      [0.82, '#f6a55b'],
      [1, '#ffd98a'],
    ]),
    fromTop('duskSea', [
      [0, '#e89a63'],
      [0.12, '#a45a6a'],
      [0.45, '#4c3767'],
      [1, '#1e1c42'],
    ]),
    fromCentre('sunGlow', [
      [0, '#fff3c4', 0.95],
      [0.25, '#ffd27a', 0.6],
      [1, '#ff9a5a', 0],
    ]),
    fromCentre('lampGlow', [
      [0, '#fff0b8', 0.9],
      [0.3, '#ffcf70', 0.35],
      [1, '#ffb347', 0],
    ]),
  ].join(''),
  behind: (t) => [
    { depth: 0, drawing: sky() },
    { depth: 0.04, drawing: clouds(t) },
    { depth: 0.08, drawing: headland(t) },
    { depth: 0.14, drawing: sea(t) },
    { depth: 0.3, drawing: gulls(t) },
    { depth: 0.72, drawing: boat(t) },
    { depth: 1, drawing: planks() },
  ],
  before: (t) => [{ depth: 1.25, drawing: foreground(t) }],
  grade: () => rect(0, 0, 1280, 720, '#ff8a4a', { opacity: 0.1 }) + rect(0, 0, 1280, 720, '#2a1450', { opacity: 0.1 }),
};

const sky = (): Svg =>
  rect(-700, -620, 1400, 620 + horizon + 2, 'url(#duskSky)') +
  ellipse(-130, horizon - 8, 230, 150, 'url(#sunGlow)') +
  ellipse(-130, horizon - 12, 30, 30, '#fff2c2');

function clouds(t: number): Svg {
  const bank = (index: number) => {
    const x = ((chance(index) * 1100 + t * (2 + index * 0.4)) % 1100) - 550;
    const y = -290 + chance(index + 40) * 125;
    const wide = 60 + chance(index + 80) * 110;
    return path(
      d`M ${x - wide} ${y} Q ${x - wide * 0.5} ${y - 9} ${x} ${y - 5} Q ${x + wide * 0.4} ${y - 12} ${x + wide} ${y} Q ${x} ${y + 6} ${x - wide} ${y} Z`,
      index % 2 ? '#ffb98a' : '#b9577a',
      { opacity: 0.55 },
    );
  };
  return [0, 1, 2, 3, 4, 5, 6, 7].map(bank).join('');
}

function headland(t: number): Svg {
  const beam = Math.max(0, Math.sin(t * 2.1)) ** 6;
  return group(
    {},
    path(
      d`M 120 ${horizon + 1} Q 190 ${horizon - 18} 250 ${horizon - 26} Q 330 ${horizon - 40} 640 ${horizon - 30} V ${horizon + 1} Z`,
      '#5c3560',
    ),
    path(d`M 214 ${horizon - 20} L 216 ${horizon - 52} H 223 L 225 ${horizon - 20} Z`, '#e8c6b0'),
    rect(214.5, horizon - 42, 10, 5, '#a5414a'),
    rect(216, horizon - 60, 7, 8, '#3a2547'),
    ellipse(219.5, horizon - 56, 16 * beam + 2.5, 12 * beam + 2.5, '#fff1b5', { opacity: 0.35 + beam * 0.5 }),
  );
}

function sea(t: number): Svg {
  const glint = (index: number) => {
    const near = chance(index) ** 1.6;
    const y = horizon + 3 + near * 190;
    const spread = 14 + near * 70;
    const x = -130 + (chance(index + 300) - 0.5) * spread * 2 + Math.sin(t * 1.3 + index) * (2 + near * 5);
    const long = (4 + near * 26) * (0.5 + 0.5 * Math.abs(Math.sin(t * 1.7 + index * 2.3)));
    return line(d`M ${x - long} ${y} H ${x + long}`, '#ffe2a0', 0.8 + near * 2.2, {
      opacity: 0.35 + 0.4 * chance(index + 9),
    });
  };
  const wave = (index: number) => {
    const near = (index + 1) / 12;
    const y = horizon + 6 + near ** 1.5 * 190;
    const step = 26 + near * 60;
    const shift = ((t * (6 + near * 16) + index * 37) % (step * 2)) - 760;
    const crests = Array.from(
      { length: Math.ceil(1500 / step) },
      (_, n) => d`q ${step / 2} ${(n % 2 ? 1 : -1) * (1 + near * 4)} ${step} 0`,
    );
    return line(d`M ${shift} ${y}` + crests.join(''), index % 3 ? '#2a2350' : '#f0a47a', 0.7 + near * 1.6, {
      opacity: index % 3 ? 0.35 : 0.22,
    });
  };
  return group(
    {},
    rect(-760, horizon, 1520, 420, 'url(#duskSea)'),
    Array.from({ length: 12 }, (_, index) => wave(index)).join(''),
    Array.from({ length: 42 }, (_, index) => glint(index)).join(''),
  );
}

function gulls(t: number): Svg {
  const gull = (index: number) => {
    const x = ((chance(index + 5) * 700 + t * (14 + index * 3)) % 800) - 400;
    const y = -230 + chance(index + 17) * 60 + Math.sin(t + index) * 5;
    const flap = Math.sin(t * 6 + index * 2) * 3;
    return line(
      d`M ${x - 9} ${y - flap} Q ${x - 4} ${y - 4} ${x} ${y} Q ${x + 4} ${y - 4} ${x + 9} ${y - flap}`,
      '#3c2447',
      1.6,
    );
  };
  return [0, 1, 2].map(gull).join('');
}

function boat(t: number): Svg {
  return placed(
    182,
    6 + Math.sin(t * 1.4) * 3,
    1,
    Math.sin(t * 1.1) * 1.6,
    line('M 10 -20 V -205', '#4a2c26', 4),
    path('M 14 -196 Q 62 -120 66 -44 H 14 Z', '#e9d6c0'),
    path('M 40 -150 Q 60 -96 63 -60 L 36 -62 Z', '#b9a18d', { opacity: 0.5 }),
    path('M 6 -190 Q -30 -110 -34 -46 H 6 Z', '#d8bfa6'),
    path('M -112 -34 Q 0 -24 116 -40 Q 104 14 74 22 H -74 Q -104 10 -112 -34 Z', '#2f6f7a'),
    path('M -112 -34 Q 0 -24 116 -40 L 113 -28 Q 0 -12 -109 -24 Z', '#f0ead8'),
    path('M -88 2 Q 0 14 98 0 Q 92 18 74 22 H -74 Q -84 16 -88 2 Z', '#a5453c'),
    ellipse(-52, -6, 7, 7, '#1b2c38', { stroke: '#d9b65c', 'stroke-width': 2 }),
    ellipse(-22, -4, 7, 7, '#1b2c38', { stroke: '#d9b65c', 'stroke-width': 2 }),
    line('M -100 -30 Q -150 -2 -168 -22', '#c9b58a', 2.4),
  );
}

function planks(): Svg {
  const post = (x: number) => rect(x - 9, 8, 18, 240, '#2d1a22') + rect(x - 9, 8, 6, 240, '#59323a', { opacity: 0.7 });
  const seams = Array.from({ length: 38 }, (_, n) =>
    line(d`M ${-700 + n * 38} -2 L ${-706 + n * 38} 11`, '#3d232a', 1.2),
  ).join('');
  const lamp = group(
    {},
    rect(-238, -215, 7, 215, '#2b1a2a'),
    path('M -246 -215 H -223 L -227 -238 H -242 Z', '#fff0b8'),
    path('M -249 -238 H -220 L -234.500 -250 Z', '#2b1a2a'),
    ellipse(-234.5, -226, 70, 70, 'url(#lampGlow)'),
  );
  const bollard = group(
    {},
    path('M 78 0 L 80 -30 Q 90 -37 100 -30 L 102 0 Z', '#3a222b'),
    ellipse(90, -31, 11, 4.5, '#5d3a40'),
  );
  const coil = [0, 1, 2]
    .map((n) =>
      ellipse(124, -3 - n * 4, 19 - n * 2.5, 5, 'none', { stroke: n % 2 ? '#b7935d' : '#d8b67c', 'stroke-width': 3.6 }),
    )
    .join('');
  return group(
    {},
    [-620, -440, -300, -120, 60, 240, 420, 600].map(post).join(''),
    rect(-760, -6, 1520, 8, '#9a5f48'),
    rect(-760, 0, 1520, 14, '#5c363a'),
    seams,
    lamp,
    bollard,
    coil,
  );
}

const foreground = (t: number): Svg =>
  path(d`M -360 -30 Q -330 ${-44 + Math.sin(t)} -318 -30 V 150 H -360 Z`, '#190f1c') +
  line(d`M -320 6 Q ${-120} ${46 + Math.sin(t * 0.9) * 3} 90 62`, '#190f1c', 5);
