/**
 * The process that models run in: `session.run` blocks its event loop, so it must not be the program's own. Started by
 * `model-child.ts` with the execution providers as arguments; requests come one at a time.
 */
import { FabulaError } from '../../schema/errors.js';
import { installModels } from './catalogue.js';
import type { ExecutionProvider } from './execution-providers.js';
import type { ModelCalls, ModelName } from './host.js';
import type { Failure, FromChild, Request } from './messages.js';
import { type Model, models } from './registry.js';
import type { OpenSession } from './sessions.js';

const loaded: { [Name in ModelName]?: Promise<Model<Name>> } = {};

process.on('message', async ({ id, name, input }: Request) => {
  try {
    send({ id, output: await run(name, input), rssBytes: process.memoryUsage.rss() });
  } catch (error) {
    send({ id, failure: failureOf(name, error), rssBytes: process.memoryUsage.rss() });
  }
});
// The parent is gone, however it went.
process.on('disconnect', () => process.exit());

async function run<Name extends ModelName>(name: Name, input: unknown): Promise<ModelCalls[Name]['out']> {
  loaded[name] ??= load(name) as (typeof loaded)[Name];
  const model = (await loaded[name]) as Model<Name>;
  return model(input as ModelCalls[Name]['in']);
}

async function load<Name extends ModelName>(name: Name): Promise<Model<Name>> {
  try {
    const loader = await models[name]();
    return await loader(openSession);
  } catch (error) {
    // Weights may have been pulled by the next request.
    delete loaded[name];
    throw isNotInstalled(error) ? notInstalled(error) : error;
  }
}

/** Loads onnxruntime with the first model that needs it: not all do, and it may not be installed. */
const openSession: OpenSession = async (path, options) => {
  const { sessionsOn } = await import('./sessions.js');
  const providers = process.argv.slice(2) as ExecutionProvider[];
  sessions ??= sessionsOn(providers, (providerFailure) => send({ providerFailure }));
  return sessions(path, options);
};
let sessions: OpenSession | undefined;

const isNotInstalled = (error: unknown) =>
  error instanceof Error && 'code' in error && /^(ERR_)?MODULE_NOT_FOUND$/.test(String(error.code));

const notInstalled = (cause: unknown) =>
  new FabulaError('MODEL_MISSING', 'The packages that models run on are not installed.', `Run ${installModels}.`, {
    cause,
  });

function failureOf(name: string, error: unknown): Failure {
  if (error instanceof FabulaError) return { code: error.code, message: error.message, hint: error.hint };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: 'MODEL_FAILED', message: `${name} failed: ${reason}` };
}

function send(message: FromChild): void {
  process.send?.(message);
}
