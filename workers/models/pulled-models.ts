import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ModelManifest, type PulledTask, pulledTasks, readManifest } from './manifest.js';
import { pullableModels } from './pullable-models.js';

/** A pulled model that is used: it travels in the key of what was found with it. */
export interface PulledModel {
  readonly name: string;
  /** Changes with any byte of the model. */
  readonly version: string;
}

export type PulledModels = { readonly [Task in PulledTask]?: PulledModel };

/** For each task the best whole model of the folder: as the list of models has them, then any other, by name. */
export async function findPulledModels(modelsFolder: string): Promise<PulledModels> {
  const names = await readdir(modelsFolder).catch(() => []);
  const rank = (name: string) => {
    const index = pullableModels.findIndex((each) => each.name === name);
    return index < 0 ? pullableModels.length : index;
  };
  names.sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  const manifests: ModelManifest[] = [];
  for (const name of names) {
    const manifest = await readManifest(join(modelsFolder, name)).catch(() => undefined);
    if (manifest?.name === name) manifests.push(manifest);
  }
  return Object.fromEntries(
    pulledTasks.flatMap((task) => {
      const best = manifests.find((each) => each.task === task);
      return best ? [[task, { name: best.name, version: versionOf(best) }]] : [];
    }),
  );
}

const versionOf = ({ files }: ModelManifest) =>
  createHash('sha256')
    .update(files.map(({ path, sha256 }) => `${path}\n${sha256}\n`).join(''))
    .digest('hex')
    .slice(0, 12);
