/**
 * Where fetched films lie on this machine, by content hash: as many as there is room for, the least recently used going
 * first. A film in use is held by a link of its own, so that whoever makes room takes it from nobody.
 */
import { createHash, randomUUID } from 'node:crypto';
import { copyFile, link, mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

export interface HeldFilm {
  /** Absolute path here, good until it is released. */
  readonly file: string;
  readonly sha256: string;
  release(): Promise<void>;
}

export interface FilmShelf {
  /** Takes a whole file of this content over, and makes room for it. */
  put(file: string, sha256: string): Promise<void>;
  /** Absolute path of the film; undefined where it is not, or not any more. */
  find(sha256: string): Promise<string | undefined>;
  /** The film, to be used for longer; undefined where it is not. */
  hold(sha256: string): Promise<HeldFilm | undefined>;
  delete(sha256: string): Promise<void>;
  /** Where half a film may lie until it is whole: what is left there for a week goes. */
  readonly partsFolder: string;
}

/** Half a film that nobody has gone on with for so long, in milliseconds, is given up. */
const partLifeMs = 7 * 86_400_000;
/** A worker of another machine that has held a film for so long is gone. */
const holdLifeMs = 2 * 86_400_000;

const sha256Pattern = /^[0-9a-f]{64}$/;

/** Opens (and makes, when first written to) a shelf for so many bytes. */
export function openFilmShelf(folder: string, mostBytes: number): FilmShelf {
  const films = join(folder, 'films');
  const held = join(folder, 'held');
  const partsFolder = join(folder, 'parts');

  const find = async (sha256: string) => {
    if (!sha256Pattern.test(sha256)) return undefined;
    const file = join(films, sha256);
    const facts = await stat(file).catch(absent);
    if (!facts) return undefined;
    // The time it was last read says how long it may stay; not all systems note it themselves.
    await utimes(file, new Date(), facts.mtime).catch(absent);
    return file;
  };

  return {
    partsFolder,
    find,
    async put(file, sha256) {
      await mkdir(films, { recursive: true });
      await rename(file, join(films, sha256));
      await find(sha256);
      await removeStale(partsFolder, ({ mtimeMs }) => Date.now() - mtimeMs > partLifeMs);
      await removeStale(held, ({ ctimeMs }, name) => isAbandoned(name, ctimeMs));
      await makeRoom(films, mostBytes, sha256);
    },
    async hold(sha256) {
      const file = await find(sha256);
      if (file === undefined) return undefined;
      await mkdir(held, { recursive: true });
      const own = join(held, [machine, process.pid, randomUUID()].join('.'));
      try {
        // Where there are no links (FAT), a copy.
        await link(file, own).catch((error) => (isGone(error) ? Promise.reject(error) : copyFile(file, own)));
      } catch (error) {
        if (isGone(error)) return undefined;
        throw error;
      }
      return { file: own, sha256, release: () => rm(own, { force: true }) };
    },
    async delete(sha256) {
      if (sha256Pattern.test(sha256)) await rm(join(films, sha256), { force: true });
    },
  };
}

/** Names this machine in names of files. */
const machine = createHash('sha256').update(hostname()).digest('hex').slice(0, 12);

/** Whether who holds this film has gone without letting go. */
function isAbandoned(name: string, sinceMs: number): boolean {
  const [where, pid] = name.split('.');
  return where === machine ? !isAlive(Number(pid)) : Date.now() - sinceMs > holdLifeMs;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

type Facts = Awaited<ReturnType<typeof stat>> & { readonly mtimeMs: number; readonly ctimeMs: number };

async function factsOf(folder: string): Promise<{ name: string; facts: Facts }[]> {
  const found: { name: string; facts: Facts }[] = [];
  for (const name of (await readdir(folder).catch(absent)) ?? []) {
    const facts = await stat(join(folder, name)).catch(absent);
    if (facts) found.push({ name, facts });
  }
  return found;
}

async function removeStale(folder: string, isStale: (facts: Facts, name: string) => boolean): Promise<void> {
  for (const { name, facts } of await factsOf(folder))
    if (isStale(facts, name)) await rm(join(folder, name), { force: true });
}

/** Removes films, the least recently used first, until the others fit; never the one that has just come. */
async function makeRoom(films: string, mostBytes: number, keep: string): Promise<void> {
  const all = (await factsOf(films)).toSorted((a, b) => Number(b.facts.atimeMs) - Number(a.facts.atimeMs));
  let bytes = all.filter(({ name }) => name === keep).reduce((sum, { facts }) => sum + Number(facts.size), 0);
  for (const { name, facts } of all) {
    if (name === keep) continue;
    bytes += Number(facts.size);
    if (bytes > mostBytes) await rm(join(films, name), { force: true });
  }
}

const isGone = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

const absent = (error: NodeJS.ErrnoException): undefined => {
  if (!isGone(error)) throw error;
};
