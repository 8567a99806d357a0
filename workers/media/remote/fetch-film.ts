/** Brings one film here whole: goes on where it was stopped, where the server lets it, and takes no more than it may. */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rm, stat, statfs } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FabulaError } from '../../../schema/errors.js';
import { writeWhole } from '../../write-whole.js';
import { type Door, guardedGet, Unreachable } from './guarded-get.js';

/** How a server tells one version of a file from the next (RFC 9110, validators). */
export interface Version {
  readonly etag?: string;
  readonly lastModified?: string;
}

export interface FetchOptions {
  readonly door: Door;
  readonly mostBytes: number;
  readonly signal: AbortSignal;
  /** What is here already of this address: then it need not come again. */
  readonly known?: Version;
  /** Share of the film that is here, 0…1; not called while nobody knows how long it is. */
  readonly onProgress?: (share: number) => void;
  /** Before the first new attempt; doubled for each further one. */
  readonly backOffMs?: number;
  readonly silentMs?: number;
}

/** Attempts that bring nothing new, before it is given up. */
const mostVainAttempts = 3;

/**
 * Downloads into `part`, with what is known of it beside it (`….json`). 'same' when it is still the known version.
 * MEDIA_HOST_REFUSED, MEDIA_ADDRESS_REFUSED, MEDIA_FORBIDDEN, MEDIA_TOO_LARGE, MEDIA_EMPTY, DOWNLOAD_NOT_FOUND,
 * DOWNLOAD_FAILED, DISK_FULL; throws the signal's reason. Errors never hold the address, which may be secret.
 */
