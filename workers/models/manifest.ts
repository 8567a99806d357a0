/** Pulled models: each lies in a folder of its own, with a manifest.json that says what it is and what belongs to it. */
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import { hashFileIfThere } from '../file-hash.js';

/** What a pulled model can do: each stands behind one port (`host.ts`). */
export const pulledTasks = ['TRANSCRIBE', 'FIND_FACES', 'EMBED_FACE', 'FIND_OBJECTS'] as const;
export type PulledTask = (typeof pulledTasks)[number];

const fileSchema = z.object({
  /** Inside the folder. */
  path: z.string().regex(/^(?!.*\.\.)[\w.-]+(?:\/[\w.-]+)*$/),
  url: z.url({ protocol: /^https?$/ }),
  /** Where else the same bytes lie. */
  mirrors: z.array(z.url({ protocol: /^https?$/ })).optional(),
  sha256: z.string().regex(/^[\da-f]{64}$/),
  bytes: z.number().int().positive(),
});

export const manifestSchema = z.object({
  /** Also the folder's name. */
  name: z.string().regex(/^\w[\w.-]*$/),
  task: z.enum(pulledTasks),
  purpose: z.string(),
  /** SPDX identifier of the weights' licence. */
  licence: z.string(),
  /** Page that tells where the model comes from. */
  source: z.url(),
  files: z.array(fileSchema).min(1),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type ModelFile = z.infer<typeof fileSchema>;

/** The manifest of a model's folder. MODEL_MISSING when there is none, it is unreadable, or a file is not whole. */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const pullAgain = pullHint(basename(folder));
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((cause) => {
    throw new FabulaError('MODEL_MISSING', `The model ${basename(folder)} is not here.`, pullAgain, { cause });
  });
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success)
    throw new FabulaError('MODEL_MISSING', `The manifest of ${basename(folder)} cannot be read.`, pullAgain, {
      cause: manifest.error,
    });
  const { name, files } = manifest.data;
  for (const { path, bytes } of files) {
    const found = await stat(join(folder, path)).catch(() => undefined);
    if (found?.size !== bytes)
      throw new FabulaError('MODEL_MISSING', `The model ${name} lacks ${path}, or has a part of it.`, pullAgain);
  }
  return manifest.data;
}

/** The manifest of a model that is about to be loaded: MODEL_MISSING also when a file's content is not the right one. */
export async function readSoundManifest(folder: string): Promise<ModelManifest> {
  const manifest = await readManifest(folder);
  const [damaged] = await damagedFiles(folder, manifest);
  if (damaged === undefined) return manifest;
  const { name } = manifest;
  throw new FabulaError('MODEL_MISSING', `The model ${name} is damaged: ${damaged} is changed.`, pullHint(name));
}

/** Files of a model whose content is not what its manifest says; reads them all. */
export async function damagedFiles(folder: string, manifest?: ModelManifest): Promise<string[]> {
  const { files } = manifest ?? (await readManifest(folder));
  const damaged: string[] = [];
  for (const file of files)
    if ((await hashFileIfThere(join(folder, file.path))) !== file.sha256) damaged.push(file.path);
  return damaged;
}

export const pullHint = (name: string) => `Run \`fabula models pull ${name}\`.`;

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
