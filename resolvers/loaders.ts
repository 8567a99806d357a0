import DataLoader from 'dataloader';
import type { Store, TimeWindow } from '../graph/store.js';
import type { NodeKind } from '../schema/enums.js';
import type { JobLine } from '../schema/job.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { servedNouns } from '../schema/nouns.js';

/** Kinds that may be stored but are served by nothing: biometric data. */
const privateKinds = ['IdentityEmbedding'] as const satisfies readonly NodeKind[];

type ServedNoun = InstanceType<(typeof servedNouns)[number]>;

/** Kind → the noun of that kind; nothing that is not served can be named. */
export type Nouns = { readonly [Noun in ServedNoun as Noun['kind']]: Noun };

type Window = TimeWindow & { readonly episodeId: string };

/**
 * Neighbours of one request: reads asked for in the same tick go to the store as one call, and none goes twice.
 * Batch functions are async even where the store answers at once, or DataLoader would not gather.
 */
export class Loaders {
  readonly #store: Store;
  readonly #byId: DataLoader<string, unknown>;
  readonly #characters: DataLoader<string, Nouns['Character'] | undefined>;
  readonly #persons: DataLoader<string, readonly unknown[]>;
  readonly #jobLogs: DataLoader<string, readonly JobLine[]>;
  readonly #lists = new Map<string, unknown>();

  constructor(store: Store) {
    this.#store = store;
    this.#byId = new DataLoader<string, unknown>(async (ids) => store.nodes(ids));
    this.#characters = new DataLoader<string, Nouns['Character'] | undefined>(async (ids) => store.charactersOf(ids));
    this.#persons = new DataLoader<string, readonly unknown[]>(async (ids) => store.personsOf(ids));
    this.#jobLogs = new DataLoader<string, readonly JobLine[]>(async (ids) => store.jobLogs(ids));
  }

  /** The node of this id if it is of one of these kinds. Absent where it left with its episode since it was named. */
  async node<Kind extends keyof Nouns>(
    id: string | undefined,
    ...kinds: readonly [Kind, ...Kind[]]
  ): Promise<Nouns[Kind] | undefined> {
    if (id === undefined) return undefined;
    const node = (await this.#byId.load(id)) as Nouns[Kind] | undefined;
    return node && (kinds as readonly NodeKind[]).includes(node.kind) ? node : undefined;
  }

  /** The node of this id, of any noun that is part of a narrative and served. */
  async narrativeNode(id: string | undefined): Promise<NarrativeNode | undefined> {
    const node = id === undefined ? undefined : ((await this.#byId.load(id)) as NarrativeNode | undefined);
    return node && !(privateKinds as readonly NodeKind[]).includes(node.kind) ? node : undefined;
  }

  async nodes<Kind extends keyof Nouns>(ids: readonly string[], kind: Kind): Promise<Nouns[Kind][]> {
    const nodes = await Promise.all(ids.map((id) => this.node(id, kind)));
    return nodes.filter((node) => node !== undefined);
  }

  /** The person's character. */
  async character(personId: string | undefined): Promise<Nouns['Character'] | undefined> {
    return personId === undefined ? undefined : this.#characters.load(personId);
  }

  /** The persons that a character is, one an episode. */
  persons(characterId: string): Promise<readonly Nouns['Person'][]> {
    return this.#persons.load(characterId) as Promise<readonly Nouns['Person'][]>;
  }

  jobLog(jobId: string): Promise<readonly JobLine[]> {
    return this.#jobLogs.load(jobId);
  }

  /** Nodes that belong to a parent, in order of time. */
  children<Kind extends keyof Nouns>(kind: Kind, parentId: string, limit: number): Promise<readonly Nouns[Kind][]> {
    return this.#list<string, readonly Nouns[Kind][]>(
      `of ${kind} ${limit}`,
      () =>
        new DataLoader(
          async (ids: readonly string[]) =>
            (await this.#store.childrenOf(kind, ids, limit)) as readonly (readonly Nouns[Kind][])[],
        ),
    ).load(parentId);
  }

  /** Nodes that overlap a stretch of an episode, in order of time. */
  during<Kind extends keyof Nouns>(kind: Kind, window: Window, limit: number): Promise<readonly Nouns[Kind][]> {
    return this.#list<Window, readonly Nouns[Kind][]>(
      `in ${kind} ${limit}`,
      () =>
        new DataLoader<Window, readonly Nouns[Kind][], string>(
          async (windows) => (await this.#store.during(kind, windows, limit)) as readonly (readonly Nouns[Kind][])[],
          { cacheKeyFn: ({ episodeId, startMs, endMs }) => `${startMs} ${endMs} ${episodeId}` },
        ),
    ).load(window);
  }

  #list<Key, Value>(name: string, make: () => DataLoader<Key, Value, string>): DataLoader<Key, Value, string> {
    const known = this.#lists.get(name) as DataLoader<Key, Value, string> | undefined;
    const loader = known ?? make();
    if (!known) this.#lists.set(name, loader);
    return loader;
  }
}
