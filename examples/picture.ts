/** One drawing of the demo film as SVG: the set, the people, the light, the subtitle. */
import { cast } from './draw/cast.js';
import { expressions } from './draw/face.js';
import { figure, type Pose } from './draw/figure.js';
import { kitchen } from './draw/kitchen.js';
import { pier } from './draw/pier.js';
import { type Camera, type DrawnSet, type Layer, pictureHeight, pictureWidth, seen } from './draw/set.js';
import { street } from './draw/street.js';
import { chance, element, group, line, path, placed, rect, type Svg } from './draw/svg.js';
import type { Film, FilmedLine, FilmedShot } from './film.js';
import type { Place, Standing } from './storyboard.js';

const sets: Readonly<Record<Place, DrawnSet>> = { pier, kitchen, street };

/** The family name that the font file (`@expo-google-fonts/lato`, OFL) goes by. */
export const fontFamily = 'Lato';

/** Opening of the mouth of whoever speaks, `seconds` into a line. */
export type Mouths = (line: FilmedLine, seconds: number) => number;

/** The drawing of one shot; `seconds` may lie a little outside it, for dissolves. */
export function drawShot(film: Film, shot: FilmedShot, seconds: number, mouths: Mouths): Svg {
  const set = sets[shot.place];
  const share = Math.min(1, Math.max(0, (seconds - shot.start) / (shot.end - shot.start)));
  const camera = between(shot.camera, shot.cameraTo ?? shot.camera, ease(share));
  const inScene = seconds - shot.sceneStart;
  const people = shot.cast.map((standing, index) => person(film, shot, standing, index, seconds, mouths)).join('');
  const layers: Layer[] = [...set.behind(inScene), { depth: 1, drawing: people }, ...set.before(inScene)];
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: pictureWidth,
      height: pictureHeight,
      viewBox: `0 0 ${pictureWidth} ${pictureHeight}`,
    },
    element('defs', {}, set.defs),
    layers.map((layer) => seen(layer, camera, set.home)).join(''),
    set.grade(inScene),
  );
}

/** White with a black outline, centred near the lower edge, on nothing. */
export const drawSubtitle = (text: string): Svg => lettering(text, 650, 40, '#ffffff', '#000000', 7, 700);

export const drawTitle = (text: string): Svg => lettering(text, 150, 84, '#fff4dc', '#8a3d4f', 4, 700);

function lettering(
  text: string,
  y: number,
  size: number,
  fill: string,
  stroke: string,
  width: number,
  weight: number,
): Svg {
  const font = { 'font-family': fontFamily, 'font-size': size, 'font-weight': weight, 'text-anchor': 'middle' };
  const written = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const outline = { stroke, 'stroke-width': width, 'stroke-linejoin': 'round', 'paint-order': 'stroke' };
  return element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      width: pictureWidth,
      height: pictureHeight,
      viewBox: `0 0 ${pictureWidth} ${pictureHeight}`,
    },
    element('text', { x: pictureWidth / 2, y, fill, ...font, ...outline }, written),
  );
}

const ease = (share: number): number => share * share * (3 - 2 * share);

const between = (from: Camera, to: Camera, share: number): Camera => ({
  x: from.x + (to.x - from.x) * share,
  y: from.y + (to.y - from.y) * share,
  width: from.width + (to.width - from.width) * share,
});

function person(film: Film, shot: FilmedShot, standing: Standing, index: number, seconds: number, mouths: Mouths): Svg {
  const { who, appears = 0, scale = 1, y = 0 } = standing;
  const into = seconds - shot.start;
  if (into < appears) return '';
  const set = sets[shot.place];
  const going = Math.min(1, Math.max(0, (into - appears) / (shot.end - shot.start - appears)));
  const distance = (standing.to ?? standing.x) - standing.x;
  const seed = who.length * 7;
  const expression = expressions[standing.mood];
  const spoken = film.lines.find((said) => said.speaker === who && seconds >= said.start && seconds < said.said);
  const stride = cast[who].height * 0.4;
  const pose: Pose = {
    turn: standing.turn + Math.sin(seconds * 0.9 + seed) * 0.04,
    nod: (standing.nod ?? 0) + Math.sin(seconds * 1.3 + seed) * 0.06,
    expression: blinks(seconds, seed) ? { ...expression, lids: 0 } : expression,
    gaze: standing.gaze ?? [0, 0],
    mouth: spoken ? mouths(spoken, seconds - spoken.start) : 0,
    tear: standing.tear && into > 1 ? Math.min(1, (into - 1) / 2) : undefined,
    light: set.light,
    back: standing.back ?? false,
    leftHand: standing.leftHand,
    rightHand: standing.rightHand,
    steps: standing.walking ? (Math.abs(distance) * going) / stride + seed : undefined,
    sway: set.wind * (0.6 * Math.sin(seconds * 1.7 + seed) + 0.3 * Math.sin(seconds * 4.1 + seed)),
    held: standing.holds ? held[standing.holds] : undefined,
  };
  return placed(standing.x + distance * going, y, scale, 0, figure(cast[who], pose, `${shot.place}${index}`));
}

/** Two drawings long, every three seconds or so, at a person's own times. */
const blinks = (seconds: number, seed: number): boolean => {
  const turn = Math.floor(seconds / 2.7);
  const at = turn * 2.7 + 0.4 + chance(turn + seed) * 1.8;
  return seconds >= at && seconds < at + 0.16;
};

const held: Readonly<Record<NonNullable<Standing['holds']>, Svg>> = {
  suitcase: group(
    {},
    line('M -7 6 V 1 Q -7 -2 0 -2 Q 7 -2 7 1 V 6', '#4a2c1d', 2.4),
    rect(-22, 6, 44, 32, '#8a5a35', { rx: 3 }),
    rect(-22, 16, 44, 3, '#6b4326'),
    rect(-14, 6, 4, 32, '#5b371f'),
    rect(10, 6, 4, 32, '#5b371f'),
    rect(-3, 14, 6, 6, '#d9b65c', { rx: 1 }),
  ),
  letter: group(
    { transform: 'translate(-10 4) rotate(-3)' },
    path('M -15 -15 L 14 -17 L 16 15 L -13 17 Z', '#fbf3df'),
    line('M -10 -9 L 9 -10.500 M -10 -4 L 10 -5.500 M -9 1 L 10 -.5 M -9 6 L 4 5', '#7b83a3', 1),
  ),
  rope: group(
    {},
    line('M -18 -4 Q -26 20 -9 30 Q 8 20 0 0 M -16 -3 Q -20 14 -9 22 Q 2 14 -2 0', '#d8b67c', 3),
    line('M -18 -4 Q -9 -8 0 0', '#b7935d', 3),
  ),
};
