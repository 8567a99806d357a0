import type { NodeKind } from './enums.js';

/** One stored field, as the decorators declare it. */
export interface FieldShape {
  /** Name of the GraphQL type: a scalar, an enum, or another entry of the table. */
  readonly type: string;
  readonly list?: boolean;
  readonly optional?: boolean;
  /** The words of an enum. */
  readonly words?: readonly string[];
  /** The noun that the ids in this field name. */
  readonly ref?: NodeKind;
  /** Closed range of a number. */
  readonly range?: readonly [number, number];
}

/** Type name → field name → what the field holds. */
export type Shape = Readonly<Record<string, Readonly<Record<string, FieldShape>>>>;
