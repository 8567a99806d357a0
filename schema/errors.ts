/**
 * Stable error codes. A code never changes its meaning; the sentence beside it may be improved.
 * The command line maps a code to an exit status, the API to `extensions.code`.
 */
export const errorCodes = [
  'BAD_USAGE',
  'BAD_CONFIG',
  'NOT_FOUND',
  'CONFLICT',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'TIMED_OUT',
  'LINK_INVALID',
  'LINK_EXPIRED',
  'CANCELLED',
  'INVALID_INPUT',
  'INVALID_NARRATIVE',
  'NARRATIVE_TOO_NEW',
  'STORE_UNAVAILABLE',
  'STORE_TOO_NEW',
  'STORE_TOO_OLD',
  'STORE_LOGIN_FAILED',
  'QUEUE_UNAVAILABLE',
  'WORKER_LOST',
  'DISK_FULL',
  'MEDIA_NOT_FOUND',
  'MEDIA_NOT_A_FILE',
  'MEDIA_FORBIDDEN',
  'MEDIA_EMPTY',
  'MEDIA_NOT_VIDEO',
  'MEDIA_TRUNCATED',
  'MEDIA_NO_PICTURE',
  'MEDIA_OUTSIDE_ROOTS',
  'MEDIA_HOST_REFUSED',
  'MEDIA_ADDRESS_REFUSED',
  'MEDIA_TOO_LARGE',
  'MEDIA_TYPE_REFUSED',
  'SUBTITLES_UNREADABLE',
  'SCRIPT_UNREADABLE',
  'SCRIPT_MISMATCH',
  'FORMAT_UNKNOWN',
  'FORMAT_AMBIGUOUS',
  'FFMPEG_MISSING',
  'FFMPEG_FAILED',
  'FFMPEG_STALLED',
  'MODEL_MISSING',
  'MODEL_FAILED',
  'MODEL_DAMAGED',
  'DOWNLOAD_FAILED',
  'DOWNLOAD_NOT_FOUND',
  'REMOTE_FAILED',
  'INTERNAL',
] as const;

export type ErrorCode = (typeof errorCodes)[number];

/** An error that a user can act on: a stable code, one sentence, and what to do next. */
export class FabulaError extends Error {
  override readonly name = 'FabulaError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** What the user can do next; one sentence or command. */
    readonly hint?: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

/** Command-line exit status for an error: 2 for bad usage, 1 for everything else. */
export const exitStatusOf = (code: ErrorCode): 1 | 2 => (code === 'BAD_USAGE' || code === 'BAD_CONFIG' ? 2 : 1);

/** What the operating system said, in our words; undefined for an error that nobody foresaw. */
export function foreseenError(error: unknown): FabulaError | undefined {
  if (error instanceof FabulaError) return error;
  const { code, name } = error as { code?: unknown; name?: unknown };
  if (name === 'AbortError')
    return new FabulaError('CANCELLED', 'The work was cancelled.', undefined, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT' || code === 'SQLITE_FULL')
    return new FabulaError('DISK_FULL', 'The disk is full.', 'Free some space and run the same command again.', {
      cause: error,
    });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS')
    return new FabulaError('FORBIDDEN', 'A file or folder may not be written or read.', 'Check FABULA_HOME.', {
      cause: error,
    });
  return undefined;
}
