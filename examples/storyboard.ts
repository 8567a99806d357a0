/**
 * How "The Light Left On" is filmed: every shot with its camera, who stands where and in what mood. What is said comes
 * from the screenplay: a shot with `speech` takes the next line of its scene.
 */
import type { Role } from './draw/cast.js';
import type { Mood } from './draw/face.js';
import type { Point } from './draw/figure.js';
import type { Camera } from './draw/set.js';

export type Place = 'pier' | 'kitchen' | 'street';

export interface Standing {
  readonly who: Role;
  /** Feet, in cm on the set; `to` is reached at the end of the shot. */
  readonly x: number;
  readonly to?: number;
  readonly y?: number;
  readonly scale?: number;
  readonly mood: Mood;
  /** −1: to the left, 1: to the right. */
  readonly turn: number;
  readonly nod?: number;
  readonly gaze?: Point;
  readonly walking?: boolean;
  readonly back?: boolean;
  readonly leftHand?: Point;
  readonly rightHand?: Point;
  readonly holds?: 'suitcase' | 'letter' | 'rope';
  readonly tear?: boolean;
  /** Not to be seen before this many seconds into the shot. */
  readonly appears?: number;
}

export interface StoryboardShot {
  /** Counts the screenplay's scenes from 0. */
  readonly scene: number;
  readonly place: Place;
  readonly size: 'WIDE' | 'MEDIUM' | 'CLOSE_UP';
  readonly seconds: number;
  readonly camera: Camera;
  readonly cameraTo?: Camera;
  readonly cast: readonly Standing[];
  /** The next line of the scene is said, so many seconds into the shot; `tagged` puts the speaker's name before it. */
  readonly speech?: { readonly at: number; readonly tagged: boolean };
  /** How the picture comes to this shot; a cut where nothing is said. */
  readonly into?: { readonly transition: 'DISSOLVE' | 'FADE'; readonly seconds: number };
}

const rope = { leftHand: [-9, -92], rightHand: [9, -88], holds: 'rope' } as const;

