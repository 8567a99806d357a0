import { access } from 'node:fs/promises';
import { basename } from 'node:path';
import { InferenceSession } from 'onnxruntime-node';
import { FabulaError } from '../../schema/errors.js';
import { type ExecutionProvider, type ProviderFailure, reasonOf } from './execution-providers.js';

/** A loaded model, wherever it runs. */
export type Session = Pick<InferenceSession, 'inputNames' | 'outputNames' | 'inputMetadata'> & {
  run(feeds: InferenceSession.FeedsType): Promise<InferenceSession.ReturnType>;
};

/**
 * Opens a model's session; a second request for the same file gets the same session. A model that is quicker on the
 * CPU than the way to a GPU and back says so.
 */
export type OpenSession = (path: string, options?: { readonly onCpu?: boolean }) => Promise<Session>;

type CreateSession = (path: string, provider: ExecutionProvider) => Promise<InferenceSession>;

/**
 * The one place that makes sessions, for one process. Execution providers are tried in order, because onnxruntime
 * throws when one's libraries are absent instead of taking the next; one that fails where a later one does not is
 * noted and not tried again. A model that fails to run on a GPU (its memory may be full) is run on the CPU from then
 * on. MODEL_MISSING without the file; MODEL_FAILED when no provider can load it.
 */
export function sessionsOn(
  providers: readonly ExecutionProvider[],
  note: (failure: ProviderFailure) => void,
  create: CreateSession = createSession,
): OpenSession {
  const usable = new Set(providers);
  const sessions = new Map<string, Promise<Session>>();
  return (path, { onCpu = false } = {}) => {
    const known = sessions.get(path);
    if (known) return known;
    const opened = open(path, onCpu ? ['cpu'] : [...usable]);
    sessions.set(path, opened);
    opened.catch(() => sessions.delete(path));
    return opened;
  };

  async function open(path: string, candidates: readonly ExecutionProvider[]): Promise<Session> {
    const model = basename(path);
    await access(path).catch((cause) => {
      throw new FabulaError(
        'MODEL_MISSING',
        `The model file ${model} is not there.`,
        'Run `npm install` again; for pulled models, `fabula models pull`.',
        { cause },
      );
    });
    const failures: ProviderFailure[] = [];
    let cause: unknown;
    for (const provider of candidates)
      try {
        const session = await create(path, provider);
        // Only now is it certain that the fault was theirs, and not the model's.
        for (const failure of failures) if (usable.delete(failure.provider)) note(failure);
        return provider === 'cpu' ? session : withSpare(path, provider, session);
      } catch (error) {
        cause = error;
        failures.push({ provider, at: 'start', model, reason: reasonOf(error) });
      }
    const message = `The model ${model} could not be loaded: ${reasonOf(cause)}`;
    throw new FabulaError('MODEL_FAILED', message, undefined, { cause });
  }

  /** A session on a GPU that makes way for one on the CPU when it fails and the CPU does not. */
  function withSpare(path: string, provider: ExecutionProvider, onGpu: InferenceSession): Session {
    let spare: InferenceSession | undefined;
    const { inputNames, outputNames, inputMetadata } = onGpu;
    return {
      ...{ inputNames, outputNames, inputMetadata },
      async run(feeds) {
        if (spare) return spare.run(feeds);
        try {
          return await onGpu.run(feeds);
        } catch (error) {
          const onCpu = await create(path, 'cpu');
          // Where the CPU fails too, the fault is the input's, and the GPU keeps the model.
          const outputs = await onCpu.run(feeds).catch(async () => {
            await onCpu.release();
            throw error;
          });
          note({ provider, at: 'run', model: basename(path), reason: reasonOf(error) });
          await onGpu.release();
          spare = onCpu;
          return outputs;
        }
      },
    };
  }
}

const createSession: CreateSession = (path, provider) =>
  InferenceSession.create(path, {
    executionProviders: [provider],
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    // Pictures of many widths make the arena grow with the film; without it, memory stays flat at the same cost.
    enableCpuMemArena: false,
    logSeverityLevel: 3,
  });
