/** Makes the persons of a narrative who people say they are: merges them, and gives moments of one to another. */
import type { Appearance } from '../../schema/appearance.js';
import type { EpisodeCast } from '../../schema/episode-cast.js';
import type { Event } from '../../schema/event.js';
import { type Narrative, type NarrativeList, narrativeLists, nodesOf } from '../../schema/narrative.js';
import type { NarrativeNode } from '../../schema/narrative-node.js';
import type { Person } from '../../schema/person.js';
import { shape } from '../../schema/shape.generated.js';
import { castPerson } from './cast-person.js';

/**
 * The narrative with its persons as the cast says: every reference follows, what would relate a person to itself is
 * left out, and what named what was left out or merged away names it no more. The narrative itself comes back where
 * nobody is merged or split.
 */
export function recast(narrative: Narrative, cast: EpisodeCast): Narrative {
  const isChanged = ({ wholes, parts }: EpisodeCast['persons'][number]) => wholes.length !== 1 || parts.length > 0;
  if (!cast.persons.some(isChanged) && Object.keys(cast.moments).length === 0) return narrative;

  const homes = new Map(cast.persons.flatMap(({ id, wholes }) => wholes.map((whole) => [whole, id] as const)));
  const personAt = whoIsThere(narrative, cast, homes);
  const repointed = new Map<string, NarrativeNode>();
  for (const node of nodesOf(narrative)) {
    if (node.kind === 'Person') continue;
    const moved = repoint(node, personAt);
    if (moved) repointed.set(node.id, moved);
  }
  const kept = (list: NarrativeList) =>
    narrative[list].flatMap(({ id }) => repointed.get(id) ?? []) as unknown as never[];
  const lists = Object.fromEntries(
    (Object.keys(narrativeLists) as NarrativeList[]).map((list) => [list, list === 'persons' ? [] : kept(list)]),
  ) as unknown as Omit<Narrative, 'episode' | 'narrativeVersion'>;
  const bare: Narrative = {
    ...narrative,
    ...lists,
    episode: repointed.get(narrative.episode.id) as Narrative['episode'],
  };
  return withoutDangling({ ...bare, persons: personsOf(narrative, bare, cast) }, homes);
}

type WhoIsThere = (personId: string, node: NarrativeNode) => string;

/** Who a person is in a node: who the node’s own moment went to, or who alone of them is there at that time. */
function whoIsThere(
  { appearances, events }: Narrative,
  cast: EpisodeCast,
  homes: ReadonlyMap<string, string>,
): WhoIsThere {
  const split = new Map<string, { startMs: number; endMs: number; to: string }[]>();
  const isSplit = new Set(
    [...appearances, ...events].flatMap(({ id, personId }) => (cast.moments[id] && personId ? [personId] : [])),
  );
  for (const { id, personId, startMs, endMs } of [...appearances, ...events])
    if (personId && isSplit.has(personId)) {
      const to = cast.moments[id] ?? homes.get(personId) ?? personId;
      split.set(personId, [...(split.get(personId) ?? []), { startMs, endMs, to }]);
    }
  return (personId, node) => {
    const home = homes.get(personId) ?? personId;
    const own = (node as Event | Appearance).personId === personId ? cast.moments[node.id] : undefined;
    if (own) return own;
    const moments = split.get(personId);
    const { startMs, endMs, atMs } = node as { startMs?: number; endMs?: number; atMs?: number };
    const [from, to] = [startMs ?? atMs, endMs ?? (atMs === undefined ? undefined : atMs + 1)];
    if (!moments || node.kind === 'Appearance' || from === undefined || to === undefined) return home;
    if (node.kind === 'Event' && (node as Event).personId === personId) return home;
    const there = new Set(moments.filter((moment) => moment.startMs < to && moment.endMs > from).map((m) => m.to));
    const [only] = there;
    return there.size === 1 && only ? only : home;
  };
}

/** The fields of each noun that name persons. */
const personFields = new Map(
  Object.entries(shape).map(([kind, fields]) => [
    kind,
    Object.entries(fields).flatMap(([name, { ref }]) => (ref === 'Person' ? [name] : [])),
  ]),
);

/** The node with its persons as they are now; undefined for what would relate somebody to themselves. */
function repoint(node: NarrativeNode, personAt: WhoIsThere): NarrativeNode | undefined {
  const record = node as unknown as Readonly<Record<string, string | readonly string[] | null | undefined>>;
  const changed: Record<string, unknown> = {};
  for (const field of personFields.get(node.kind) ?? []) {
    const held = record[field];
    if (held === undefined || held === null) continue;
    const now = typeof held === 'string' ? personAt(held, node) : [...new Set(held.map((id) => personAt(id, node)))];
    if (JSON.stringify(now) !== JSON.stringify(held)) changed[field] = now;
  }
  if (Object.keys(changed).length === 0) return node;
  const { fromId, toId } = { ...record, ...changed } as { fromId?: string; toId?: string };
  if (fromId !== undefined && fromId === toId && record.fromId !== record.toId) return undefined;
  return { ...node, ...changed, provenance: saidByPerson(node, changed) } as NarrativeNode;
}

/** Who is meant was read by a model and is said by a person now. */
function saidByPerson({ provenance, ...node }: NarrativeNode, changed: Readonly<Record<string, unknown>>) {
  const fields = Object.keys(changed);
  const sourceOf = (field: string) => provenance.fields?.find((source) => source.field === field) ?? provenance;
  return {
    ...provenance,
    fields: [
      ...(provenance.fields ?? []).filter(({ field }) => !fields.includes(field)),
      ...fields.map((field) => ({ field, by: 'person', confidence: 1 })),
    ],
    otherReadings: [
      ...provenance.otherReadings,
      ...fields.map((field) => {
        const { by, confidence } = sourceOf(field);
        return { field, value: (node as unknown as Record<string, unknown>)[field], by, confidence };
      }),
    ],
  };
}

function personsOf(before: Narrative, now: Narrative, cast: EpisodeCast): Person[] {
  const byId = new Map(before.persons.map((person) => [person.id, person]));
  const places = new Map(before.persons.map(({ id }, place) => [id, place]));
  const placeOf = ({ wholes, parts }: EpisodeCast['persons'][number]) =>
    Math.min(...[...wholes, ...parts].map((id) => places.get(id) ?? 0)) +
    (wholes.length > 0 ? 0 : before.persons.length);
  return cast.persons
    .toSorted((a, b) => placeOf(a) - placeOf(b) || (a.id < b.id ? -1 : 1))
    .map((member) => castPerson(member, byId, before, now));
}

/** Evidence that names a node that is gone names whoever it is now, or none. */
function withoutDangling(narrative: Narrative, homes: ReadonlyMap<string, string>): Narrative {
  const there = new Set([...nodesOf(narrative)].map(({ id }) => id));
  const mend = <Node extends NarrativeNode>(node: Node): Node => {
    if (node.provenance.evidence.every(({ nodeId }) => nodeId === undefined || there.has(nodeId))) return node;
    const evidence = node.provenance.evidence.map(({ nodeId, ...rest }) => {
      const now = nodeId === undefined || there.has(nodeId) ? nodeId : homes.get(nodeId);
      return now === undefined ? rest : { ...rest, nodeId: now };
    });
    return { ...node, provenance: { ...node.provenance, evidence } };
  };
  const lists = (Object.keys(narrativeLists) as NarrativeList[]).map((list) => [
    list,
    (narrative[list] as readonly NarrativeNode[]).map(mend),
  ]);
  return { ...narrative, episode: mend(narrative.episode), ...Object.fromEntries(lists) };
}