export const storyboard: readonly StoryboardShot[] = [
  {
    ...{ scene: 0, place: 'pier', size: 'WIDE', seconds: 2.75 },
    camera: { x: -14, y: -97, width: 600 },
    cameraTo: { x: 0, y: -97, width: 570 },
    cast: [
      { who: 'TOMAS', x: 62, mood: 'calm', turn: 0.3, nod: 0.6, gaze: [0, 0.8], ...rope },
      {
        who: 'MARA',
        x: -216,
        to: -92,
        mood: 'wistful',
        turn: 0.85,
        walking: true,
        rightHand: [22, -70],
        holds: 'suitcase',
      },
    ],
  },
  {
    ...{ scene: 0, place: 'pier', size: 'MEDIUM', seconds: 2.75 },
    camera: { x: -66, y: -128, width: 186 },
    cast: [
      { who: 'MARA', x: -84, mood: 'wistful', turn: 0.6, gaze: [0.4, 0], rightHand: [22, -70], holds: 'suitcase' },
    ],
    speech: { at: 0.25, tagged: true },
  },
  {
    ...{ scene: 0, place: 'pier', size: 'MEDIUM', seconds: 3 },
    camera: { x: 48, y: -132, width: 178 },
    cast: [{ who: 'TOMAS', x: 62, mood: 'wry', turn: -0.5, gaze: [-0.5, 0], ...rope }],
    speech: { at: 0.25, tagged: true },
  },
  {
    ...{ scene: 0, place: 'pier', size: 'CLOSE_UP', seconds: 2.5 },
    camera: { x: -76, y: -147, width: 92 },
    cameraTo: { x: -76, y: -147, width: 86 },
    cast: [{ who: 'MARA', x: -84, mood: 'hurt', turn: 0.45, gaze: [0.5, 0] }],
    speech: { at: 0.2, tagged: false },
  },
  {
    ...{ scene: 0, place: 'pier', size: 'CLOSE_UP', seconds: 2.75 },
    camera: { x: 55, y: -152, width: 96 },
    cameraTo: { x: 55, y: -152, width: 88 },
    cast: [{ who: 'TOMAS', x: 62, mood: 'ashamed', turn: -0.2, nod: 0.5, gaze: [-0.1, 0.9], ...rope }],
    speech: { at: 0.2, tagged: true },
  },
  {
    ...{ scene: 1, place: 'kitchen', size: 'WIDE', seconds: 3, into: { transition: 'DISSOLVE', seconds: 0.75 } },
    camera: { x: 0, y: -112, width: 500 },
    cast: [
      { who: 'TOMAS', x: 172, to: 150, mood: 'calm', turn: -0.7, walking: true, appears: 1.1 },
      {
        who: 'MARA',
        x: 150,
        to: 84,
        mood: 'calm',
        turn: -0.85,
        walking: true,
        appears: 1,
        rightHand: [24, -74],
        holds: 'suitcase',
      },
      { who: 'IDA', x: -46, y: 8, mood: 'curious', turn: 0.7 },
    ],
  },
  {
    ...{ scene: 1, place: 'kitchen', size: 'MEDIUM', seconds: 2.25 },
    camera: { x: -30, y: -92, width: 165 },
    cast: [{ who: 'IDA', x: -46, y: 8, mood: 'curious', turn: 0.6, gaze: [0.5, -0.3] }],
    speech: { at: 0.2, tagged: true },
  },
  {
    ...{ scene: 1, place: 'kitchen', size: 'MEDIUM', seconds: 2.75 },
    camera: { x: 122, y: -136, width: 176 },
    cast: [
      { who: 'MARA', x: 92, mood: 'ashamed', turn: 0.35, gaze: [0.6, 0.2] },
      { who: 'TOMAS', x: 152, mood: 'wry', turn: -0.55, gaze: [-0.6, 0.3] },
    ],
    speech: { at: 0.25, tagged: true },
  },
  {
    ...{ scene: 1, place: 'kitchen', size: 'CLOSE_UP', seconds: 2.5 },
    camera: { x: 14, y: -83, width: 116 },
    cameraTo: { x: 18, y: -82, width: 106 },
    cast: [{ who: 'IDA', x: -8, y: 10, mood: 'calm', turn: 0.45, nod: 0.4, gaze: [0.4, 0.9], rightHand: [24, -74] }],
    speech: { at: 0.2, tagged: false },
  },
  {
    ...{ scene: 1, place: 'kitchen', size: 'CLOSE_UP', seconds: 3 },
    camera: { x: 88, y: -143, width: 104 },
    cameraTo: { x: 88, y: -144, width: 92 },
    cast: [
      {
        who: 'MARA',
        x: 92,
        mood: 'tender',
        turn: -0.3,
        nod: 0.5,
        gaze: [-0.1, 0.9],
        leftHand: [-9, -124],
        rightHand: [11, -124],
        holds: 'letter',
        tear: true,
      },
    ],
    speech: { at: 0.4, tagged: false },
  },
  {
    ...{ scene: 2, place: 'street', size: 'WIDE', seconds: 2.75, into: { transition: 'FADE', seconds: 1 } },
    camera: { x: -150, y: -106, width: 560 },
    cameraTo: { x: -90, y: -106, width: 560 },
    cast: [
      { who: 'TOMAS', x: -290, to: -170, y: 26, mood: 'calm', turn: 0.8, walking: true },
      { who: 'IDA', x: -232, to: -112, y: 32, mood: 'curious', turn: 0.8, walking: true },
      {
        who: 'MARA',
        x: -176,
        to: -56,
        y: 26,
        mood: 'calm',
        turn: 0.8,
        walking: true,
        rightHand: [22, -70],
        holds: 'suitcase',
      },
    ],
  },
  {
    ...{ scene: 2, place: 'street', size: 'MEDIUM', seconds: 2.5 },
    camera: { x: -88, y: -94, width: 190 },
    cameraTo: { x: -8, y: -94, width: 190 },
    cast: [
      { who: 'MARA', x: -50, to: 30, y: 26, mood: 'calm', turn: -0.3, gaze: [-0.6, 0.5], walking: true },
      { who: 'IDA', x: -116, to: -36, y: 32, mood: 'curious', turn: 0.5, gaze: [0.5, -0.8], walking: true },
    ],
    speech: { at: 0.25, tagged: true },
  },
  {
    ...{ scene: 2, place: 'street', size: 'CLOSE_UP', seconds: 2.75 },
    camera: { x: 62, y: -121, width: 92 },
    cameraTo: { x: 62, y: -121, width: 84 },
    cast: [{ who: 'MARA', x: 58, y: 26, mood: 'happy', turn: -0.35, gaze: [-0.4, 0.4] }],
    speech: { at: 0.3, tagged: true },
  },
  {
    ...{ scene: 2, place: 'street', size: 'WIDE', seconds: 3 },
    camera: { x: 196, y: -106, width: 430 },
    cameraTo: { x: 188, y: -118, width: 480 },
    cast: [
      { who: 'MARA', x: 160, y: 12, mood: 'happy', turn: 0, back: true },
      { who: 'TOMAS', x: 262, y: 12, mood: 'happy', turn: 0, back: true, rightHand: [27, -72], holds: 'suitcase' },
      { who: 'IDA', x: 209, y: 20, mood: 'happy', turn: 0, back: true, leftHand: [-30, -59], rightHand: [29, -59] },
    ],
  },
];
