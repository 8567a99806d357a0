import { createHash, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FabulaError } from '../../schema/errors.js';
import { type GetOptions, httpGetFollowing } from './http-get.js';

/** What is to be downloaded: the same bytes from any of the addresses, tried in order. */
export interface Download {
  readonly urls: readonly string[];
  readonly bytes: number;
  readonly sha256: string;
}

export interface DownloadOptions extends Omit<GetOptions, 'headers'> {
  /** Bytes of the file that are here. */
  readonly onBytes?: (bytes: number) => void;
  /** Before the first new attempt; doubled for each further one. */
  readonly backOffMs?: number;
}

/** Attempts at one address that bring nothing new, before it is given up. */
const mostVainAttempts = 3;

/**
 * Downloads a file under a temporary name, checks it on the way, and then renames it. What is here of an earlier attempt
 * is kept and gone on from. DOWNLOAD_FAILED (no address answers), DOWNLOAD_NOT_FOUND, MODEL_DAMAGED (other bytes than
 * wanted), DISK_FULL, CANCELLED.
 */
export async function download(wanted: Download, path: string, options: DownloadOptions = {}): Promise<void> {
  const partial = `${path}.${wanted.sha256.slice(0, 8)}.part`;
  await mkdir(dirname(path), { recursive: true });
  await checkSpace(wanted, partial);
  let failure: unknown;
  for (const url of wanted.urls)
    try {
      await downloadFrom(url, wanted, partial, options);
      return await rename(partial, path);
    } catch (error) {
      if (options.signal?.aborted)
        throw new FabulaError('CANCELLED', 'The download was cancelled.', 'What is here of it is kept.');
      if (!(error instanceof FabulaError)) throw error;
      failure ??= error;
    }
  throw failure;
}

/** Fills up the partial file from one address, however often the connection breaks. */
async function downloadFrom(url: string, wanted: Download, partial: string, options: DownloadOptions): Promise<void> {
  const { backOffMs = 1000, signal } = options;
  let goneOnFrom = await sizeOf(partial);
  for (let vain = 0; ; ) {
    const before = await sizeOf(partial);
    try {
      const sha256 = await fetchRest(url, wanted, partial, options);
      if (sha256 === wanted.sha256) return;
      await rm(partial);
      // What was here before may have been wrong: once more, from the start.
      if (goneOnFrom === 0) throw damaged(url, 'its checksum is another one');
      goneOnFrom = 0;
    } catch (error) {
      if (!(error instanceof Interrupted) || signal?.aborted) throw error;
      vain = (await sizeOf(partial)) > before ? 0 : vain + 1;
      if (vain === mostVainAttempts) throw unreachable(url, error);
      await sleep(backOffMs * 2 ** Math.max(0, vain - 1), undefined, { signal });
    }
  }
}

/** The connection, not the disk or the file, is at fault: trying again may help. */
class Interrupted extends Error {}

/** Asks for what is not here yet and appends it; returns the hash of the whole. */
async function fetchRest(url: string, wanted: Download, partial: string, options: DownloadOptions): Promise<string> {
  const file = await open(partial, 'a');
  try {
    let { size } = await file.stat();
    if (size > wanted.bytes) size = await startOver(file);
    const hash = createHash('sha256');
    if (size < wanted.bytes) {
      const response = await get(url, size, options);
      // Some servers send all, whatever they are asked for.
      if (size > 0 && !startsAt(response.headers['content-range'], size)) size = await startOver(file);
      const length = Number(response.headers['content-length'] ?? Number.NaN);
      if (size + length > wanted.bytes || (Number.isFinite(length) && size + length < wanted.bytes)) {
        response.destroy();
        throw damaged(url, `it has ${size + length} bytes instead of ${wanted.bytes}`);
      }
      await addFile(hash, partial, size);
      options.onBytes?.(size);
      for await (const chunk of uninterrupted(response)) {
        size += chunk.length;
        if (size > wanted.bytes) throw damaged(url, `it goes on after ${wanted.bytes} bytes`);
        hash.update(chunk);
        await file.appendFile(chunk);
        options.onBytes?.(size);
      }
      if (size < wanted.bytes) throw new Interrupted('the connection ended early');
    } else await addFile(hash, partial, size);
    await file.sync();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}

async function get(url: string, from: number, { signal, proxy, silentMs }: DownloadOptions) {
  // Some servers answer nobody who does not say who they are.
  const headers = { 'user-agent': 'fabula', ...(from > 0 && { range: `bytes=${from}-` }) };
  const response = await httpGetFollowing(url, { headers, signal, proxy, silentMs }).catch((error) => {
    throw new Interrupted(error instanceof Error ? error.message : String(error), { cause: error });
  });
  const { statusCode = 0 } = response;
  if (statusCode === 200 || statusCode === 206) return response;
  response.destroy();
  if (statusCode === 429 || statusCode >= 500) throw new Interrupted(`it answers ${statusCode}`);
  if (statusCode === 404 || statusCode === 410)
    throw new FabulaError('DOWNLOAD_NOT_FOUND', `${url} is not there (${statusCode}).`, otherSource);
  throw new FabulaError(
    'DOWNLOAD_FAILED',
    `${url} cannot be downloaded: the server answers ${statusCode}.`,
    otherSource,
  );
}

/** The body's chunks; a connection that breaks throws Interrupted, so that it is told from a disk that fails. */
async function* uninterrupted(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* body;
  } catch (cause) {
    throw new Interrupted(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

async function addFile(hash: Hash, path: string, size: number): Promise<void> {
  if (size > 0) for await (const chunk of createReadStream(path, { end: size - 1 })) hash.update(chunk);
}

const startsAt = (range: string | undefined, at: number) => range?.startsWith(`bytes ${at}-`) ?? false;

async function startOver(file: FileHandle): Promise<0> {
  await file.truncate();
  return 0;
}

async function checkSpace({ bytes }: Download, partial: string): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(partial));
  const [needed, free] = [bytes - (await sizeOf(partial)), bavail * bsize];
  if (needed > free)
    throw new FabulaError(
      'DISK_FULL',
      `${megabytes(needed)} are needed and ${megabytes(free)} are free.`,
      'Free some space and run the same command again.',
    );
}

const sizeOf = async (path: string) => (await stat(path).catch(() => undefined))?.size ?? 0;
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;

const otherSource = 'Set FABULA_MODELS_MIRROR to a server that has the models, or try a newer Fabula.';

const unreachable = (url: string, cause: Interrupted) =>
  new FabulaError(
    'DOWNLOAD_FAILED',
    `${new URL(url).host} cannot be reached: ${cause.message}.`,
    'Check the network, HTTPS_PROXY or FABULA_MODELS_MIRROR; the same command goes on where it stopped.',
    { cause },
  );

const damaged = (url: string, why: string) =>
  new FabulaError('MODEL_DAMAGED', `${url} is not the file that was wanted: ${why}.`, otherSource);
