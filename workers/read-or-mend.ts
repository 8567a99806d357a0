/** Reads a script; JSON that is broken beyond repair goes to the language model first, where one is configured. */
import { FabulaError } from '../schema/errors.js';
import type { Format, Reading, ReadOptions } from '../src/formats/format.js';
import type { LlmEndpoint } from './llm/endpoint.js';
import { longestMendable, mendJson } from './llm/mend-json.js';

export interface Mender {
  readonly llm: LlmEndpoint | undefined;
  readonly signal: AbortSignal;
}

/** As `format.read`. SCRIPT_UNREADABLE with what is wrong with the text, too, where the model does not mend it; CANCELLED. */
export async function readOrMend(
  text: string,
  format: Format & Required<Pick<Format, 'read'>>,
  options: ReadOptions,
  { llm, signal }: Mender,
): Promise<Reading> {
  try {
    return format.read(text, options);
  } catch (error) {
    const isBroken = error instanceof FabulaError && error.code === 'SCRIPT_UNREADABLE';
    const isJson = format.extensions.includes('json');
    if (!isBroken || !isJson || !llm || text.length > longestMendable) throw error;
    const mended = await mendJson(text, llm, signal).catch((failure: unknown) => {
      if (!(failure instanceof FabulaError) || failure.code !== 'REMOTE_FAILED') throw failure;
      const told = `${error.message} The language model could not mend it: ${failure.message}`;
      throw new FabulaError(error.code, told, 'Mend it there.', { cause: failure });
    });
    const { narrative, report } = format.read(mended.text, options);
    // Lines and columns would be those of a text that nobody has seen.
    const told = report.map(({ line: _, column: __, ...item }) => item);
    return { narrative, report: [...mended.report, ...told] };
  }
}
