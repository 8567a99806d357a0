/** A face from the front or turned by up to half a profile. Units: a head is 100 wide, its centre is the origin. */
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
      nose(features, turn),
      mouth(features, bearing),
      bearing.tear === undefined ? '' : tear(bearing.tear, turn),
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

function drawEye(features: Features, { turn, expression, gaze }: Bearing, side: -1 | 1, id: string): Svg {
  const far = Math.max(0, side * turn);
  const x = side * 21 * (1 - 0.12 * far);
  const width = 9.6 * features.eyes * (1 - 0.28 * far);
  const open = 7.4 * features.eyes * expression.lids;
  const shut = expression.lids < 0.15;
  const iris = 5.6 * Math.sqrt(features.eyes);
  const [gx, gy] = [gaze[0] * 3.4 + turn * 1.6, gaze[1] * 3];
  const almond = d`M ${x - width} 1 Q ${x - side} ${-open * 1.75} ${x + width} 0 Q ${x} ${open * 1.25} ${x - width} 1 Z`;
  const lid = d`M ${x - width - (side < 0 ? 1.5 : 0)} 1 Q ${x - side} ${-open * 1.8} ${x + width + (side > 0 ? 1.5 : 0)} 0`;
  const inner = x - side * 11;
  const outer = x + side * 12 * (1 - 0.25 * far);
  const browY = -15 - expression.lift * 5 - (features.eyes - 1) * 8;
  const brow = line(
    d`M ${inner} ${browY - expression.sorrow * 5 + 2} Q ${x + side * 2} ${browY - 4 - expression.sorrow} ${outer} ${browY + 3 + expression.sorrow * 2}`,
    features.brow,
    features.browWidth,
  );
  if (shut)
    return group(
      { transform: 'translate(0 -4)' },
      line(d`M ${x - width} 1 Q ${x} 6 ${x + width} 1`, features.brow, 2.6),
      brow,
    );
  return group(
    { transform: 'translate(0 -4)' },
    `<clipPath id="${id}"><path d="${almond}"/></clipPath>`,
    path(almond, '#fdfaf4'),
    group(
      { 'clip-path': `url(#${id})` },
      ellipse(x + gx, gy - 0.5, iris, iris, features.iris),
      ellipse(x + gx, gy - 0.5, iris * 0.52, iris * 0.52, '#17110f'),
      ellipse(x + gx - 2, gy - 3, 1.7, 1.7, '#ffffff'),
      path(
        d`M ${x - width} -12 H ${x + width} V ${-open * 0.55} Q ${x} ${-open * 0.95} ${x - width} ${-open * 0.5} Z`,
        '#3a2a2a',
        {
          opacity: 0.22,
        },
      ),
    ),
    line(lid, '#2b1d1a', features.lashes ? 2.6 : 1.9),
    features.lashes
      ? line(
          d`M ${x + side * width} 0 l ${side * 4} -3.4 M ${x + side * (width - 2.5)} -2.6 l ${side * 3.4} -4`,
          '#2b1d1a',
          1.6,
        )
      : '',
    line(d`M ${x - width * 0.6} ${open * 0.75 + 2} q ${width * 0.6} 2.2 ${width * 1.2} 0`, features.shade, 1.2, {
      opacity: 0.7,
    }),
    brow,
  );
}

function nose(features: Features, turn: number): Svg {
  const tip = turn * 6;
  const side = turn < 0 ? -1 : 1;
  return group(
    {},
    path(
      d`M ${side * 2} -4 Q ${tip + side * 7} 10 ${tip + side * 5} 16 Q ${tip} 20 ${tip - side * 4} 16 Q ${tip + side} 8 ${side * 2} -4 Z`,
      features.shade,
      {
        opacity: 0.4,
      },
    ),
    line(
      d`M ${tip - side * 5} 15 Q ${tip - side * 6} 18.5 ${tip - side} 18 Q ${tip + side * 4} 20 ${tip + side * 6.5} 15.5`,
      features.shade,
      1.8,
    ),
  );
}

function mouth(features: Features, { turn, expression, mouth: opening }: Bearing): Svg {
  const { smile } = expression;
  const half = 13 + smile * 4 - opening * 2.5;
  const shift = turn * 3;
  const y = 34;
  const corner = y - smile * 4;
  const [left, right] = [shift - half * (1 - 0.18 * Math.max(0, -turn)), shift + half * (1 - 0.18 * Math.max(0, turn))];
  const middle = y + smile * 3.5;
  if (opening < 0.08)
    return group(
      {},
      path(
        d`M ${left + 3} ${corner} Q ${shift} ${middle - 4.5} ${right - 3} ${corner} Q ${shift} ${middle + 7.5} ${left + 3} ${corner} Z`,
        features.lips,
      ),
      line(d`M ${left} ${corner} Q ${shift} ${middle + smile * 3} ${right} ${corner}`, '#6b2f2a', 1.7),
      line(d`M ${shift - 5} ${middle + 10} q 5 1.6 10 0`, features.shade, 1.4, { opacity: 0.6 }),
    );
  const depth = 3 + opening * 11;
  const inside = d`M ${left + 1} ${corner} Q ${shift} ${middle - 3} ${right - 1} ${corner} Q ${shift} ${middle + depth * 1.7} ${left + 1} ${corner} Z`;
  return group(
    {},
    path(inside, '#5a1f22', { stroke: features.lips, 'stroke-width': 2.6, 'stroke-linejoin': 'round' }),
    path(
      d`M ${left + 4} ${corner + 0.6} Q ${shift} ${middle - 1.6} ${right - 4} ${corner + 0.6} Q ${shift} ${middle + 2.2} ${left + 4} ${corner + 0.6} Z`,
      '#fbf3ea',
    ),
    ellipse(shift, middle + depth * 0.72, half * 0.45, depth * 0.16, '#c9645f'),
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

function tear(run: number, turn: number): Svg {
  const x = (turn < 0 ? 20 : -20) + turn;
  const y = 6 + run * 26;
  return group(
    {},
    line(d`M ${x} 6 L ${x} ${y}`, '#dff1ff', 1.5, { opacity: 0.5 }),
    path(d`M ${x} ${y - 5} Q ${x + 3.4} ${y} ${x} ${y + 2.4} Q ${x - 3.4} ${y} ${x} ${y - 5} Z`, '#e8f6ff', {
      stroke: '#9cc6e6',
      'stroke-width': 0.6,
    }),
  );
}
