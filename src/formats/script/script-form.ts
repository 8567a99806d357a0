/** What weaving needs to know of a format of scripts. */
import type { ParsedScript } from './apply-details.js';
import type { Frame } from './piece.js';
import type { DraftElement, DraftScene, DraftShot, ScriptDraft } from './script-draft.js';

/** A piece of text that was written anew. */
export interface Fresh {
  readonly text: string;
  /** Of how many paragraphs an event is made. Default: one. */
  readonly parts?: number | undefined;
}

/** What an element stands among when it is written. */
export interface Around {
  readonly before: DraftElement | undefined;
  readonly after: DraftElement | undefined;
  /** Counts events through the script, from 1. */
  readonly number: number;
  /** Whether it takes the place of text that was read, and what stood around that still stands. */
  readonly inPlace: boolean;
}

/** What a format of scripts brings: how to read its text, and how to write each thing. */
export interface ScriptForm {
  readonly name: string;
  readonly title: string;
  /** Of its reader; provenance names it. */
  readonly version: string;
  /** Whether its text tells shots apart; otherwise all elements of a scene follow each other. */
  readonly hasShots: boolean;
  /** Where it says how a scene's first shot begins: above the heading, or with the shot. */
  readonly transitions: 'scene' | 'shot';
  /** Never throws but SCRIPT_UNREADABLE; nodes carry the pieces they were read from. */
  parse(text: string): ParsedScript;
  head(draft: ScriptDraft): string;
  tail(draft: ScriptDraft): string;
  /** The heading, with what describes the scene; `opening` is its first shot. */
  scene(scene: DraftScene, n: number, opening: DraftShot | undefined): string;
  /** Empty where the format does not tell shots apart. `m` is its index in the scene, `number` counts through the script from 1. */
  shot(shot: DraftShot, m: number, scene: DraftScene, number: number): string;
  element(element: DraftElement, around: Around): Fresh;
  details(lines: readonly string[]): string;
  /** The text without any notes that `details` wrote. */
  withoutDetails(text: string): string;
  /** What has to stand between a text and what is written anew behind it. */
  gap(text: string): string;
  /** What stands behind each thing that is written anew: it ends without. */
  readonly separator: string;
  /** The head and tail with another title; undefined where they cannot take it. */
  retitle(frame: Frame, from: string | undefined, to: string): Frame | undefined;
}
