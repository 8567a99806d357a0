/**
 * A pulled Whisper (MIT, github.com/openai/whisper) in ONNX, run by @huggingface/transformers. That package is large
 * and optional: it is imported when a Whisper is asked for, from beside Fabula or from the folder of pulled models.
 */
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { FabulaError } from '../../schema/errors.js';
import type { ModelCalls } from './host.js';
import { readSoundManifest } from './manifest.js';
import type { LoadModel } from './registry.js';

const packageName = '@huggingface/transformers';

/** What is used of the package. */
interface Transformers {
  readonly env: { allowRemoteModels: boolean; localModelPath: string };
  pipeline(task: 'automatic-speech-recognition', model: string, options: object): Promise<Transcriber>;
}

interface Transcriber {
  (samples: Float32Array, options: object): Promise<unknown>;
  readonly processor: (samples: Float32Array) => Promise<{ readonly input_features: unknown }>;
  readonly model: {
    readonly generation_config: {
      readonly is_multilingual?: boolean;
      readonly decoder_start_token_id?: number;
      readonly lang_to_id?: Readonly<Record<string, number>>;
    };
    generate(options: object): Promise<{ tolist(): (number | bigint)[][] }>;
  };
}

const heardSchema = z.object({
  chunks: z.array(z.object({ timestamp: z.tuple([z.number(), z.number().nullable()]), text: z.string() })),
});

export const loadWhisper: LoadModel<'whisper.transcribe'> = async () => {
  const transcribers = new Map<string, Transcriber>();
  return async ({ samples, folder, language }) => {
    const transcriber = transcribers.get(folder) ?? (await openTranscriber(folder));
    transcribers.set(folder, transcriber);
    return transcribe(transcriber, samples, language);
  };
};

async function openTranscriber(folder: string): Promise<Transcriber> {
  await readSoundManifest(folder);
  const { env, pipeline } = await importTransformers(folder);
  env.allowRemoteModels = false;
  env.localModelPath = dirname(folder);
  const sessionOptions = { intraOpNumThreads: 1, interOpNumThreads: 1, logSeverityLevel: 3 };
  return pipeline('automatic-speech-recognition', basename(folder), {
    dtype: 'q8',
    // A GPU has no kernels for its 8-bit operators (CUDA) or wrong ones (WebGPU: transformers.js issue 1317).
    device: 'cpu',
    session_options: sessionOptions,
  });
}

async function importTransformers(folder: string): Promise<Transformers> {
  try {
    return (await import(packageName)) as Transformers;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_MODULE_NOT_FOUND') throw error;
  }
  try {
    const beside = createRequire(join(folder, 'manifest.json')).resolve(packageName);
    return (await import(pathToFileURL(beside).href)) as Transformers;
  } catch (cause) {
    throw new FabulaError(
      'MODEL_MISSING',
      `Whisper needs the package ${packageName}.`,
      `Run \`npm install --prefix "$FABULA_HOME/models" ${packageName}@4\`.`,
      { cause },
    );
  }
}

async function transcribe(
  transcriber: Transcriber,
  samples: Float32Array,
  given: string | undefined,
): Promise<ModelCalls['whisper.transcribe']['out']> {
  const { is_multilingual: multilingual = false, lang_to_id: languages = {} } = transcriber.model.generation_config;
  const known = given !== undefined && `<|${given}|>` in languages ? given : undefined;
  const language = multilingual ? (known ?? (await detectLanguage(transcriber, samples))) : 'en';
  const options = { return_timestamps: true, ...(multilingual && { language, task: 'transcribe' }) };
  const { chunks } = heardSchema.parse(await transcriber(samples, options));
  const lengthMs = Math.round(samples.length / 16);
  const segments = chunks.map(({ timestamp: [start, end], text }) => ({
    startMs: Math.max(0, Math.round(start * 1000)),
    // The last one is open where the recording breaks off in it.
    endMs: Math.min(lengthMs, end === null ? lengthMs : Math.round(end * 1000)),
    text: text.trim(),
  }));
  return {
    ...(language && { language }),
    segments: segments.filter(({ startMs, endMs, text }) => text && endMs > startMs),
  };
}

/** After its start token Whisper first says which language it hears; the package itself would take all for English. */
async function detectLanguage({ processor, model }: Transcriber, samples: Float32Array): Promise<string | undefined> {
  const { decoder_start_token_id: start, lang_to_id: languages = {} } = model.generation_config;
  const { input_features: inputs } = await processor(samples);
  const answer = await model.generate({ inputs, decoder_input_ids: [start], max_new_tokens: 1 });
  const said = Number(answer.tolist()[0]?.[1]);
  const token = Object.entries(languages).find(([, id]) => id === said)?.[0];
  return token === undefined ? undefined : /^<\|(.+)\|>$/.exec(token)?.[1];
}
