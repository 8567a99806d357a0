import type { Store } from '../graph/store.js';
import type { Edit } from '../schema/edit.js';
import type { Narrative } from '../schema/narrative.js';
import { collectNames, type NamedPerson } from '../src/narrative/pseudonyms/collect-names.js';

/** What a store calls somebody whom nobody has named: it tells nobody. */
const provisional = /^Person \d+$/;

/**
 * Names that an episode's own narrative may not know for names: what the analysis read before people corrected it, what
 * people called somebody meanwhile, and everybody else in the series, who may be spoken of.
 */
export async function gatherNames(store: Store, { episode }: Narrative): Promise<NamedPerson[]> {
  const base = await store.readNarrative(episode.id, 'base');
  const of = episode.seriesId === undefined ? { episodeId: episode.id } : { seriesId: episode.seriesId };
  const called = await all(
    (page) => store.characters(page, of),
    ({ name, aliases }) => [name, ...aliases],
  );
  const corrected = await all((page) => store.edits(episode.id, page), namesIn);
  return [
    ...(base ? collectNames(base) : []),
    ...[...called, ...corrected].map((names) => ({
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

async function all<Node>(
  ask: (page: { first: number; after?: string }) => Promise<{
    readonly edges: readonly { readonly node: Node; readonly cursor: string }[];
    readonly hasNextPage: boolean;
  }>,
  take: (node: Node) => string[],
): Promise<string[][]> {
  const taken: string[][] = [];
  for (let after: string | undefined, more = true; more; ) {
    const page = await ask({ first: 100, ...(after !== undefined && { after }) });
    taken.push(...page.edges.map(({ node }) => take(node)));
    after = page.edges.at(-1)?.cursor;
    more = page.hasNextPage;
  }
  return taken;
}
