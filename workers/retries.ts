import type { ErrorCode } from '../schema/errors.js';

/** What may pass by itself; everything else will go wrong again just so, and a person is told at once. */
const passing: readonly ErrorCode[] = [
  'STORE_UNAVAILABLE',
  'FFMPEG_STALLED',
  'MODEL_FAILED',
  'REMOTE_FAILED',
  'DOWNLOAD_FAILED',
];

export const mayPass = (code: ErrorCode): boolean => passing.includes(code);

const firstWaitMs = 5_000;
const retries = 3;

/** How long a job waits before it is tried again: 5, 20 and 80 s; undefined when it has failed often enough. */
export const retryAfterMs = (failures: number): number | undefined =>
  failures < retries ? firstWaitMs * 4 ** failures : undefined;
