/** Random corrections that fit: any node of a narrative, any field of it that may be corrected, any value it may take. */
import { correctableFields } from '../schema/correction.js';
import { type Narrative, nodesOf } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import { shape } from '../schema/shape.generated.js';
import type { FieldShape } from '../schema/shape.js';

export interface Correction {
  readonly node: NarrativeNode;
  readonly field: string;
  readonly value: unknown;
}

/** The correction that three numbers choose; undefined never, since an episode's title can always be corrected. */
export function chooseCorrection(
  narrative: Narrative,
  [where, which, what]: readonly [number, number, number],
): Correction {
  const nodes = [...nodesOf(narrative)].filter(({ kind }) => correctableFields(kind).length > 0);
  const node = nodes[where % nodes.length]!;
  const fields = correctableFields(node.kind);
  const field = fields[which % fields.length]!;
  return { node, field, value: valueFor(shape[node.kind]![field]!, what) };
}

function valueFor(field: FieldShape, n: number): unknown {
  if (field.optional && n % 5 === 0) return null;
  return field.list ? Array.from({ length: n % 3 }, (_, i) => plainValue(field, n + i)) : plainValue(field, n);
}

function plainValue({ words, type, range }: FieldShape, n: number): unknown {
  const [low, high] = range ?? [0, 100];
  if (words) return words[n % words.length];
  if (type === 'Boolean') return n % 2 === 0;
  if (type === 'Int') return Math.round(low + ((n % 100) / 100) * (high - low));
  if (type === 'Float') return low + ((n % 100) / 100) * (high - low);
  return `said by a person ${n % 7}`;
}
