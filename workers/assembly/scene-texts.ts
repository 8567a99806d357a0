import type { Shot } from '../../schema/shot.js';
import type { StoryObject } from '../../schema/story-object.js';
import type { FoundSceneText } from '../findings.js';
import type { NodeMaker } from './node-maker.js';

/**
 * Text on the picture that is no subtitle, as objects of the shots it begins in: a title, a logo, a sign. What it says
 * is the description; the evidence tells when it stands there and why it is no cue.
 */
export const makeSceneTexts = (
  found: readonly FoundSceneText[],
  shotAt: (atMs: number) => Shot,
  make: NodeMaker,
): StoryObject[] =>
  found.map(({ startMs, endMs, text, why, ...grounds }) => ({
    ...make('StoryObject', 'cues', startMs, { ...grounds, evidence: [{ startMs, endMs, note: why }] }),
    name: 'text on the picture',
    description: text,
    shotId: shotAt(startMs).id,
  }));
