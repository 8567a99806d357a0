/** What a script holds of a narrative, without ids and whatever is worked out anew: equal for two that tell the same. */
import type { Narrative } from '../schema/narrative.js';
import type { NarrativeNode } from '../schema/narrative-node.js';

/** Fields that no script tells of any node. */
export const untold = ['id', 'kind', 'episodeId', 'provenance', 'foreign', 'ordinal', 'personIds'];
const apart = new Set([...untold, 'shotIds', 'portraitId']);
const references = new Set(['personId', 'targetIds', 'mainSubjectIds', 'sceneId', 'shotId', 'setupEventIds']);

export function scriptView(narrative: Narrative) {
  const { persons, scenes, shots } = narrative;
  const named = new Map<string, unknown>([
    ...persons.map((person) => [person.id, own(person)] as const),
    ...scenes.map((scene) => [scene.id, scene.ordinal] as const),
    ...shots.map((shot) => [shot.id, [shot.startMs, shot.endMs, shot.shotSize, shot.action]] as const),
  ]);
  const nodes = (list: readonly NarrativeNode[]) =>
    list
      .map((node) => ({ ...own(node), ...referred(node, named) }))
      .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  const { title, synopsis, durationMs } = narrative.episode;
  return {
    ...{ title, synopsis, durationMs },
    persons: nodes(persons),
    scenes: nodes(scenes),
    shots: nodes(shots),
    events: nodes(narrative.events.filter(isTold)),
    appearances: nodes(narrative.appearances),
    objects: nodes(narrative.objects),
    highlights: nodes(narrative.highlights),
  };
}

/** Whether somebody told it, rather than that it was seen from who is in the picture. */
export const isTold = ({ provenance }: NarrativeNode) => provenance.by !== 'presence';

const workedOut = ({ provenance }: NarrativeNode) =>
  new Set(
    (provenance.fields ?? []).flatMap(({ field, by }) =>
      by === 'script-reading' || by === 'page-time' ? [field] : [],
    ),
  );

function own(node: NarrativeNode): Record<string, unknown> {
  const skipped = workedOut(node);
  return Object.fromEntries(
    Object.entries(node)
      .filter(([field]) => !apart.has(field) && !references.has(field) && !skipped.has(field))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** References by what they name; nobody, and who was worked out, are left out. */
function referred(node: NarrativeNode, named: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const skipped = workedOut(node);
  return Object.fromEntries(
    Object.entries(node).flatMap(([field, value]) => {
      if (!references.has(field) || skipped.has(field) || field === 'setupEventIds') return [];
      const names = [value].flat().map((id) => named.get(id as string));
      return names.length === 0 ? [] : [[field, names]];
    }),
  );
}
