import type { Character } from '../../../schema/character.js';
import { FabulaError } from '../../../schema/errors.js';
import type { Person } from '../../../schema/person.js';
import { clockTime } from '../../narrative/clock-time.js';
import { readConfig } from '../config.js';
import { openStore } from '../open.js';
import { oneLine } from '../report-error.js';

const pageSize = 100;

/** Prints the characters of an episode, longest on screen first: id, screen time and lines here, name, other names. */
export async function listCharacters(episodeId: string, { json }: { readonly json?: boolean }): Promise<void> {
  const store = await openStore(readConfig());
  try {
    if (!(await store.episode(episodeId)))
      throw new FabulaError('NOT_FOUND', 'There is no such episode.', 'See fabula episodes.');
    let count = 0;
    for (let after: string | undefined, more = true; more; ) {
      const page = await store.characters({ first: pageSize, ...(after && { after }) }, { episodeId });
      const characters = page.edges.map(({ node }) => node);
      const persons = await store.personsOf(characters.map(({ id }) => id));
      for (const [n, character] of characters.entries()) {
        const here = persons[n]?.find((person) => person.episodeId === episodeId) as Person | undefined;
        process.stdout.write(json ? `${JSON.stringify({ ...character, person: here })}\n` : lineOf(character, here));
      }
      count += characters.length;
      after = page.edges.at(-1)?.cursor;
      more = page.hasNextPage;
    }
    if (count === 0 && !json) process.stdout.write('Nobody was found in this episode.\n');
  } finally {
    await store.close();
  }
}

function lineOf({ id, name, aliases }: Character, person: Person | undefined): string {
  const { screenTimeMs = 0, lineCount = 0 } = person ?? {};
  const also = aliases.length > 0 ? ` (${aliases.join(', ')})` : '';
  return `${id}  ${clockTime(screenTimeMs)}  ${lineCount} ${lineCount === 1 ? 'line' : 'lines'}  ${oneLine(`${name}${also}`)}\n`;
}
