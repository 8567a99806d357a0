import { exitStatusOf, FabulaError, foreseenError } from '../../schema/errors.js';

/** Writes an error as one line on standard error, with its code and what to do next; returns the exit status. */
export function reportError(error: unknown, about?: string): 1 | 2 {
  const known = foreseenError(error) ?? unforeseen(error);
  const sentence = [about && `${oneLine(about)}:`, known.message, known.hint].filter(Boolean).join(' ');
  process.stderr.write(`fabula: ${known.code}: ${oneLine(sentence)}\n`);
  return exitStatusOf(known.code);
}

/** Text that cannot break out of its line on a terminal. */
export const oneLine = (text: string): string =>
  // Not by JSON alone, which leaves C1 controls and line separators as they are.
  text.replaceAll(/[\p{Cc}\u2028\u2029]/gu, (found) => {
    const written = JSON.stringify(found).slice(1, -1);
    return written.length > 1 ? written : `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });

/** The whole story goes out too: an error that nobody foresaw is ours to mend. */
function unforeseen(error: unknown): FabulaError {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  return new FabulaError('INTERNAL', 'Something went wrong inside Fabula.', 'Please report the lines above.');
}
