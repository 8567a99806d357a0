/** A face from the front or turned by up to half a profile. Units: a head is 100 wide, its centre is the origin. */
import { drawEye } from './eye.js';
import { drawMouth, drawNose, drawTear } from './mouth.js';
import { d, ellipse, group, line, path, type Svg } from './svg.js';

export interface Expression {
  /** −1 (corners down) … 1 (a broad smile). */
  readonly smile: number;
  /** 0…1: the inner ends of the brows go up. */
  readonly sorrow: number;
  /** −1 (frowning) … 1 (brows up). */
  readonly lift: number;
  /** Opening of the eyes, 0…1.2. */
  readonly lids: number;
}

export const expressions = {
  calm: { smile: 0.15, sorrow: 0.1, lift: 0.1, lids: 0.95 },
  wistful: { smile: -0.1, sorrow: 0.7, lift: 0.2, lids: 0.85 },
  wry: { smile: 0.5, sorrow: 0.2, lift: 0.25, lids: 0.8 },
  hurt: { smile: -0.5, sorrow: 1, lift: 0.2, lids: 0.95 },
  ashamed: { smile: -0.25, sorrow: 0.8, lift: 0, lids: 0.55 },
  curious: { smile: 0.2, sorrow: 0.1, lift: 0.9, lids: 1.15 },
  tender: { smile: 0.45, sorrow: 0.6, lift: 0.2, lids: 0.7 },
  happy: { smile: 0.9, sorrow: 0.1, lift: 0.5, lids: 0.85 },
} satisfies Record<string, Expression>;

export type Mood = keyof typeof expressions;

/** How one person's face differs from another's. */
export interface Features {
  readonly skin: string;
  readonly shade: string;
  readonly blush: string;
  readonly lips: string;
  readonly brow: string;
  readonly browWidth: number;
  readonly iris: string;
  /** Half the width of the jaw, about 30…40. */
  readonly jaw: number;
  /** Size of the eyes; 1 is an adult's. */
  readonly eyes: number;
  readonly ears: boolean;
  readonly lashes: boolean;
  readonly lines: boolean;
  readonly freckles: boolean;
}

export interface Bearing {
  /** −1 (to the left of the picture) … 1 (to the right). */
  readonly turn: number;
  /** −1 (up) … 1 (down). */
  readonly nod: number;
  readonly expression: Expression;
  /** Where the eyes go beyond the turn of the head, −1…1 each. */
  readonly gaze: readonly [number, number];
  /** 0…1 */
  readonly mouth: number;
  /** A tear on the near cheek: how far it has run, 0…1; absent without one. */
  readonly tear?: number;
  /** −1: the light comes from the left, 1: from the right. */
  readonly light: number;
}

export function outline(features: Features, turn: number): string {
  const chin = turn * 7;
  const jaw = features.jaw;
  return d`M -48 -16 C -52 -68 52 -68 48 -16 C 49 10 ${jaw + chin} 40 ${14 + chin} 53 Q ${chin} 61 ${chin - 14} 53 C ${chin - jaw} 40 -49 10 -48 -16 Z`;
}

/** Skin, ears, eyes, brows, nose and mouth; hair goes before and after. */
export function face(features: Features, bearing: Bearing, id: string): Svg {
  const { turn, nod } = bearing;
  const moved = `translate(${turn * 13} ${nod * 7})`;
  const eye = (side: -1 | 1) => drawEye(features, bearing, side, `${id}${side === 1 ? 'r' : 'l'}`);
  return group(
    {},
    `<clipPath id="${id}face"><path d="${outline(features, turn)}"/></clipPath>`,
    features.ears ? ears(features, turn) : '',
    path(outline(features, turn), features.skin),
    group(
      { 'clip-path': `url(#${id}face)` },
      sideShadow(turn, bearing.light, features.shade),
      group(
        { transform: moved },
        ellipse(-27 + turn * 3, 20, 11, 8, features.blush, { opacity: 0.35 }),
        ellipse(27 + turn * 3, 20, 11, 8, features.blush, { opacity: 0.35 }),
        features.freckles ? freckles(turn) : '',
        features.lines ? wrinkles(features, turn) : '',
      ),
    ),
    group(
      { transform: moved },
      eye(-1),
      eye(1),
      drawNose(features, turn),
      drawMouth(features, bearing),
      bearing.tear === undefined ? '' : drawTear(bearing.tear, turn),
    ),
  );
}

function ears(features: Features, turn: number): Svg {
  const ear = (side: -1 | 1) =>
    group(
      {},
      ellipse(side * 48 - turn * 6, 4, 8, 12, features.skin),
      ellipse(side * 48 - turn * 6 + side, 5, 4, 7, features.shade, { opacity: 0.6 }),
    );
  return (turn < 0.45 ? ear(1) : '') + (turn > -0.45 ? ear(-1) : '');
}

/** The half of the face that is away from the light. */
function sideShadow(turn: number, light: number, shade: string): Svg {
  const far = -light;
  const edge = far * 16 + turn * 10;
  return path(
    d`M ${edge} -60 H ${far * 70} V 70 H ${turn * 7} C ${edge + far * 14} 40 ${edge + far * 26} 10 ${edge} -60 Z`,
    shade,
    { opacity: 0.38 },
  );
}

const freckles = (turn: number): Svg =>
  [-33, -27, -22, 22, 28, 33]
    .map((x, index) => ellipse(x + turn * 2, 13 + (index % 2) * 4, 1.2, 1.2, '#a8623f', { opacity: 0.6 }))
    .join('');

function wrinkles(features: Features, turn: number): Svg {
  const crease = { opacity: 0.75 };
  return group(
    {},
    line(d`M -35 -2 l -5 -2 M -35 1 l -5 1.5 M 35 -2 l 5 -2 M 35 1 l 5 1.5`, features.shade, 1.3, crease),
    line(d`M ${-16 + turn * 2} 15 Q -23 22 -24 29 M ${16 + turn * 2} 15 Q 23 22 24 29`, features.shade, 1.7, crease),
    line(d`M -15 -31 q 15 -3 30 0 M -11 -36.5 q 11 -2 22 0`, features.shade, 1.3, crease),
  );
}
