import type { NodeKind } from '../../schema/enums.js';
import { nodeId } from '../../schema/narrative.js';
import type { Provenance } from '../../schema/provenance.js';
import type { Grounds, StageName } from '../findings.js';

/** What every node carries. */
export interface NodeHead<Kind extends NodeKind> {
  id: string;
  kind: Kind;
  episodeId: string;
  provenance: Provenance;
}

export type NodeMaker = <Kind extends NodeKind>(
  kind: Kind,
  stage: StageName,
  startMs: number,
  grounds: Grounds,
) => NodeHead<Kind>;

const shortNouns: Partial<Record<NodeKind, string>> = {
  SpeechInterval: 'speech',
  SignalTrack: 'signal',
  StoryObject: 'object',
};

/** Makes the heads of one episode's nodes; nodes of one kind and start are numbered in the order they are made. */
export function nodeMaker(
  episodeId: string,
  stages: readonly { readonly name: StageName; readonly version: string }[],
): NodeMaker {
  const versions = new Map(stages.map(({ name, version }) => [name, version]));
  const made = new Map<string, number>();
  return (kind, stage, startMs, grounds) => {
    const first = nodeId(episodeId, shortNouns[kind] ?? kind.toLowerCase(), startMs);
    const twin = (made.get(first) ?? 0) + 1;
    made.set(first, twin);
    const provenance = provenanceOf(stage, versions.get(stage) ?? 'unknown', grounds);
    return { id: twin > 1 ? `${first}:${twin}` : first, kind, episodeId, provenance };
  };
}

export const provenanceOf = (by: string, version: string, grounds: Grounds): Provenance => ({
  by,
  version,
  confidence: grounds.confidence,
  evidence: [...grounds.evidence],
  otherReadings: [...(grounds.otherReadings ?? [])],
});

/** The same fields without the unknown ones, so that a Narrative equals what comes back from storage. */
export const known = <Fields extends object>(fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Fields;
