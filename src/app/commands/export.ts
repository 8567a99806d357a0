import { writeFile } from 'node:fs/promises';
import { FabulaError } from '../../../schema/errors.js';
import { writeJson } from '../../formats/json.js';
import { readConfig } from '../config.js';
import { openStore } from '../open.js';

export interface ExportOptions {
  readonly format: string;
  readonly output?: string;
}

/** Writes an episode in a foreign format to a file or standard output. NOT_FOUND; BAD_USAGE for an unknown format. */
export async function exportEpisode(id: string, { format, output }: ExportOptions): Promise<void> {
  if (format.toLowerCase() !== 'json')
    throw new FabulaError('BAD_USAGE', `There is no export format "${format}".`, 'Known formats: json.');
  const store = await openStore(readConfig());
  try {
    const narrative = await store.readNarrative(id, 'effective');
    if (!narrative) throw new FabulaError('NOT_FOUND', 'There is no such episode.', 'See fabula episodes.');
    const text = writeJson(narrative);
    if (output === undefined) process.stdout.write(text);
    else await writeFile(output, text);
  } finally {
    await store.close();
  }
}
