import type { Store } from '../graph/store.js';
import type { Edit } from '../schema/edit.js';
import type { Narrative } from '../schema/narrative.js';
import { collectNames, type NamedPerson } from '../src/narrative/pseudonyms/collect-names.js';
import { everyNode } from './every-node.js';

/** What a store calls somebody whom nobody has named: it tells nobody. */
const provisional = /^Person \d+$/;

/**
 * Names that an episode's own narrative may not know for names: what the analysis read before people corrected it, what
 * people called somebody meanwhile, and everybody else in the series, who may be spoken of.
 */
export async function gatherNames(store: Store, { episode }: Narrative): Promise<NamedPerson[]> {
  const base = await store.readNarrative(episode.id, 'base');
  const of = episode.seriesId === undefined ? { episodeId: episode.id } : { seriesId: episode.seriesId };
  const called: string[][] = [];
  for await (const { name, aliases } of everyNode((page) => store.characters(page, of)))
    called.push([name, ...aliases]);
  for await (const edit of everyNode((page) => store.edits(episode.id, page))) called.push(namesIn(edit));
  return [
    ...(base ? collectNames(base) : []),
    ...called.map((names) => ({
      names: names.filter((name) => !provisional.test(name)),
      gender: 'unknown' as const,
    })),
  ];
}

function namesIn({ operation, anchor }: Edit): string[] {
  const said = /^(?:name|aliases|speakerTag)$/.test(operation.field ?? 'name')
    ? [operation.value, anchor.oldValue]
    : [];
  return [...said.flat(), ...(anchor.others ?? []).map(({ name }) => name)].filter((name) => typeof name === 'string');
}
