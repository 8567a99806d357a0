/** Pulled models: each lies in a folder of its own, with a manifest.json that says what it is and what belongs to it. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';

const manifestSchema = z.object({
  /** Also the folder's name. */
  name: z.string().regex(/^[\w.-]+$/),
  task: z.enum(['TRANSCRIBE']),
  /** SPDX identifier. */
  licence: z.string(),
  files: z
    .array(
      z.object({
        /** Inside the folder. */
        path: z.string().regex(/^(?!.*\.\.)[\w.-]+(?:\/[\w.-]+)*$/),
        url: z.url(),
        sha256: z.string().regex(/^[\da-f]{64}$/),
        bytes: z.number().int().positive(),
      }),
    )
    .min(1),
});

export type ModelManifest = z.infer<typeof manifestSchema>;
export type PulledTask = ModelManifest['task'];

const pullAgain = 'Pull the model again, or remove its folder.';

/** The manifest of a model's folder. MODEL_MISSING when there is none, it is unreadable, or a file is not whole. */
export async function readManifest(folder: string): Promise<ModelManifest> {
  const text = await readFile(join(folder, 'manifest.json'), 'utf8').catch((cause) => {
    throw new FabulaError('MODEL_MISSING', 'The pulled model has no manifest.', pullAgain, { cause });
  });
  const manifest = manifestSchema.safeParse(parseJson(text));
  if (!manifest.success)
    throw new FabulaError('MODEL_MISSING', 'The pulled model’s manifest cannot be read.', pullAgain, {
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

/** Name of the first whole model for a task, in order of name; undefined when there is none. */
export async function findPulledModel(modelsFolder: string, task: PulledTask): Promise<string | undefined> {
  const names = await readdir(modelsFolder).catch(() => []);
  for (const name of names.sort()) {
    const manifest = await readManifest(join(modelsFolder, name)).catch(() => undefined);
    if (manifest?.task === task && manifest.name === name) return name;
  }
  return undefined;
}

/** Files of a model whose content is not what its manifest says; reads them all. */
export async function damagedFiles(folder: string): Promise<string[]> {
  const { files } = await readManifest(folder);
  const damaged: string[] = [];
  for (const { path, sha256 } of files) {
    const hash = createHash('sha256');
    await pipeline(createReadStream(join(folder, path)), hash);
    if (hash.digest('hex') !== sha256) damaged.push(path);
  }
  return damaged;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
