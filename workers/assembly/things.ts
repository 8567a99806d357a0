import type { Shot } from '../../schema/shot.js';
import type { StoryObject } from '../../schema/story-object.js';
import { portraitScore } from '../detectors/identity/portrait-choice.js';
import { intersectionOverUnion } from '../detectors/non-maximum.js';
import type { FaceTrack, FoundFigure } from '../people-findings.js';
import { known, type NodeMaker } from './node-maker.js';

/** Boxes of one name in one shot that overlap by this much are one thing, seen twice. */
const sameThing = 0.4;

/** Things, and people of whom no face is seen, as objects of their shots; each thing once a shot, where it is surest. */
export function makeThings(
  figures: readonly FoundFigure[],
  shotAt: (atMs: number) => Shot,
  make: NodeMaker,
): StoryObject[] {
  const kept: { figure: FoundFigure; shot: Shot; seen: FoundFigure[] }[] = [];
  for (const figure of figures.toSorted((a, b) => b.confidence - a.confidence || a.atMs - b.atMs)) {
    const shot = shotAt(figure.shotStartMs);
    const same = kept.find(
      (thing) =>
        thing.shot === shot &&
        thing.figure.name === figure.name &&
        intersectionOverUnion(thing.figure.box, figure.box) >= sameThing,
    );
    if (same) same.seen.push(figure);
    else kept.push({ figure, shot, seen: [figure] });
  }
  return kept
    .toSorted((a, b) => a.figure.atMs - b.figure.atMs)
    .map(({ figure, shot, seen }) => {
      const evidence = seen.toSorted((a, b) => a.atMs - b.atMs).flatMap((one) => one.evidence);
      return known<StoryObject>({
        ...make('StoryObject', 'people', figure.atMs, { confidence: figure.confidence, evidence }),
        name: figure.name,
        description: figure.name === 'person' ? 'Somebody whose face is not seen.' : undefined,
        shotId: shot.id,
        box: figure.box,
      });
    });
}

/** Faces of which nobody can tell whose they are: somebody is there, all the same. */
export const makeUnknownFaces = (
  tracks: readonly FaceTrack[],
  shotAt: (atMs: number) => Shot,
  make: NodeMaker,
): StoryObject[] =>
  tracks.flatMap((track) => {
    const [clearest] = track.readings.toSorted((a, b) => portraitScore(b) - portraitScore(a) || a.atMs - b.atMs);
    if (!clearest) return [];
    return {
      ...make('StoryObject', 'persons', track.startMs, track),
      name: 'person',
      description: 'Somebody whose face cannot be told from others.',
      shotId: shotAt(track.shotStartMs).id,
      box: clearest.box,
    };
  });
