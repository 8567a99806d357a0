/** What is aligned: what a script or subtitle file says, and the cues of a film. */
import type { Setting } from '../../../schema/enums.js';

/** Somebody as a script names them. */
export interface ScriptSpeaker {
  readonly name: string;
  /** Which voice speaks, where the script says so. */
  readonly voiceType?: string;
}

/** Where a line is spoken, as a script's heading has it. */
export interface ScriptPlace {
  readonly setting?: Setting;
  readonly location?: string;
  readonly timeOfDay?: string;
}

/** One line of dialogue, in the order of the script. */
export interface ScriptLine {
  readonly text: string;
  readonly speaker?: ScriptSpeaker;
  /** By the script's own clock, in milliseconds; absent where it does not say. */
  readonly startMs?: number;
  readonly endMs?: number;
  /** Index into the places of the script. */
  readonly place?: number;
}

export interface DialogueScript {
  readonly title: string;
  /** Name of the format that it was read from. */
  readonly format: string;
  readonly lines: readonly ScriptLine[];
  readonly places: readonly ScriptPlace[];
}

/** A cue of the film, as far as aligning needs it. Times in milliseconds of the film. */
export interface FilmCue {
  readonly id: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}
