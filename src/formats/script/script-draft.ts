/**
 * A script as a tree of plain values with names in place of ids: what readers of formats make, `buildNarrative` turns
 * into nodes, and `draftOf` takes out of them again. Fields are the nouns' own, all optional: what a script does not say
 * is left out, and then worked out (times, whom a line is said to) or unknown.
 */
import type { Appearance } from '../../../schema/appearance.js';
import type { Cue } from '../../../schema/cue.js';
import type { Event } from '../../../schema/event.js';
import type { Highlight } from '../../../schema/highlight.js';
import type { NarrativeNode } from '../../../schema/narrative-node.js';
import type { Person } from '../../../schema/person.js';
import type { Scene } from '../../../schema/scene.js';
import type { Shot } from '../../../schema/shot.js';
import type { StoryObject } from '../../../schema/story-object.js';

/** The fields of a noun that a script may give: none that the builder makes, and no ids of other nodes. */
type Given<Noun extends NarrativeNode, Made extends keyof Noun> = {
  readonly [Field in Exclude<keyof Noun, keyof NarrativeNode | 'ordinal' | Made>]?: Noun[Field] | undefined;
} & {
  /** What the format holds beyond our nouns, under the format's name. */
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
};

export interface ScriptDraft {
  readonly title?: string | undefined;
  /** BCP 47 tag. */
  readonly language?: string | undefined;
  readonly synopsis?: string | undefined;
  /** At least this long. */
  readonly durationMs?: number | undefined;
  /** Whether an event that says no end lasts until another one begins, and not only as long as it takes on the page. */
  readonly lastsUntilNext?: boolean | undefined;
  /** Those of whom the script says more than their names; whoever else is named by an element need not stand here. */
  readonly persons?: readonly DraftPerson[] | undefined;
  /** In the order of the script. */
  readonly scenes: readonly DraftScene[];
  readonly highlights?: readonly DraftHighlight[] | undefined;
  /** Where the format has subtitles apart from what is said in them; otherwise every line is a cue. */
  readonly cues?: readonly DraftCue[] | undefined;
  /** Of the episode. */
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
}

export interface DraftPerson extends Given<Person, never> {
  /** What elements call the person; `MARA`, `Mara (V.O.)` and `MARA (CONT'D)` call the same. Not always a name. */
  readonly label: string;
}

export interface DraftScene extends Given<Scene, 'personIds'> {
  /** As printed beside the heading: `12A`. Kept in `foreign.screenplay`. */
  readonly number?: string | undefined;
  /** Where the format knows of none: one that holds all elements. */
  readonly shots: readonly DraftShot[];
}

export interface DraftShot extends Given<Shot, 'sceneId' | 'mainSubjectIds'> {
  /** How long it lasts, for scripts that say no more than that. */
  readonly lastsMs?: number | undefined;
  /** Labels of those whom the shot is about; left out where the script does not say, to be worked out. */
  readonly subjects?: readonly string[] | undefined;
  readonly appearances?: readonly DraftAppearance[] | undefined;
  readonly objects?: readonly DraftObject[] | undefined;
  /** What begins in the shot, in order. */
  readonly elements: readonly DraftElement[];
}

/** A line, an act, a sound: what becomes an Event. */
export interface DraftElement extends Given<Event, 'sceneId' | 'shotIds' | 'personId' | 'targetIds'> {
  readonly type: Event['type'];
  /** The speaker tag as written, or a label: who speaks or acts. Null: nobody, even where one could be worked out. */
  readonly person?: string | null | undefined;
  /** Labels of those to whom it is said or done; left out where the script does not say, to be worked out. */
  readonly targets?: readonly string[] | undefined;
  /** Which of the draft's cues it was read from, from 0. */
  readonly cue?: number | undefined;
  /** Begins together with the element before it (dual dialogue). */
  readonly simultaneous?: boolean | undefined;
}

export interface DraftAppearance extends Given<Appearance, 'personId' | 'shotId'> {
  readonly person: string;
}

export interface DraftObject extends Given<StoryObject, 'shotId'> {
  readonly name: string;
}

export interface DraftCue extends Given<Cue, 'source'> {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

export interface DraftHighlight extends Given<Highlight, 'setupEventIds'> {
  readonly startMs: number;
  readonly endMs: number;
  readonly type: string;
  readonly score: number;
}
