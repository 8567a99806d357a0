/** Scripts that somebody names on the command line: files in any format that is read, or episodes of the graph. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { readComparable } from '../formats/comparable.js';
import { decodeText } from '../formats/decode-text.js';
import type { ReportItem } from '../formats/format.js';
import { type ComparableScript, comparableOf } from '../narrative/evaluation/comparable-script.js';
import type { Config } from './config.js';
import { openStore } from './open.js';

export interface NamedScript {
  readonly name: string;
  readonly script: ComparableScript;
  /** What was changed, estimated or lost when it was read. */
  readonly report: readonly ReportItem[];
}

/** More than any script holds, in bytes. */
const largestFile = 64 << 20;

/** The script in a file, or of an episode where there is no such file. NOT_FOUND, and what formats throw. */
export async function readScript(name: string, config: Config): Promise<NamedScript> {
  const found = await stat(name).catch(() => undefined);
  if (!found) return readEpisode(name, config);
  if (!found.isFile()) throw new FabulaError('INVALID_INPUT', `${name} is no file.`);
  if (found.size > largestFile) throw new FabulaError('INVALID_INPUT', `${name} is too large to be a script.`);
  const { text } = decodeText(await readFile(name));
  return { name: basename(name), ...readComparable(text, basename(name)) };
}

async function readEpisode(id: string, config: Config): Promise<NamedScript> {
  const store = await openStore(config);
  try {
    const narrative = await store.readNarrative(id, 'effective');
    if (!narrative)
      throw new FabulaError('NOT_FOUND', `${id} is neither a file nor an episode.`, 'See fabula episodes.');
    return { name: narrative.episode.title, script: comparableOf(narrative), report: [] };
  } finally {
    await store.close();
  }
}
