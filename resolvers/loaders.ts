import DataLoader from 'dataloader';
import type { Brought, Store, TimeWindow } from '../graph/store.js';
import type { NodeKind } from '../schema/enums.js';
import type { JobLine } from '../schema/job.js';
import type { NarrativeNode } from '../schema/narrative-node.js';
import type { servedNouns } from '../schema/nouns.js';

/** Kinds that may be stored but are served by nothing: biometric data. */
const privateKinds = ['IdentityEmbedding'] as const satisfies readonly NodeKind[];

type ServedNoun = InstanceType<(typeof servedNouns)[number]>;

/** Kind → the noun of that kind; nothing that is not served can be named. */
export type Nouns = { readonly [Noun in ServedNoun as Noun['kind']]: Noun };

/** At once where it is known: a promise for each of a thousand fields costs more than the fields. */
export type Soon<Value> = Value | Promise<Value>;

const after = <Value, Next>(soon: Soon<Value>, next: (value: Value) => Next): Soon<Next> =>
  soon instanceof Promise ? soon.then(next) : next(soon);

const all = <Value, Next>(soons: readonly Soon<Value>[], next: (values: Value[]) => Next): Soon<Next> =>
  soons.some((soon) => soon instanceof Promise)
    ? Promise.all(soons).then(next)
    : next(soons as readonly Value[] as Value[]);

const familyOf = (kind: NodeKind, limit: number, parentId: string) => `${kind} ${limit} ${parentId}`;

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
  // What lists have brought along: nodes by id, characters by person, children by parent.
  readonly #nodes = new Map<string, NarrativeNode>();
  readonly #known = new Map<string, Nouns['Character']>();
  readonly #families = new Map<string, readonly NarrativeNode[]>();

  constructor(store: Store) {
    this.#store = store;
    this.#byId = new DataLoader<string, unknown>(async (ids) => store.nodes(ids));
    this.#characters = new DataLoader<string, Nouns['Character'] | undefined>(async (ids) => store.charactersOf(ids));
    this.#persons = new DataLoader<string, readonly unknown[]>(async (ids) => store.personsOf(ids));
    this.#jobLogs = new DataLoader<string, readonly JobLine[]>(async (ids) => store.jobLogs(ids));
  }

  /** Notes what a list has brought along, and gives the list back: it is known from now on, without a promise. */
  keep<List extends { readonly brought?: Brought }>(list: List): List {
    for (const node of list.brought?.nodes ?? []) this.#nodes.set(node.id, node);
    for (const { personId, character } of list.brought?.characters ?? []) this.#known.set(personId, character);
    for (const { kind, limit, parentId, nodes } of list.brought?.children ?? [])
      this.#families.set(familyOf(kind, limit, parentId), nodes);
    return list;
  }

  /** The node of this id if it is of one of these kinds. Absent where it left with its episode since it was named. */
  node<Kind extends keyof Nouns>(
    id: string | undefined,
    ...kinds: readonly [Kind, ...Kind[]]
  ): Soon<Nouns[Kind] | undefined> {
    return after(this.#load(id), (node) =>
      node && (kinds as readonly NodeKind[]).includes(node.kind) ? (node as Nouns[Kind]) : undefined,
    );
  }

  /** The node of this id, of any noun that is part of a narrative and served. */
  narrativeNode(id: string | undefined): Soon<NarrativeNode | undefined> {
    return after(this.#load(id), (node) =>
      node && !(privateKinds as readonly NodeKind[]).includes(node.kind) ? node : undefined,
    );
  }

  nodes<Kind extends keyof Nouns>(ids: readonly string[], kind: Kind): Soon<Nouns[Kind][]> {
    return all(
      ids.map((id) => this.node(id, kind)),
      (nodes) => nodes.filter((node) => node !== undefined),
    );
  }

  /** The person's character. */
  character(personId: string | undefined): Soon<Nouns['Character'] | undefined> {
    if (personId === undefined) return undefined;
    return this.#known.get(personId) ?? this.#characters.load(personId);
  }

  characterId(personId: string | undefined): Soon<string | undefined> {
    return after(this.character(personId), (character) => character?.id);
  }

  /** The characters of these persons, in the same order. */
  characters(personIds: readonly string[]): Soon<Nouns['Character'][]> {
    return all(
      personIds.map((id) => this.character(id)),
      (characters) => characters.filter((character) => character !== undefined),
    );
  }

  /** The persons that a character is, one an episode. */
  persons(characterId: string): Promise<readonly Nouns['Person'][]> {
    return this.#persons.load(characterId) as Promise<readonly Nouns['Person'][]>;
  }

  jobLog(jobId: string): Promise<readonly JobLine[]> {
    return this.#jobLogs.load(jobId);
  }

  /** Nodes that belong to a parent, in order of time. */
  children<Kind extends keyof Nouns>(kind: Kind, parentId: string, limit: number): Soon<readonly Nouns[Kind][]> {
    const family = this.#families.get(familyOf(kind, limit, parentId));
    if (family) return family as readonly unknown[] as readonly Nouns[Kind][];
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

  #load(id: string | undefined): Soon<NarrativeNode | undefined> {
    if (id === undefined) return undefined;
    return this.#nodes.get(id) ?? (this.#byId.load(id) as Promise<NarrativeNode | undefined>);
  }

  #list<Key, Value>(name: string, make: () => DataLoader<Key, Value, string>): DataLoader<Key, Value, string> {
    const known = this.#lists.get(name) as DataLoader<Key, Value, string> | undefined;
    const loader = known ?? make();
    if (!known) this.#lists.set(name, loader);
    return loader;
  }
}
