import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Provenance } from '../../schema/provenance.js';

/**
 * The node with one field as a person says it is, null emptying it. Its provenance names the person for that field,
 * with confidence 1, and keeps what the original (the analysed node) says among the other readings.
 */
export function correctField<Node extends NarrativeNode>(
  node: Node,
  original: NarrativeNode,
  field: string,
  value: unknown,
): Node {
  const { [field]: _, ...others } = node as unknown as Record<string, unknown>;
  const emptied = value === null || value === undefined;
  return {
    ...others,
    ...(!emptied && { [field]: value }),
    provenance: personSays(node.provenance, original, field, value),
  } as unknown as Node;
}

function personSays(provenance: Provenance, original: NarrativeNode, field: string, value: unknown): Provenance {
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
      { field, by: 'person', confidence: 1 },
    ],
  };
}
