/** What this machine has, looked at when asked: for `fabula doctor`, `health` and `models`. */
import { statfs } from 'node:fs/promises';
import type { Store } from '../../graph/store.js';
import type { Health, HealthCheck, Installation } from '../../resolvers/installation.js';
import { foreseenError } from '../../schema/errors.js';
import { isMemoryBounded } from '../../workers/media/ffmpeg-safety.js';
import { toolVersion } from '../../workers/media/tools.js';
import { listModels } from '../../workers/models/catalogue.js';
import { openModelHost } from '../../workers/models/child-host.js';
import { type ProviderSurvey, providersFor } from '../../workers/models/execution-providers.js';
import type { Config } from './config.js';
import { foldersOf, storeName } from './open.js';
import { version } from './version.js';

/** Free space under which an analysis may run out, in bytes. */
const enoughSpace = 500e6;

/** Looks at ffmpeg, the store, the disk and the models. `open` gives the store, or throws why there is none. */
export function surveyInstallation(config: Config, open: () => Promise<Store>): Installation {
  let inference: Promise<HealthCheck> | undefined;
  return {
    async health(): Promise<Health> {
      // Asked of a child process once: it takes a second, and what a machine has does not change under it.
      inference ??= inferenceCheck(config);
      const checks = [
        ...[node(), await tool('ffmpeg'), await tool('ffprobe')],
        ...[await storeCheck(storeName(config), open), ...(await queueChecks(config))],
        ...[await disk(config), await inference],
      ];
      return { ok: checks.every((check) => check.ok), version, checks };
    },
    models: () => listModels({ ...config, modelsFolder: foldersOf(config.home).models }),
  };
}

const node = (): HealthCheck => ({ name: 'node', ok: true, detail: process.version });

async function tool(name: 'ffmpeg' | 'ffprobe'): Promise<HealthCheck> {
  const found = await toolVersion(name);
  const unbounded = isMemoryBounded ? '' : '; its memory is not bounded, since there is no prlimit';
  return found
    ? { name, ok: true, detail: `${found}${unbounded}` }
    : { name, ok: false, detail: 'not installed', remedy: 'Install ffmpeg, e.g. `sudo apt-get install ffmpeg`.' };
}

async function storeCheck(detail: string, open: () => Promise<Store>): Promise<HealthCheck> {
  try {
    await (await open()).ping();
    return { name: 'store', ok: true, detail };
  } catch (error) {
    const known = foreseenError(error);
    if (!known) throw error;
    return { name: 'store', ok: false, detail: `${detail}: ${known.code}: ${known.message}`, remedy: known.hint };
  }
}

/** Whether Redis answers, where there is to be one. */
async function queueChecks({ redisUrl }: Config): Promise<HealthCheck[]> {
  if (redisUrl === undefined) return [];
  try {
    // The client takes a moment to load.
    await (await import('../../workers/queue/redis.js')).checkRedis(redisUrl);
    return [{ name: 'queue', ok: true, detail: `Redis at ${new URL(redisUrl).host}` }];
  } catch (error) {
    const known = foreseenError(error);
    if (!known) throw error;
    return [{ name: 'queue', ok: false, detail: `${known.code}: ${known.message}`, remedy: known.hint }];
  }
}

async function disk({ home }: Config): Promise<HealthCheck> {
  const { bavail, bsize } = await statfs(home).catch(() => ({ bavail: 0, bsize: 0 }));
  const free = bavail * bsize;
  const ok = free >= enoughSpace;
  return { name: 'disk', ok, detail: `${(free / 1e9).toFixed(1)} GB free`, ...(!ok && { remedy: 'Free some space.' }) };
}

/** Which execution provider models will run on, and why not one that would be tried before it. */
async function inferenceCheck({ device }: Config): Promise<HealthCheck> {
  const name = 'inference';
  const host = openModelHost({ log: { warn: () => {} } });
  try {
    const survey = await host.call('providers.survey', null);
    const surveyed = (provider: string) => survey.find((each) => each.provider === provider);
    const tried = providersFor(device).flatMap((provider) => surveyed(provider) ?? []);
    const taken = tried.find(({ works }) => works);
    const detail = [taken?.provider ?? 'nothing', ...tried.slice(0, taken && tried.indexOf(taken)).map(whyNot)];
    const others = survey.filter((each) => !tried.includes(each) && each.works).map(({ provider }) => provider);
    const rest = others.length > 0 ? [`FABULA_DEVICE=${device} leaves out ${others.join(' and ')}`] : [];
    return { name, ok: taken !== undefined, detail: [...detail, ...rest].join('; ') };
  } catch (error) {
    const known = foreseenError(error);
    if (!known) throw error;
    return { name, ok: false, detail: `${known.code}: ${known.message}`, remedy: known.hint };
  } finally {
    await host.close();
  }
}

const whyNot = ({ provider, reason }: ProviderSurvey) => `not ${provider}: ${reason}`;
