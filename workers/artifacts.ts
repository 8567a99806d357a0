import { createHash } from 'node:crypto';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { HashMemory } from './media/film.js';
import { removeLeftovers, writeWhole } from './write-whole.js';

/** Results of stages on disk, so that a crashed or repeated analysis skips what exists. */
export interface Artifacts extends HashMemory {
  /** The finding under this key; undefined when there is none (or it is damaged: then it is made again). */
  read(sha256: string, stage: string, key: string): Promise<unknown>;
  /** Written to a temporary name and renamed: there is a whole finding or none. */
  write(sha256: string, stage: string, key: string, finding: unknown): Promise<void>;
  /** Whatever findings of a stage are there, of any version and settings; of damaged ones nothing. */
  readAll(sha256: string, stage: string): Promise<readonly unknown[]>;
  /** All of one film's. */
  deleteAll(sha256: string): Promise<void>;
  /** Removes what processes that were killed had half written. */
  removeLeftovers(): Promise<void>;
}

/** Opens an artifact folder: `<folder>/<media hash>/<stage>-<key>.json`, with `hashes/` and `partial/` beside them. */
export function openArtifacts(folder: string): Artifacts {
  const pathOf = (sha256: string, stage: string, key: string) => join(folder, sha256, `${stage}-${key}.json`);
  const temporary = join(folder, 'partial');
  const hashPath = (key: string) => join(folder, 'hashes', key);
  return {
    read: (sha256, stage, key) => readJson(pathOf(sha256, stage, key)),
    write: (sha256, stage, key, finding) => writeWhole(pathOf(sha256, stage, key), JSON.stringify(finding), temporary),
    async readAll(sha256, stage) {
      const names = (await readdir(join(folder, sha256)).catch(() => [])).filter((name) =>
        name.startsWith(`${stage}-`),
      );
      const found = await Promise.all(names.map((name) => readJson(join(folder, sha256, name))));
      return found.filter((finding) => finding !== undefined);
    },
    deleteAll: (sha256) => rm(join(folder, sha256), { recursive: true, force: true }),
    recall: (key) => readIfThere(hashPath(key)),
    remember: (key, sha256) => writeWhole(hashPath(key), sha256, temporary),
    removeLeftovers: () => removeLeftovers(temporary),
  };
}

/** Key of a stage's artifact: a short hash of everything its finding depends on. */
export const artifactKey = (dependsOn: unknown): string =>
  createHash('sha256').update(JSON.stringify(dependsOn)).digest('hex').slice(0, 24);

async function readJson(path: string): Promise<unknown> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const readIfThere = (path: string) =>
  readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
