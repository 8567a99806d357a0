/** Nose, mouth and a tear, in head units. */
import type { Bearing, Features } from './face.js';
import { d, ellipse, group, line, path, type Svg } from './svg.js';

export function drawNose(features: Features, turn: number): Svg {
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

export function drawMouth(features: Features, { turn, expression, mouth: opening }: Bearing): Svg {
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

export function drawTear(run: number, turn: number): Svg {
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
