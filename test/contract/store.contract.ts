/** What every store must do. A new store passes an opener to `storeContract`, and nothing else. */
import type { DeriveNarrative, Store } from '../../graph/store.js';
import { alignmentContract } from './alignment.contract.js';
import { alongContract } from './along.contract.js';
import { castContract } from './cast.contract.js';
import { charactersContract } from './characters.contract.js';
import { editsContract } from './edits.contract.js';
import { episodesContract } from './episodes.contract.js';
import { highlightsContract } from './highlights.contract.js';
import { jobsContract } from './jobs.contract.js';
import { listsContract } from './lists.contract.js';
import { relationshipsContract } from './relationships.contract.js';
import { searchContract } from './search.contract.js';
import { watchingContract } from './watching.contract.js';

/** A store under test that holds nothing yet. */
export interface StoreUnderTest {
  readonly store: Store;
  /** Another connection to the same graph, as another process would have it; closed by `dispose`. */
  readonly openAnother: () => Promise<Store>;
  /** Closes everything and removes the graph. */
  readonly dispose: () => Promise<void>;
}

export type OpenStore = (derive: DeriveNarrative) => Promise<StoreUnderTest>;

/** How many of the runs that a property has on the fastest store it has on this one. */
export type RunsOf = (whole: number) => number;

export function storeContract(name: string, open: OpenStore, runs: RunsOf = (whole) => whole): void {
  describe(`the store contract: ${name}`, () => {
    episodesContract(open, runs);
    listsContract(open, runs);
    alongContract(open, runs);
    highlightsContract(open);
    relationshipsContract(open);
    searchContract(open, runs);
    charactersContract(open);
    castContract(open, runs);
    editsContract(open, runs);
    alignmentContract(open);
    jobsContract(open);
    watchingContract(open);
  });
}
