import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { FabulaError } from '../../schema/errors.js';

/** Opens a model's session; a second request for the same file gets the same session. */
export type OpenSession = (path: string) => Promise<InferenceSession>;

/**
 * Sessions of one process, one a model file. Execution providers are tried in order, because onnxruntime throws when
 * one's libraries are absent instead of taking the next; a provider that fails is reported once and not tried again.
 * MODEL_MISSING without the file; MODEL_FAILED when no provider can load it.
 */
export function sessionsOn(executionProviders: readonly string[], warn: (message: string) => void): OpenSession {
  const sessions = new Map<string, Promise<InferenceSession>>();
  const unusable = new Set<string>();
  return (path) => {
    const known = sessions.get(path);
    if (known) return known;
    const opened = open(path);
    sessions.set(path, opened);
    opened.catch(() => sessions.delete(path));
    return opened;
  };

  async function open(path: string): Promise<InferenceSession> {
    const name = basename(path);
    await access(path).catch((cause) => {
      throw new FabulaError(
        'MODEL_MISSING',
        `The model file ${name} is not there.`,
        'Run `npm install` again; for pulled models, `fabula models pull`.',
        { cause },
      );
    });
    let cause: unknown;
    for (const provider of executionProviders.filter((each) => !unusable.has(each)))
      try {
        return await InferenceSession.create(path, {
          executionProviders: [provider],
          intraOpNumThreads: 1,
          interOpNumThreads: 1,
          // Pictures of many widths make the arena grow with the film; without it, memory stays flat at the same cost.
          enableCpuMemArena: false,
          logSeverityLevel: 3,
        });
      } catch (error) {
        cause = error;
        // The last provider's failure is the model's own: it must be tried again for the next model.
        if (provider !== executionProviders.at(-1)) unusable.add(provider);
        warn(`${provider} could not load ${name}: ${error instanceof Error ? error.message : error}`);
      }
    throw new FabulaError('MODEL_FAILED', `The model ${name} could not be loaded.`, undefined, { cause });
  }
}
