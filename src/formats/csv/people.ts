/** People in cells, by names that tell everybody apart. */
import type { Person } from '../../../schema/person.js';
import { labelPersons, nobodyKnown } from '../script/draft-of.js';
import type { DraftPerson } from '../script/script-draft.js';
import { namesIn } from './columns.js';

/** What a cell calls each person; a semicolon stands between several. */
export const cellNames = (persons: readonly Person[]): ReadonlyMap<string, string> =>
  labelPersons(persons.map((person) => ({ ...person, name: person.name?.replaceAll(/[;\s]+/g, ' ') ?? '' })));

const unnamed = new RegExp(`^${nobodyKnown}(?: \\d+)?$`);

/** Those whom cells call somebody: they come back as people whose names nobody knows. */
export const namelessIn = (cells: readonly (string | undefined)[]): DraftPerson[] =>
  [...new Set(cells.flatMap((cell = '') => namesIn(cell)))]
    .filter((name) => unnamed.test(name))
    .map((label) => ({ label, provisional: true }));
