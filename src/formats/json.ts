import { FabulaError } from '../../schema/errors.js';
import {
  migrateNarrative,
  type Narrative,
  type NarrativeList,
  narrativeLists,
  narrativeVersion,
  nodesOf,
  validateNarrative,
} from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Evidence } from '../../schema/provenance.js';
import type { Dropped, Format } from './format.js';
import { biometric, droppedWithheld, withoutWithheld } from './withheld.js';

/** Fabula's own format: the Narrative as it is, but for identity embeddings and what is withheld, which never leave. */
export const exportable = (narrative: Narrative): Narrative => withoutEmbeddings(withoutWithheld(narrative));

function withoutEmbeddings(narrative: Narrative): Narrative {
  const left = new Set(narrative.embeddings.map(({ id }) => id));
  const isLeft = ({ nodeId }: Evidence) => nodeId !== undefined && left.has(nodeId);
  if (![...nodesOf(narrative)].some(({ provenance }) => provenance.evidence.some(isLeft)))
    return { ...narrative, embeddings: [] };
  const bare = <Node extends NarrativeNode>(node: Node): Node => ({
    ...node,
    provenance: {
      ...node.provenance,
      evidence: node.provenance.evidence.map((one) => {
        const { nodeId: _, ...other } = one;
        return isLeft(one) ? other : one;
      }),
    },
  });
  const lists = Object.keys(narrativeLists).map((list) => {
    const nodes: readonly NarrativeNode[] = narrative[list as NarrativeList];
    return [list, nodes.map(bare)];
  });
  return { ...narrative, episode: bare(narrative.episode), ...Object.fromEntries(lists), embeddings: [] };
}

/** What `exportable` takes away. */
export const droppedFromExport = (narrative: Narrative): Dropped[] => [
  ...(narrative.embeddings.length === 0
    ? []
    : [{ what: 'embeddings', count: narrative.embeddings.length, reason: biometric }]),
  ...droppedWithheld(narrative),
];

/** The exportable Narrative as text. */
export const writeJson = (narrative: Narrative): string => `${JSON.stringify(exportable(narrative), null, 2)}\n`;

/** Reads what `writeJson` wrote, of any version up to this one. INVALID_INPUT, INVALID_NARRATIVE, NARRATIVE_TOO_NEW. */
export function readJson(text: string): Narrative {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new FabulaError('INVALID_INPUT', `This is not JSON: ${(error as Error).message}.`, undefined, {
      cause: error,
    });
  }
  const narrative = migrateNarrative(value);
  validateNarrative(narrative);
  return narrative;
}

export const fabulaJson: Format = {
  name: 'json',
  title: 'Fabula JSON',
  version: String(narrativeVersion),
  extensions: ['json'],
  recognise: (text) => (/^\s*\{\s*"narrativeVersion"\s*:/.test(text.slice(0, 4_000)) ? 1 : 0),
  /** Keeps its own ids, so that it is the same episode again. */
  read: (text) => ({ narrative: readJson(text), report: [] }),
  write: (narrative) => ({ text: writeJson(narrative), dropped: droppedFromExport(narrative) }),
};
