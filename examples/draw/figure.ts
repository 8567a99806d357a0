/** A person from head to shoes. Units: centimetres; the origin is between the feet, up is negative. */
import { type Bearing, type Features, face } from './face.js';
import { d, ellipse, group, line, path, placed, rect, type Svg } from './svg.js';

export interface Clothes {
  readonly coat: string;
  readonly coatShade: string;
  /** Where the coat ends, in cm above the ground. */
  readonly hem: number;
  readonly flare: number;
  readonly legs: string;
  readonly shoes: string;
  readonly buttons: string;
  /** What is worn at the neck, around (0, 0) = the pit of the neck. */
  readonly collar: (sway: number) => Svg;
}

export interface Person {
  /** cm */
  readonly height: number;
  /** Width of the head in cm; heads are a little large here, so that faces can be read. */
  readonly head: number;
  /** Half the width of the shoulders in cm. */
  readonly shoulder: number;
  readonly features: Features;
  readonly clothes: Clothes;
  /** Hair, beard and hats in head units (100 wide): behind the face, before it, and the head seen from behind. */
  readonly behind: (turn: number, sway: number) => Svg;
  readonly before: (turn: number, sway: number) => Svg;
  readonly fromBehind: (sway: number) => Svg;
}

export type Point = readonly [number, number];

export interface Pose extends Bearing {
  readonly back: boolean;
  /** Where the hands are, seen from the feet; a hand without a place hangs. */
  readonly leftHand?: Point;
  readonly rightHand?: Point;
  /** Steps walked; absent for someone who stands. */
  readonly steps?: number;
  /** Wind and breath, −1…1. */
  readonly sway: number;
  /** Drawn in the right hand. */
  readonly held?: Svg;
}

export function figure(person: Person, pose: Pose, id: string): Svg {
  const { height, head, shoulder, clothes } = person;
  const walked = pose.steps ?? 0;
  const bob = pose.steps === undefined ? pose.sway * 0.5 : -Math.abs(Math.sin(walked * Math.PI)) * 2.4;
  const neck = -(height - head * 1.34);
  const swing = pose.steps === undefined ? 0 : Math.sin(walked * Math.PI) * 12;
  const hang = (side: -1 | 1): Point => [
    side * (shoulder + 1) + side * swing * (pose.back ? 0.2 : 1),
    neck + 4 + height * 0.335 - Math.abs(swing) * 0.25,
  ];
  const arm = (side: -1 | 1, at: Point | undefined, held: Svg) =>
    drawArm(person, [side * (shoulder - 2.5), neck + 6], at ?? hang(side), side, held);
  const left = arm(-1, pose.leftHand, '');
  const right = arm(1, pose.rightHand, pose.held ?? '');
  const torso = [drawTorso(person, neck, pose), pose.back ? '' : placed(0, neck, 1, 0, clothes.collar(pose.sway))];
  const drawnHead = placed(
    pose.turn * 1.5,
    -(height - head * 0.58),
    head / 100,
    pose.back ? 0 : pose.turn * 2,
    drawHead(person, pose, id),
  );
  const neckPart = group(
    {},
    rect(-head * 0.2, neck - head * 0.5, head * 0.4, head * 0.6, person.features.skin),
    path(
      d`M ${-head * 0.2} ${neck - head * 0.5} H ${head * 0.2} V ${neck - head * 0.12} Q 0 ${neck + 1} ${-head * 0.2} ${neck - head * 0.1} Z`,
      person.features.shade,
      { opacity: 0.7 },
    ),
  );
  const behindHead = pose.back
    ? ''
    : placed(pose.turn * 1.5, -(height - head * 0.58), head / 100, 0, person.behind(pose.turn, pose.sway));
  const upper = pose.back
    ? [left, right, neckPart, ...torso, drawnHead]
    : [behindHead, neckPart, ...torso, left, right, drawnHead];
  return group(
    {},
    ellipse(0, 0, shoulder * 1.7, 4.5, '#000000', { opacity: 0.28 }),
    drawLegs(person, pose),
    group({ transform: `translate(0 ${Math.round(bob * 100) / 100})` }, ...upper),
  );
}

function drawHead(person: Person, pose: Pose, id: string): Svg {
  if (pose.back) return person.fromBehind(pose.sway);
  return face(person.features, pose, id) + person.before(pose.turn, pose.sway);
}

