/** Plans films with known scenes: each scene's shots are cut from one place under one light. */
import type { FoundCue } from '../../workers/findings.js';
import { type Random, randomFrom } from '../shot-films/random.js';
import { places, type Setup } from './places.js';

export const framesPerSecond = 12;
const msOf = (frames: number) => Math.round((frames * 1000) / framesPerSecond);

/** Time of day, lamps and grading. */
export interface Light {
  readonly hueDegrees: number;
  /** 1 leaves colours as they are. */
  readonly saturation: number;
  /** Of luma; above 1 is brighter. */
  readonly gamma: number;
  readonly contrast: number;
  readonly mirrored: boolean;
}

export interface PlannedShot {
  readonly setup: Setup;
  /** Where in the setup's stretch it begins. */
  readonly offsetMs: number;
  readonly frames: number;
  readonly light: Light;
  readonly transition: 'START' | 'CUT' | 'FADE' | 'DISSOLVE';
  /** Frames of each half of the transition into it. */
  readonly transitionFrames: number;
  /** Set on the first shot of a scene: where and how it is shot. */
  readonly scene?: { readonly place: string; readonly pattern: Pattern };
}

export interface FilmPlan {
  readonly seed: number;
  readonly shots: readonly PlannedShot[];
  /** Start of every shot, and the end of the last. */
  readonly shotTimesMs: readonly number[];
  /** Starts of scenes, 0 first. */
  readonly sceneStartsMs: readonly number[];
  readonly cues: readonly FoundCue[];
}

const shortestSceneMs = 6000;

export type Pattern = 'ONE_SHOT' | 'ALTERNATING' | 'RETURNING' | 'PROGRESSING' | 'MONTAGE';

/** As often as they stand here. */
const patterns: readonly Pattern[] = [
  ...(['ONE_SHOT', 'ALTERNATING', 'ALTERNATING', 'RETURNING', 'RETURNING'] as const),
  ...(['PROGRESSING', 'PROGRESSING', 'PROGRESSING', 'MONTAGE'] as const),
];

/** A film of `scenes` scenes (default: 1 to 7). */
export function planFilm(seed: number, scenes?: number): FilmPlan {
  const random = randomFrom(seed);
  const shots: PlannedShot[] = [];
  let place = drawPlace(random);
  const count = scenes ?? random.integer(1, 7);
  for (let scene = 0; scene < count; scene++) {
    // In three of ten the story stays where it was, at another time of day.
    if (scene > 0 && random.share() < 0.7) place = drawPlace(random, place);
    shots.push(...planScene(random, place, shots.length === 0));
  }
  const shotTimesMs = [0];
  let frames = 0;
  for (const [index, shot] of shots.entries()) {
    frames += shot.frames;
    // A dissolve plays the ends of two shots at once; the boundary is in its middle.
    const next = shots[index + 1];
    if (shot.transition === 'DISSOLVE') frames -= shot.transitionFrames;
    shotTimesMs.push(msOf(next?.transition === 'DISSOLVE' ? frames - next.transitionFrames : frames));
    if (next?.transition === 'DISSOLVE') frames -= next.transitionFrames;
  }
  const sceneStartsMs = shots.flatMap(({ scene }, index) => (scene ? [shotTimesMs[index] ?? 0] : []));
  return { seed, shots, shotTimesMs, sceneStartsMs, cues: planCues(random, sceneStartsMs, shotTimesMs.at(-1) ?? 0) };
}

/** The throne room comes more often: its setups are a real scene's, not cut-outs of one picture. */
function drawPlace(random: Random, not?: string): string {
  const drawn = random.share() < 0.3 ? 'throneRoom' : random.pick(Object.keys(places));
  return drawn === not ? drawPlace(random, not) : drawn;
}