export async function fetchFilm(
  url: URL,
  part: string,
  options: FetchOptions,
): Promise<'same' | { readonly sha256: string; readonly bytes: number; readonly version: Version }> {
  const { backOffMs = 1000, signal } = options;
  await mkdir(dirname(part), { recursive: true });
  for (let vain = 0; ; ) {
    const before = await sizeOf(part);
    try {
      return await fetchRest(url, part, options);
    } catch (error) {
      signal.throwIfAborted();
      if (!(error instanceof Unreachable)) {
        // What cannot be gone on with takes no room.
        await removePart(part);
        throw error;
      }
      vain = (await sizeOf(part)) > before ? 0 : vain + 1;
      if (vain === mostVainAttempts) throw unreachable(url, error);
      await sleep(backOffMs * 2 ** Math.max(0, vain - 1), undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** Asks for what is not here yet and appends it. */
async function fetchRest(url: URL, part: string, options: FetchOptions) {
  const { door, mostBytes, signal, known, onProgress, silentMs } = options;
  const begun = await versionOf(part);
  const here = begun ? await sizeOf(part) : 0;
  const headers = here > 0 && begun ? resuming(begun, here) : conditional(known);
  const response = await guardedGet(door, url, { headers, signal, silentMs });
  try {
    if (response.statusCode === 304 && known) return 'same' as const;
    const from = continuesAt(response, here);
    await checkAnswer(url, response, part);
    const length = Number(response.headers['content-length'] ?? Number.NaN);
    const whole = from + length;
    if (whole > mostBytes) throw tooLarge(mostBytes);
    if (Number.isFinite(length)) await checkSpace(length, part);
    const version = versionIn(response);
    await using file = await open(part, from > 0 ? 'a' : 'w');
    await writeWhole(`${part}.json`, JSON.stringify(version));
    const hash = createHash('sha256');
    if (from > 0) await addFile(hash, part, from, signal);
    let bytes = from;
    for await (const chunk of bodyOf(response)) {
      bytes += chunk.length;
      if (bytes > mostBytes) throw tooLarge(mostBytes);
      hash.update(chunk);
      await writeAll(file, chunk);
      if (Number.isFinite(whole)) onProgress?.(bytes / whole);
    }
    if (bytes < whole) throw new Unreachable('the connection ended early');
    if (bytes === 0) throw new FabulaError('MEDIA_EMPTY', 'The file at this address is empty.');
    await file.sync();
    return { sha256: hash.digest('hex'), bytes, version };
  } finally {
    response.destroy();
  }
}

/** A weak tag does not promise the same bytes. */
const strongTag = ({ etag }: Version) => (etag?.startsWith('W/') ? undefined : etag);

const resuming = (version: Version, from: number) => ({
  range: `bytes=${from}-`,
  'if-range': strongTag(version) ?? version.lastModified ?? '',
});

const conditional = (known?: Version): Record<string, string> => ({
  ...(known?.etag !== undefined && { 'if-none-match': known.etag }),
  ...(known?.lastModified !== undefined && { 'if-modified-since': known.lastModified }),
});

const versionIn = ({ headers }: IncomingMessage): Version => ({
  ...(headers.etag !== undefined && { etag: headers.etag }),
  ...(headers['last-modified'] !== undefined && { lastModified: headers['last-modified'] }),
});

/** Of what is here in part; undefined where it cannot be told, or there is nothing to go on with. */
async function versionOf(part: string): Promise<Version | undefined> {
  try {
    const version = JSON.parse(await readFile(`${part}.json`, 'utf8')) as Version;
    return strongTag(version) !== undefined || version.lastModified !== undefined ? version : undefined;
  } catch {
    return undefined;
  }
}

/** Where in the file the answer begins: at what is missing, or, when the server sends all, at its start. */
function continuesAt({ statusCode, headers }: IncomingMessage, here: number): number {
  if (statusCode !== 206) return 0;
  if (here > 0 && headers['content-range']?.startsWith(`bytes ${here}-`)) return here;
  throw new Unreachable('it sends another part than was asked for');
}

async function checkAnswer({ host }: URL, { statusCode = 0 }: IncomingMessage, part: string): Promise<void> {
  if (statusCode === 200 || statusCode === 206) return;
  if (statusCode === 429 || statusCode >= 500) throw new Unreachable(`it answers ${statusCode}`);
  if (statusCode === 416) {
    // What is here goes on past what is there: it was another file.
    await removePart(part);
    throw new Unreachable('it has another file than before');
  }
  const hint = 'Check the address; one that is signed may be over.';
  if (statusCode === 401 || statusCode === 403)
    throw new FabulaError('MEDIA_FORBIDDEN', `${host} does not give the film to us (${statusCode}).`, hint);
  throw new FabulaError('DOWNLOAD_NOT_FOUND', `${host} has no such film (${statusCode}).`, hint);
}

/** The body's chunks; a connection that breaks is told from a disk that fails. */
async function* bodyOf(response: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* response;
  } catch (cause) {
    throw new Unreachable('the connection broke', { cause });
  }
}

async function writeAll(file: FileHandle, chunk: Buffer): Promise<void> {
  for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
}

async function addFile(hash: Hash, path: string, bytes: number, signal: AbortSignal): Promise<void> {
  for await (const chunk of createReadStream(path, { end: bytes - 1, signal })) hash.update(chunk);
}

async function checkSpace(bytes: number, part: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(part));
  if (bytes > bavail * bsize)
    throw new FabulaError('DISK_FULL', 'There is no room for the film on this disk.', 'Free some space.');
}

export async function removePart(part: string): Promise<void> {
  await rm(part, { force: true });
  await rm(`${part}.json`, { force: true });
}

const sizeOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;

export const tooLarge = (mostBytes: number) =>
  new FabulaError(
    'MEDIA_TOO_LARGE',
    `The film has more than ${(mostBytes / 1e9).toFixed(1)} GB.`,
    'FABULA_MEDIA_LIMIT_GB sets how large films may be that come over the network.',
  );

const unreachable = ({ host }: URL, { message }: Unreachable) =>
  new FabulaError('DOWNLOAD_FAILED', `The film cannot be fetched from ${host}: ${message}.`, 'Try again later.');
