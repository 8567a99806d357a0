/** Small pieces of SVG as strings. Numbers are rounded, so that a picture does not hang on the last bit of a sine. */
export type Svg = string;
export type Attributes = Readonly<Record<string, string | number>>;

export const round = (value: number): number => Math.round(value * 100) / 100;

const written = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => ` ${name}="${typeof value === 'number' ? round(value) : value}"`)
    .join('');

export const element = (name: string, attributes: Attributes, ...children: Svg[]): Svg =>
  `<${name}${written(attributes)}>${children.join('')}</${name}>`;

export const group = (attributes: Attributes, ...children: Svg[]): Svg => element('g', attributes, ...children);

/** Moved, scaled, then turned by degrees. */
export const placed = (x: number, y: number, scale: number, degrees: number, ...children: Svg[]): Svg =>
  group(
    { transform: `translate(${round(x)} ${round(y)}) scale(${round(scale)}) rotate(${round(degrees)})` },
    ...children,
  );

/** A shape; its opacity is that of its paint, because a layer of its own costs resvg dearly (and fails off the picture). */
const shape = (name: string, { opacity, ...attributes }: Attributes): Svg =>
  element(
    name,
    opacity === undefined ? attributes : { ...attributes, 'fill-opacity': opacity, 'stroke-opacity': opacity },
  );

export const rect = (x: number, y: number, width: number, height: number, fill: string, more: Attributes = {}): Svg =>
  shape('rect', { x, y, width, height, fill, ...more });

export const ellipse = (cx: number, cy: number, rx: number, ry: number, fill: string, more: Attributes = {}): Svg =>
  shape('ellipse', { cx, cy, rx, ry, fill, ...more });

export const path = (d: string, fill: string, more: Attributes = {}): Svg => shape('path', { d, fill, ...more });

/** An unfilled line with round ends. */
export const line = (d: string, stroke: string, width: number, more: Attributes = {}): Svg =>
  path(d, 'none', { stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', ...more });

/** Path data with its numbers rounded. */
export const d = (parts: TemplateStringsArray, ...numbers: number[]): string =>
  parts.reduce((sum, part, index) => `${sum}${round(numbers[index - 1] ?? 0)}${part}`);

/** Colour stops from the top down (or from the centre out): `[share, colour, opacity?]`. */
export type Stops = readonly (readonly [number, string, number?])[];

const stops = (list: Stops): Svg =>
  list
    .map(([offset, colour, opacity = 1]) => element('stop', { offset, 'stop-color': colour, 'stop-opacity': opacity }))
    .join('');

export const fromTop = (id: string, list: Stops): Svg =>
  element('linearGradient', { id, x1: 0, y1: 0, x2: 0, y2: 1 }, stops(list));

export const fromCentre = (id: string, list: Stops): Svg => element('radialGradient', { id }, stops(list));

/** A number in 0…1 that is always the same for the same seed. */
export const chance = (seed: number): number => {
  const wave = Math.sin(seed * 12.9898 + 4.1414) * 43758.5453;
  return wave - Math.floor(wave);
};
