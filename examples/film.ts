/** Screenplay and storyboard on one clock: when every shot, line and scene of the demo film begins and ends. */
import type { Role } from './draw/cast.js';
import type { Screenplay } from './screenplay.js';
import type { StoryboardShot } from './storyboard.js';
import { speakingSeconds } from './voice.js';

/** Drawings a second; each is shown for two frames of the film. */
export const drawingsPerSecond = 12;
export const framesPerSecond = 24;

export interface FilmedLine {
  readonly speaker: Role;
  /** What is said. */
  readonly text: string;
  /** What is burned in: with the speaker's name where the storyboard wants it. */
  readonly subtitle: string;
  readonly start: number;
  /** When the last sound is said; the subtitle stays until `end`. */
  readonly said: number;
  readonly end: number;
}

export interface FilmedShot extends StoryboardShot {
  readonly start: number;
  readonly end: number;
  readonly sceneStart: number;
}

/** Times are seconds from the film's first picture. */
export interface Film {
  readonly title: string;
  readonly seconds: number;
  readonly shots: readonly FilmedShot[];
  readonly lines: readonly FilmedLine[];
  readonly scenes: readonly { readonly heading: string; readonly start: number; readonly end: number }[];
}

export function planFilm(screenplay: Screenplay, storyboard: readonly StoryboardShot[]): Film {
  const shots: FilmedShot[] = [];
  const lines: FilmedLine[] = [];
  const waiting = screenplay.scenes.map((scene) => [...scene.lines]);
  let clock = 0;
  for (const shot of storyboard) {
    const sceneStart = shots.find(({ scene }) => scene === shot.scene)?.sceneStart ?? clock;
    const end = clock + shot.seconds;
    shots.push({ ...shot, start: clock, end, sceneStart });
    if (shot.speech) lines.push(filmLine(shot, clock, end, waiting[shot.scene]?.shift()));
    clock = end;
  }
  const left = waiting.flat();
  if (left.length > 0) throw new Error(`The storyboard has no shot for "${left[0]?.text}".`);
  const scenes = screenplay.scenes.map(({ heading }, scene) => {
    const own = shots.filter((shot) => shot.scene === scene);
    return { heading, start: own[0]?.start ?? 0, end: own.at(-1)?.end ?? 0 };
  });
  return { title: screenplay.title, seconds: clock, shots, lines, scenes };
}

function filmLine(
  shot: StoryboardShot,
  start: number,
  end: number,
  line: { speaker: string; text: string } | undefined,
): FilmedLine {
  if (!line) throw new Error(`Scene ${shot.scene} has fewer lines than its storyboard.`);
  const onDrawing = (seconds: number) => Math.round(seconds * drawingsPerSecond) / drawingsPerSecond;
  const begins = onDrawing(start + (shot.speech?.at ?? 0));
  const said = begins + speakingSeconds(line.text);
  if (said > end) throw new Error(`"${line.text}" takes longer than its shot: ${(said - end).toFixed(2)} s.`);
  const subtitle = shot.speech?.tagged ? `${line.speaker}: ${line.text}` : line.text;
  return {
    speaker: line.speaker as Role,
    text: line.text,
    subtitle,
    start: begins,
    said,
    end: onDrawing(Math.min(end, said + 0.4)),
  };
}
