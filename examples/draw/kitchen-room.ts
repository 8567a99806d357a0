/** The walls of the kitchen and what is on and before them: window, shelf, stove, door. */
import { chance, d, ellipse, group, line, path, rect, type Svg } from './svg.js';

/** Seconds into the scene. */
export const doorOpensAt = 0.9;
export const doorShutsAt = 3.3;
const lightningAt = [0.55, 9.6];

/** Lightning, 0…1. */
export const flash = (t: number): number =>
  Math.max(0, ...lightningAt.map((at) => (t < at ? 0 : Math.max(0, 1 - (t - at) / 0.35)))) *
  (0.6 + 0.4 * Math.cos(t * 60));

/** 0 shut … 1 wide open; it flies open and is pushed shut. */
function opening(t: number): number {
  if (t < doorOpensAt) return 0;
  if (t < doorShutsAt) return Math.min(1, (t - doorOpensAt) / 0.17);
  return Math.max(0, 1 - (t - doorShutsAt) / 0.8);
}

export function drawRoom(t: number): Svg {
  const stripes = Array.from({ length: 40 }, (_, n) =>
    rect(-600 + n * 30, -420, 12, 340, '#ffffff', { opacity: 0.035 }),
  ).join('');
  const boards = Array.from({ length: 26 }, (_, n) =>
    line(d`M ${-520 + n * 42} 0 L ${-760 + n * 62} 180`, '#2c1c19', 1.6),
  ).join('');
  return group(
    {},
    rect(-700, -460, 1400, 460, 'url(#wall)'),
    stripes,
    rect(-700, -84, 1400, 84, '#5b4636'),
    rect(-700, -88, 1400, 5, '#7d6149'),
    Array.from({ length: 24 }, (_, n) => rect(-690 + n * 60, -78, 48, 66, '#4b392c', { rx: 2 })).join(''),
    rect(-700, 0, 1400, 220, '#4a2f26'),
    boards,
    rainyWindow(t),
    shelf(),
    stove(t),
    door(t),
  );
}

function rainyWindow(t: number): Svg {
  const drop = (index: number) => {
    const x = -191 + chance(index) * 90;
    const y = -222 + ((chance(index + 50) * 92 + t * (170 + chance(index + 90) * 60)) % 92);
    return line(d`M ${x} ${y} l -3 12`, '#b9d2ea', 1, { opacity: 0.55 });
  };
  const run = (index: number) => {
    const x = -192 + chance(index + 11) * 90;
    const length = ((t * (12 + index * 3) + chance(index) * 90) % 100) + 3;
    return line(d`M ${x} -222 v ${length}`, '#9db9d4', 1.1, { opacity: 0.4 });
  };
  return group(
    {},
    rect(-204, -230, 112, 120, '#8c6b4d'),
    group(
      {},
      rect(-196, -222, 96, 104, '#101c36'),
      rect(-196, -222, 96, 104, '#e8f0ff', { opacity: flash(t) * 0.85 }),
      path('M -196 -140 Q -160 -156 -100 -136 V -118 H -196 Z', '#0a1226'),
      Array.from({ length: 26 }, (_, index) => drop(index)).join(''),
      Array.from({ length: 7 }, (_, index) => run(index)).join(''),
    ),
    rect(-150, -222, 4, 104, '#8c6b4d'),
    rect(-196, -172, 96, 4, '#8c6b4d'),
    rect(-210, -112, 124, 7, '#a5815e'),
    path(
      'M -216 -238 H -80 Q -78 -170 -98 -128 Q -104 -190 -148 -226 Q -192 -190 -198 -128 Q -218 -170 -216 -238 Z',
      '#8f3f3a',
      { opacity: 0.92 },
    ),
    path('M -128 -112 l 2 -12 h 16 l 2 12 Z', '#b2593c'),
    path(
      'M -118 -124 Q -134 -138 -126 -146 Q -118 -136 -118 -124 Q -116 -142 -106 -146 Q -102 -136 -118 -124',
      '#5e8a4a',
    ),
  );
}

function shelf(): Svg {
  const plate = (n: number) =>
    ellipse(-34 + n * 26, -214, 11, 11, '#dfe3dc') + ellipse(-34 + n * 26, -214, 7, 7, '#7f9fb0', { opacity: 0.7 });
  const jar = (n: number) =>
    rect(-44 + n * 22, -176, 15, 22, n % 2 ? '#c9823c' : '#7e8f5a', { rx: 3 }) +
    rect(-42 + n * 22, -180, 11, 5, '#d8c39a');
  return group(
    {},
    rect(-56, -202, 124, 5, '#8a6443'),
    rect(-56, -154, 124, 5, '#8a6443'),
    [0, 1, 2, 3].map(plate).join(''),
    [0, 1, 2, 3, 4].map(jar).join(''),
  );
}

function stove(t: number): Svg {
  const steam = (n: number) => {
    const rise = (t * 0.5 + n / 3) % 1;
    const y = -134 - rise * 46;
    return line(d`M ${-292 + n * 5} ${y} q ${4 + Math.sin(t * 2 + n) * 4} -7 0 -14`, '#e6eef2', 2.4, {
      opacity: 0.4 * (1 - rise),
    });
  };
  return group(
    {},
    rect(-340, -98, 100, 98, '#22262b', { rx: 4 }),
    rect(-326, -76, 72, 46, '#11151a', { rx: 3 }),
    rect(-320, -70, 60, 34, '#e0692e', { opacity: 0.6 + 0.12 * Math.sin(t * 9) }),
    path('M -312 -98 Q -314 -126 -292 -128 Q -270 -126 -272 -98 Z', '#9d3b34'),
    line('M -304 -126 Q -292 -146 -280 -126', '#2b1a1a', 3),
    line('M -272 -112 L -260 -120', '#9d3b34', 5),
    [0, 1, 2].map(steam).join(''),
  );
}

function door(t: number): Svg {
  const open = opening(t);
  const width = 92 * (1 - 0.72 * open);
  const panel = (y: number, high: number) =>
    rect(206 - width + width * 0.16, y, width * 0.68, high, '#5a3d2b', { rx: 1 });
  const rain = Array.from({ length: 16 }, (_, n) => {
    const x = 116 + chance(n + 3) * 92;
    const y = -205 + ((chance(n + 70) * 200 + t * 300) % 200);
    return line(d`M ${x} ${y} l -4 16`, '#a9c4de', 1.1, { opacity: 0.5 * Math.min(1, open * 2) });
  }).join('');
  return group(
    {},
    rect(104, -216, 112, 216, '#8c6b4d'),
    rect(114, -206, 92, 206, '#0e1930'),
    rect(114, -206, 92, 206, '#dbe7ff', { opacity: flash(t) * 0.6 }),
    rain,
    rect(206 - width, -206, width, 206, '#7a5338'),
    panel(-192, 78),
    panel(-100, 84),
    ellipse(206 - width + 7 * (1 - 0.5 * open), -100, 3.4, 3.4, '#d9b65c'),
  );
}
