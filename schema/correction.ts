/** Which fields of a node a person may correct, and to which values: read off the shape of the nouns. */
import type { NodeKind } from './enums.js';
import { FabulaError } from './errors.js';
import { shape } from './shape.generated.js';
import type { FieldShape } from './shape.js';
import { fieldProblems } from './shape-check.js';

const plainScalars: ReadonlySet<string> = new Set(['String', 'Int', 'Float', 'Boolean']);

/** Measured vectors are nobody's reading, and identity embeddings are served by nothing. */
const uncorrectable: ReadonlySet<string> = new Set<NodeKind>(['IdentityEmbedding', 'SignalTrack']);

/** The plain fields of a noun (scalars, enums, lists of them) that are no identity, order or time. */
export function correctableFields(kind: NodeKind): string[] {
  if (uncorrectable.has(kind)) return [];
  return Object.entries(shape[kind] ?? {}).flatMap(([name, field]) => (isCorrectable(name, field) ? [name] : []));
}

const isCorrectable = (name: string, { type, words }: FieldShape) =>
  name !== 'kind' && name !== 'ordinal' && !/Ms$/.test(name) && (words !== undefined || plainScalars.has(type));

/**
 * Throws INVALID_INPUT unless the field of this noun may be corrected and the value fits it; null empties an optional
 * field.
 */
export function checkCorrection(kind: NodeKind, field: string, value: unknown): void {
  const fields = correctableFields(kind);
  const held = shape[kind]?.[field];
  if (!held || !fields.includes(field))
    throw new FabulaError(
      'INVALID_INPUT',
      `${field.slice(0, 80)} of ${kind} cannot be corrected.`,
      `Fields that can: ${fields.join(', ') || 'none'}.`,
    );
  const [problem] = value === null && held.optional ? [] : fieldProblems(value ?? undefined, held, `${kind}.${field}`);
  if (problem) throw new FabulaError('INVALID_INPUT', `${problem.slice(0, 300)}.`);
}
