import { join } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import type { MaybePulled, ModelCalls, ModelName } from './host.js';
import { type PulledTask, pullHint, readSoundManifest } from './manifest.js';
import type { LoadModel, Model } from './registry.js';
import type { OpenSession } from './sessions.js';

/** Requests that a pulled model can answer in place of the bundled one. */
type Replaceable = { [Name in ModelName]: ModelCalls[Name]['in'] extends MaybePulled ? Name : never }[ModelName];

/** Makes a pulled model ready, from its ONNX file. */
export type LoadPulled<Name extends ModelName> = (openSession: OpenSession, path: string) => Promise<Model<Name>>;

/**
 * The bundled model, or for a request that names a folder the pulled one that lies there; each is loaded when it is
 * first asked. MODEL_MISSING when the folder's model is not there, is changed, or is for something else.
 */
export function orPulled<Name extends Replaceable>(
  task: PulledTask,
  bundled: () => Promise<LoadModel<Name>>,
  pulled: () => Promise<LoadPulled<Name>>,
): LoadModel<Name> {
  return async (openSession) => {
    const loaded = new Map<string | undefined, Promise<Model<Name>>>();
    const load = async (folder: string | undefined): Promise<Model<Name>> => {
      if (folder === undefined) return (await bundled())(openSession);
      const path = await modelFile(folder, task);
      return (await pulled())(openSession, path);
    };
    return async (input) => {
      const { folder } = input as MaybePulled;
      const model = loaded.get(folder) ?? load(folder);
      loaded.set(folder, model);
      // It may have been pulled again by the next request.
      model.catch(() => loaded.delete(folder));
      return (await model)(input);
    };
  };
}

async function modelFile(folder: string, task: PulledTask): Promise<string> {
  const { name, task: its, files } = await readSoundManifest(folder);
  const file = files.find(({ path }) => path.endsWith('.onnx'));
  if (its === task && file) return join(folder, file.path);
  throw new FabulaError('MODEL_MISSING', `The model ${name} is not one for ${task}.`, pullHint(name));
}