function drawTorso({ shoulder: s, clothes, height }: Person, neck: number, pose: Pose): Svg {
  const waist = neck + height * 0.2;
  const hem = -clothes.hem;
  const wide = s + clothes.flare;
  const wind = pose.sway * 2;
  const body = d`M ${-s * 0.42} ${neck - 1} Q ${-s} ${neck + 1} ${-s - 2} ${neck + 10} L ${-s + 2} ${waist} L ${-wide + wind} ${hem} Q ${wind} ${hem + 4} ${wide + wind} ${hem} L ${s - 2} ${waist} L ${s + 2} ${neck + 10} Q ${s} ${neck + 1} ${s * 0.42} ${neck - 1} Q 0 ${neck + 4} ${-s * 0.42} ${neck - 1} Z`;
  const far = -pose.light;
  const shade = d`M ${far * s * 0.5} ${neck + 1} Q ${far * s} ${neck + 1} ${far * (s + 2)} ${neck + 10} L ${far * (s - 2)} ${waist} L ${far * wide + wind} ${hem} L ${far * wide * 0.25 + wind} ${hem + 2} Q ${far * s * 0.2} ${waist} ${far * s * 0.5} ${neck + 1} Z`;
  const opening = pose.turn * s * 0.3;
  const button = (share: number) =>
    ellipse(opening + 3, neck + 12 + (hem - neck - 12) * share, 1.3, 1.3, clothes.buttons);
  return group(
    {},
    path(body, clothes.coat),
    path(shade, clothes.coatShade, { opacity: 0.75 }),
    pose.back
      ? line(d`M 0 ${neck + 14} L ${wind} ${hem}`, clothes.coatShade, 1)
      : line(d`M ${opening * 0.6} ${neck + 4} L ${opening + wind * 0.5} ${hem + 2}`, clothes.coatShade, 1.2),
    pose.back ? '' : [0.12, 0.36, 0.6].map(button).join(''),
  );
}

function drawArm(person: Person, shoulder: Point, hand: Point, side: -1 | 1, held: Svg): Svg {
  const { clothes, features, height } = person;
  const [upper, lower] = [height * 0.175, height * 0.165];
  const elbow = bend(shoulder, hand, upper, lower, side);
  const cuff: Point = [elbow[0] + (hand[0] - elbow[0]) * 0.86, elbow[1] + (hand[1] - elbow[1]) * 0.86];
  const width = height * 0.062;
  const sleeve = d`M ${shoulder[0]} ${shoulder[1]} L ${elbow[0]} ${elbow[1]} L ${cuff[0]} ${cuff[1]}`;
  const palm = height * 0.026;
  return group(
    {},
    line(sleeve, clothes.coatShade, width + 1.6),
    line(sleeve, clothes.coat, width),
    held === '' ? '' : placed(hand[0], hand[1], 1, 0, held),
    ellipse(hand[0], hand[1], palm, palm * 1.12, features.skin),
    ellipse(hand[0] - side * palm * 0.8, hand[1] - palm * 0.2, palm * 0.42, palm * 0.75, features.skin),
  );
}

/**
 * The middle joint of a limb of two bones; `side` says to which side it points. Stretched limbs are drawn straight, and
 * a limb that reaches less far than it could is taken to come towards us: its bones are drawn shorter.
 */
function bend(from: Point, to: Point, thigh: number, shin: number, side: -1 | 1): Point {
  const [dx, dy] = [to[0] - from[0], to[1] - from[1]];
  const nearness = Math.min(1, Math.max(0.55, (Math.hypot(dx, dy) * 1.1) / (thigh + shin)));
  const [upper, lower] = [thigh * nearness, shin * nearness];
  const reach = Math.min(Math.hypot(dx, dy), upper + lower - 0.1);
  const along = (upper ** 2 - lower ** 2 + reach ** 2) / (2 * reach);
  const out = Math.sqrt(Math.max(0, upper ** 2 - along ** 2)) * side;
  const length = Math.hypot(dx, dy) || 1;
  return [from[0] + (dx * along + dy * out) / length, from[1] + (dy * along - dx * out) / length];
}

function drawLegs({ height, clothes, shoulder }: Person, pose: Pose): Svg {
  const hip = -height * 0.46;
  const width = height * 0.072;
  const leg = (side: -1 | 1) => {
    const phase = (pose.steps ?? 0) * Math.PI + (side === 1 ? 0 : Math.PI);
    const moving = pose.steps !== undefined;
    const across = moving && !pose.back ? Math.sin(phase) * height * 0.13 * Math.sign(pose.turn || 1) : 0;
    const lift = moving ? Math.max(0, Math.cos(phase)) * height * 0.04 : 0;
    const foot: Point = [side * shoulder * 0.45 + across, -4 - lift];
    const knee = bend([side * shoulder * 0.4, hip], foot, height * 0.22, height * 0.215, pose.turn < 0 ? -1 : 1);
    const toe = pose.back ? 0 : (moving ? Math.sign(pose.turn || 1) : side) * height * 0.02;
    return group(
      {},
      line(d`M ${side * shoulder * 0.4} ${hip} L ${knee[0]} ${knee[1]} L ${foot[0]} ${foot[1]}`, clothes.legs, width),
      ellipse(foot[0] + toe, foot[1] + 2, height * 0.05, height * 0.026, clothes.shoes),
    );
  };
  return leg(-1) + leg(1);
}
