/** One eye with its lids and brow, in head units. */
import type { Bearing, Features } from './face.js';
import { d, ellipse, group, line, path, type Svg } from './svg.js';

/** `side` is −1 for the eye at the left of the picture. */
export function drawEye(features: Features, { turn, expression, gaze }: Bearing, side: -1 | 1, id: string): Svg {
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
