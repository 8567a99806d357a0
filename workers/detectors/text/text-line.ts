import type { PixelBox } from '../pixel-box.js';
import type { Reading } from './reading-vote.js';

/** A line of text that stood on the picture; the box in pixels of the watched frames. */
export interface TextLine {
  readonly startMs: number;
  readonly endMs: number;
  readonly box: PixelBox;
  readonly text: string;
  /** 0…1 */
  readonly confidence: number;
  readonly otherReadings: readonly Reading[];
}

/** Lines that came and went together, one under the other, top to bottom. */
export interface TextBlock {
  readonly startMs: number;
  readonly endMs: number;
  readonly lines: readonly TextLine[];
}