function planScene(random: Random, place: string, first: boolean): PlannedShot[] {
  const light = drawLight(random);
  const setups = places[place] ?? [];
  const pattern = random.pick(patterns);
  const nextSetup = drawSetups(random, pattern, setups);
  const wantedMs = pattern === 'ONE_SHOT' ? 1 : Math.max(shortestSceneMs, logNormal(random, 20_000, 0.6));
  const shots: PlannedShot[] = [];
  for (let passedMs = 0; passedMs < wantedMs; ) {
    const setup = nextSetup();
    const longestMs = setup.endMs - setup.startMs;
    const wishMs = pattern === 'ONE_SHOT' ? longestMs : logNormal(random, pattern === 'MONTAGE' ? 800 : 3000, 0.5);
    const frames = Math.floor((Math.min(longestMs, Math.max(600, wishMs)) * framesPerSecond) / 1000);
    const startsScene = shots.length === 0;
    const transition = first && startsScene ? 'START' : drawTransition(random, startsScene, frames);
    shots.push({
      setup,
      offsetMs: random.between(0, longestMs - msOf(frames)),
      frames,
      light: { ...light, gamma: light.gamma * random.between(0.95, 1.05) },
      transition,
      transitionFrames: transition === 'FADE' || transition === 'DISSOLVE' ? Math.min(5, Math.floor(frames / 4)) : 0,
      ...(startsScene && { scene: { place, pattern } }),
    });
    passedMs += msOf(frames);
  }
  return shots;
}

/** The setup of each next shot of a scene. A montage goes through many places, under one light and in one breath. */
function drawSetups(random: Random, pattern: Pattern, setups: readonly Setup[]): () => Setup {
  switch (pattern) {
    case 'ONE_SHOT': {
      const long = setups.filter(({ startMs, endMs }) => endMs - startMs >= 2500);
      return () => random.pick(long.length > 0 ? long : setups);
    }
    case 'ALTERNATING': {
      const pair = differentSetups(random, setups);
      const [a = random.pick(setups), b = a] = [pair(), pair()];
      let turn = 0;
      return () => (turn++ % 2 === 0 ? a : b);
    }
    case 'RETURNING':
      return differentSetups(random, setups);
    case 'PROGRESSING': {
      // Every setup once before any comes back.
      let left: Setup[] = [];
      return () => {
        if (left.length === 0) left = setups.toSorted(() => random.share() - 0.5);
        return left.pop() ?? random.pick(setups);
      };
    }
    case 'MONTAGE':
      return differentSetups(random, Object.values(places).flat());
    default:
      return pattern satisfies never;
  }
}

/** Draws setups, never one twice in a row. */
function differentSetups(random: Random, setups: readonly Setup[]): () => Setup {
  let last: Setup | undefined;
  return () => {
    last = random.pick(setups.filter((setup) => setup !== last));
    return last;
  };
}

function drawTransition(random: Random, startsScene: boolean, frames: number): 'CUT' | 'FADE' | 'DISSOLVE' {
  if (frames < 12) return 'CUT';
  const draw = random.share();
  if (!startsScene) return draw < 0.02 ? 'DISSOLVE' : 'CUT';
  return draw < 0.2 ? 'FADE' : draw < 0.3 ? 'DISSOLVE' : 'CUT';
}

/** Moderate, so that a place under another light is not another world. */
export const drawLight = (random: Random): Light => ({
  hueDegrees: random.share() < 0.5 ? 0 : random.between(-60, 60),
  saturation: random.between(0.5, 1.3),
  gamma: random.between(0.7, 1.35),
  contrast: random.between(0.85, 1.1),
  mirrored: random.share() < 0.5,
});

/** Lines that take no heed of cuts; over a scene's end one in seven goes on, as in the studyforrest film. */
function planCues(random: Random, sceneStartsMs: readonly number[], endMs: number): FoundCue[] {
  if (random.share() < 0.4) return [];
  const cues: FoundCue[] = [];
  let atMs = random.between(300, 3000);
  while (atMs < endMs - 1000) {
    const wishMs = atMs + random.between(900, 4000);
    const sceneEnd = sceneStartsMs.find((start) => start > atMs && start < wishMs);
    const until = Math.min(sceneEnd === undefined || random.share() < 0.15 ? wishMs : sceneEnd - 100, endMs);
    if (until - atMs > 400) {
      const [startMs, stopMs] = [Math.round(atMs), Math.round(until)];
      cues.push({ startMs, endMs: stopMs, text: 'Words.', source: 'FILE', confidence: 1, evidence: [] });
    }
    atMs = until + logNormal(random, 900, 1);
  }
  return cues;
}

/** exp of a normal variable: how durations vary. */
const logNormal = (random: Random, median: number, sigma: number): number =>
  median * Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - random.share())) * Math.cos(2 * Math.PI * random.share()));
