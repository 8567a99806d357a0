import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { hashFileIfThere } from '../file-hash.js';
import { writeWhole } from '../write-whole.js';
import { type DownloadOptions, download } from './download.js';
import { type ModelManifest, pulledTasks } from './manifest.js';
import { underLock } from './pull-lock.js';
import { pullableModels } from './pullable-models.js';

/** Where models are pulled from. */
export interface ModelSource extends Pick<DownloadOptions, 'proxy'> {
  /** Those that can be pulled. Default: all that Fabula knows. */
  readonly models?: readonly ModelManifest[];
  /** Taken instead of their own sources: `<mirror>/<model>/<file>`, as the models lie in a folder of models. */
  readonly mirror?: string;
}

export interface PullOptions extends Omit<DownloadOptions, 'onBytes'>, Pick<ModelSource, 'mirror'> {
  readonly modelsFolder: string;
  readonly onProgress?: (progress: PullProgress) => void;
}

export interface PullProgress {
  readonly model: string;
  /** `waiting` for another process that pulls the same model. */
  readonly state: 'waiting' | 'pulling';
  readonly bytes: number;
  readonly totalBytes: number;
}

/** The listed models of these names, each once; without names the best for each task. NOT_FOUND for another name. */
export function pullable(names: readonly string[]): readonly ModelManifest[] {
  if (names.length === 0) return pulledTasks.flatMap((task) => pullableModels.find((each) => each.task === task) ?? []);
  return [...new Set(names)].map((name) => modelNamed(name));
}

/** The listed model of this name. NOT_FOUND. */
export function modelNamed(name: string, models = pullableModels): ModelManifest {
  const model = models.find((each) => each.name === name);
  if (model) return model;
  const known = models.map((each) => each.name).join(', ');
  throw new FabulaError('NOT_FOUND', `There is no model ${name} to pull.`, `There are ${known}.`);
}

/**
 * Makes a model whole: files that are here and right stay, the others are downloaded, the manifest comes last. Says
 * whether anything was missing. Two that pull the same model take turns. Errors as `download`.
 */
export async function pullModel(model: ModelManifest, options: PullOptions): Promise<'pulled' | 'kept'> {
  const { modelsFolder, mirror, onProgress, signal } = options;
  const folder = join(modelsFolder, model.name);
  await mkdir(folder, { recursive: true });
  const totalBytes = model.files.reduce((sum, { bytes }) => sum + bytes, 0);
  const note = (state: PullProgress['state'], bytes: number) =>
    onProgress?.({ model: model.name, state, bytes, totalBytes });
  return underLock(
    join(modelsFolder, `.${model.name}.lock`),
    { signal, onWait: () => note('waiting', 0) },
    async () => {
      let [wasWhole, doneBytes] = [true, 0];
      for (const { path, url, mirrors = [], sha256, bytes } of model.files) {
        const target = join(folder, path);
        if ((await hashFileIfThere(target)) !== sha256) {
          wasWhole = false;
          const urls = mirror === undefined ? [url, ...mirrors] : [`${mirror}/${model.name}/${path}`];
          const onBytes = (here: number) => note('pulling', doneBytes + here);
          await download({ urls, sha256, bytes }, target, { ...options, onBytes });
        }
        doneBytes += bytes;
      }
      await writeWhole(join(folder, 'manifest.json'), `${JSON.stringify(model, null, 2)}\n`);
      return wasWhole ? 'kept' : 'pulled';
    },
  );
}
