import { Extensions } from 'type-graphql';
import type { NodeKind } from './enums.js';

/** What a field means beyond its GraphQL type; the Narrative validator reads these from the built schema. */
export interface FieldMeaning {
  /** The noun that the id or ids in this field name. */
  readonly ref?: NodeKind;
  /** The closed range of a number. */
  readonly range?: readonly [number, number];
}

/** The field holds the id (or ids) of a node of this kind. */
export const RefersTo = (ref: NodeKind) => Extensions({ ref } satisfies FieldMeaning);

/** The number lies in this closed range. */
export const InRange = (low: number, high: number) => Extensions({ range: [low, high] } satisfies FieldMeaning);
