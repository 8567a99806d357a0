import type { ReportItem } from '../format.js';
import type { JsonScalar } from './json-tree.js';

/** What became of something in JSON that could not be taken as it stood. */
export interface RepairItem extends ReportItem {
  readonly line: number;
  readonly column: number;
  /** JSON path of the innermost value there, such as `$.script[3].events[0]`. */
  readonly path: string;
  /** Scalars of the text that do not stand in the value: with `now` taken away and `was` added, all are there. */
  readonly was?: readonly JsonScalar[];
  /** Scalars that stand in the value instead. */
  readonly now?: readonly JsonScalar[];
  /** What was left out, to the letter. */
  readonly text?: string;
}
