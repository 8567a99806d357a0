import { FabulaError } from '../../schema/errors.js';

/** An error as it crosses from a database thread to the host. */
export interface Failure {
  readonly known: boolean;
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly stack?: string;
}

/** What SQLite or the file system says, in the project's words; errors that nobody expected pass as they are. */
export function asFabulaError(error: unknown): unknown {
  if (error instanceof FabulaError || !(error instanceof Error)) return error;
  const code = String((error as { code?: unknown }).code ?? '');
  const known = (name: ConstructorParameters<typeof FabulaError>[0], message: string, hint?: string) =>
    new FabulaError(name, message, hint, { cause: error });
  if (code === 'SQLITE_FULL' || code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_IOERR_SHMSIZE')
    return known('DISK_FULL', 'The disk that holds the graph is full; nothing was changed.', 'Free some space.');
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_PERM' || code === 'EACCES' || code === 'EROFS')
    return known('FORBIDDEN', 'The graph cannot be written here.', 'Check who owns the folder FABULA_HOME.');
  if (code.startsWith('SQLITE_BUSY') || code.startsWith('SQLITE_LOCKED'))
    return known('STORE_UNAVAILABLE', 'Another process has been writing to the graph for too long.', 'Try again.');
  if (code === 'SQLITE_CONSTRAINT_UNIQUE' && error.message.endsWith('node.id'))
    return known('INVALID_NARRATIVE', 'The narrative has a node whose id another episode uses already.');
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT'))
    return known(
      'STORE_UNAVAILABLE',
      'The graph’s file is damaged or is no SQLite database.',
      'Move it away, or restore it from a copy.',
    );
  if (/^(SQLITE_CANTOPEN|SQLITE_IOERR|ENOTDIR|EEXIST|EISDIR|ENAMETOOLONG|ELOOP)/.test(code))
    return known('STORE_UNAVAILABLE', `The graph’s file cannot be opened or read (${code}).`);
  return error;
}

export function failureOf(thrown: unknown): Failure {
  const error = asFabulaError(thrown);
  if (error instanceof FabulaError)
    return { known: true, code: error.code, message: error.message, hint: error.hint, stack: error.stack };
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { known: false, code: '', message, stack };
}

export function errorOf(failure: Failure): Error {
  const error = failure.known
    ? new FabulaError(failure.code as FabulaError['code'], failure.message, failure.hint)
    : new Error(failure.message);
  if (failure.stack) error.stack = failure.stack;
  return error;
}
