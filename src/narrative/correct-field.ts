import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Provenance } from '../../schema/provenance.js';

/** Who says what a field holds. */
export interface Source {
  readonly by: string;
  /** 0…1 */
  readonly confidence: number;
}

/**
 * The node with one field as a person (or another source) says it is, null emptying it. Its provenance names the source
 * for that field and keeps what the original (the analysed node) says among the other readings.
 */
export function correctField<Node extends NarrativeNode>(
  node: Node,
  original: NarrativeNode,
  field: string,
  value: unknown,
  source: Source = { by: 'person', confidence: 1 },
): Node {
  const { [field]: _, ...others } = node as unknown as Record<string, unknown>;
  const emptied = value === null || value === undefined;
  return {
    ...others,
    ...(!emptied && { [field]: value }),
    provenance: sourceSays(node.provenance, original, field, value, source),
  } as unknown as Node;
}

function sourceSays(
  provenance: Provenance,
  original: NarrativeNode,
  field: string,
  value: unknown,
  source: Source,
): Provenance {
  const read = (original as unknown as Record<string, unknown>)[field];
  const isKept = read !== undefined && JSON.stringify(read) !== JSON.stringify(value);
  const { by, confidence } =
    original.provenance.fields?.find((source) => source.field === field) ?? original.provenance;
  const readings = original.provenance.otherReadings.filter((reading) => reading.field === field);
  return {
    ...provenance,
    otherReadings: [
      ...provenance.otherReadings.filter((reading) => reading.field !== field),
      ...readings,
      ...(isKept ? [{ field, value: read, by, confidence }] : []),
    ],
    fields: [
      ...(provenance.fields ?? []).filter((source) => source.field !== field),
      { field, by: source.by, confidence: source.confidence },
    ],
  };
}
