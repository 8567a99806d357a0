/** What all nodes that are made from a script have in common. */
import type { NodeKind } from '../../../schema/enums.js';
import { nodeId } from '../../../schema/narrative.js';
import type { Evidence, FieldProvenance, Provenance } from '../../../schema/provenance.js';
import type { PlacedTime } from './place-in-time.js';

/** As provenance names what works out the fields that a script leaves open; its confidence in times is ours. */
export const workedOut = {
  times: 'page-time',
  nextStart: 'next-start',
  people: 'script-reading',
  timeConfidence: 0.2,
  nextConfidence: 0.5,
} as const;

/** As provenance names who gave an episode a title that stands in no script: a file's name, or whoever imported it. */
export const outerTitle = 'import';

export const hasOuterTitle = ({ provenance }: { readonly provenance: Provenance }): boolean =>
  provenance.fields?.some(({ field, by }) => field === 'title' && by === outerTitle) ?? false;

/** As provenance names the one scene, or the one shot, that stands for all where a format tells of none. */
const standIn = { by: 'stand-in', confidence: 0.1 } as const;

export const asStandIn = <Node extends { readonly provenance: Provenance }>(node: Node): Node => ({
  ...node,
  provenance: { ...node.provenance, ...standIn },
});

export const isStandIn = ({ provenance }: { readonly provenance: Provenance }): boolean => provenance.by === standIn.by;

/** The fields of a node that the script does not say. */
export const workedOutFields = ({ provenance }: { readonly provenance: Provenance }): ReadonlySet<string> =>
  new Set(
    (provenance.fields ?? [])
      .filter(({ by }) => by === workedOut.times || by === workedOut.nextStart || by === workedOut.people)
      .map(({ field }) => field),
  );

export interface NodeHead<Kind extends NodeKind> {
  id: string;
  kind: Kind;
  episodeId: string;
  provenance: Provenance;
  foreign?: Record<string, unknown>;
}

export interface Grounds {
  readonly evidence?: readonly Evidence[];
  /** Fields whose source differs from the node's. */
  readonly fields?: readonly FieldProvenance[];
  readonly foreign?: Readonly<Record<string, unknown>> | undefined;
}

export type NodeMaker = <Kind extends NodeKind>(kind: Kind, startMs: number, grounds?: Grounds) => NodeHead<Kind>;

const shortNouns: Partial<Record<NodeKind, string>> = { StoryObject: 'object' };

/** Makes the heads of one episode's nodes; nodes of one kind and start are numbered in the order they are made. */
export function nodeMaker(episodeId: string, by: string, version: string): NodeMaker {
  const made = new Map<string, number>();
  return (kind, startMs, { evidence = [], fields = [], foreign } = {}) => {
    const noun = shortNouns[kind] ?? kind.toLowerCase();
    const first = nodeId(episodeId, noun, startMs);
    const twin = (made.get(first) ?? 0) + 1;
    made.set(first, twin);
    return {
      id: nodeId(episodeId, noun, startMs, twin),
      kind,
      episodeId,
      provenance: {
        ...{ by, version, confidence: 1, evidence: [...evidence], otherReadings: [] },
        ...(fields.length > 0 && { fields: [...fields] }),
      },
      ...(foreign && Object.keys(foreign).length > 0 && { foreign: { ...foreign } }),
    };
  };
}

/** Says of each time that the script does not give that it is estimated. */
export const estimates = ({
  estimated,
  endsAtNext = false,
}: Pick<PlacedTime, 'estimated' | 'endsAtNext'>): FieldProvenance[] =>
  estimated.map((field) =>
    endsAtNext && field === 'endMs'
      ? { field, by: workedOut.nextStart, confidence: workedOut.nextConfidence }
      : { field, by: workedOut.times, confidence: workedOut.timeConfidence },
  );

/** The same fields without the unknown ones, so that a Narrative equals what comes back from storage. */
export function known<Fields extends object>(fields: Fields): Fields {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) found[name] = value;
  return found as Fields;
}
