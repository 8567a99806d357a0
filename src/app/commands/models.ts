import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { FabulaError } from '../../../schema/errors.js';
import { listModels as allModels, type ListedModel } from '../../../workers/models/catalogue.js';
import { damagedFiles, pullHint } from '../../../workers/models/manifest.js';
import { pullable, pullModel } from '../../../workers/models/pull.js';
import { readConfig } from '../config.js';
import { foldersOf } from '../open.js';
import { showPull } from '../pull-display.js';
import { reportError } from '../report-error.js';

/** Prints every model that Fabula can use, and whether it is here. */
export async function listModels({ json }: { readonly json?: boolean }): Promise<void> {
  const config = readConfig();
  for (const model of await allModels({ ...config, modelsFolder: foldersOf(config.home).models }))
    process.stdout.write(json ? `${JSON.stringify(model)}\n` : lineOf(model));
}

function lineOf({ name, tier, present, purpose, licence, remedy }: ListedModel): string {
  const state = present ? 'here' : 'absent';
  const help = remedy ? `. ${remedy}` : '';
  return `${name.padEnd(22)}  ${tier.toLowerCase().padEnd(7)}  ${state.padEnd(6)}  ${(licence ?? '').padEnd(10)}  ${purpose}${help}\n`;
}

/** Fetches models one after the other; one that fails is reported, and the next one is taken. */
export async function pullModels(names: readonly string[], signal: AbortSignal): Promise<void> {
  const { home, modelsMirror, proxy } = readConfig();
  for (const model of pullable(names)) {
    if (signal.aborted) break;
    const display = showPull(process.stderr);
    const options = { modelsFolder: foldersOf(home).models, mirror: modelsMirror, proxy, signal };
    try {
      const outcome = await pullModel(model, { ...options, onProgress: display.note });
      display.close();
      process.stdout.write(`${model.name}: ${outcome === 'kept' ? 'was here already' : 'pulled'}\n`);
    } catch (error) {
      display.close();
      process.exitCode = reportError(error, model.name);
    }
  }
}

/** Reads models again; one that is not as its manifest says is reported, with status 1 in the end. */
export async function verifyModels(names: readonly string[]): Promise<void> {
  const folder = foldersOf(readConfig().home).models;
  for (const name of names.length > 0 ? names : await modelsIn(folder))
    try {
      const damaged = await damagedFiles(join(folder, name));
      if (damaged.length > 0)
        throw new FabulaError('MODEL_DAMAGED', `Changed since it was pulled: ${damaged.join(', ')}.`, pullHint(name));
      process.stdout.write(`${name}: whole\n`);
    } catch (error) {
      process.exitCode = reportError(error, name);
    }
}

/** Folders with a manifest, whole or not. */
async function modelsIn(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch(() => []);
  const manifests = await Promise.all(
    names.map((name) => stat(join(folder, name, 'manifest.json')).catch(() => undefined)),
  );
  return names.filter((_, index) => manifests[index]?.isFile()).sort();
}
