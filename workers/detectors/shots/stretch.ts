import type { SampleWindow } from './sample-window.js';

/** A stretch of film that may be a gradual transition: its ends differ, and no cut lies between. */
export interface Stretch {
  readonly window: SampleWindow;
  /** Numbers of its first, middle and last frames. */
  readonly from: number;
  readonly frame: number;
  readonly to: number;
  /** Difference of the pictures at its ends: mean absolute, summed over Y, Cb and Cr. */
  readonly difference: number;
  /** That difference over what the picture changes by just before or after. */
  readonly elevation: number;
  /** How alike light and dark are spread at its ends, −1…1. */
  readonly tone: number;
}

/** A stretch in which one picture turns into another without a cut. */
export interface GradualWeights {
  readonly transition: 'DISSOLVE' | 'WIPE';
  readonly startMs: number;
  /** Where half of the new picture is there. */
  readonly atMs: number;
  readonly endMs: number;
  /** Difference of the pictures at its ends: mean absolute, summed over Y, Cb and Cr. */
  readonly difference: number;
  /** That difference over what the picture changes by just before or after. */
  readonly elevation: number;
  /** 0…1: how far samples disagree about the share in a dissolve; what a front leaves unexplained in a wipe. */
  readonly unexplained: number;
  /** Contrast half way over that of a mixture of both pictures; 1 for a wipe. */
  readonly contrast: number;
}
