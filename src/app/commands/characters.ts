import { pagesOf } from '../../../graph/pages.js';
import type { Character } from '../../../schema/character.js';
import type { Person } from '../../../schema/person.js';
import { clockTime } from '../../narrative/clock-time.js';
import { counted } from '../../narrative/counted.js';
import { readConfig } from '../config.js';
import { noSuchEpisode } from '../no-such-episode.js';
import { openStore } from '../open.js';
import { oneLine } from '../report-error.js';

/** Prints the characters of an episode, longest on screen first: id, screen time and lines here, name, other names. */
export async function listCharacters(episodeId: string, { json }: { readonly json?: boolean }): Promise<void> {
  const store = await openStore(readConfig());
  try {
    if (!(await store.episode(episodeId))) throw noSuchEpisode();
    let count = 0;
    for await (const characters of pagesOf((page) => store.characters(page, { episodeId }))) {
      const persons = await store.personsOf(characters.map(({ id }) => id));
      for (const [n, character] of characters.entries()) {
        const here = persons[n]?.find((person) => person.episodeId === episodeId) as Person | undefined;
        process.stdout.write(json ? `${JSON.stringify({ ...character, person: here })}\n` : lineOf(character, here));
      }
      count += characters.length;
    }
    if (count === 0 && !json) process.stdout.write('Nobody was found in this episode.\n');
  } finally {
    await store.close();
  }
}

function lineOf({ id, name, aliases }: Character, person: Person | undefined): string {
  const { screenTimeMs = 0, lineCount = 0 } = person ?? {};
  const also = aliases.length > 0 ? ` (${aliases.join(', ')})` : '';
  return `${id}  ${clockTime(screenTimeMs)}  ${counted(lineCount, 'line')}  ${oneLine(`${name}${also}`)}\n`;
}
