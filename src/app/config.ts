/** The environment, read once. Every setting is checked here, and a bad one is named. */
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { FabulaError } from '../../schema/errors.js';
import { type MediaRoots, parseMediaRoots } from '../../workers/media/roots.js';
import { uploadsRoot } from '../../workers/media/uploads/uploads.js';
import { type Device, devices } from '../../workers/models/execution-providers.js';
import type { HttpProxy } from '../../workers/models/http-get.js';
import { leastKeyLength } from '../formats/pseudonym-key.js';
import { type AccessSettings, readAccess } from './access-settings.js';
import { type HttpSettings, readHttpSettings } from './http-settings.js';
import { type MediaSettings, readMediaSettings } from './media-settings.js';
import { type MetricsSettings, readMetrics } from './metrics-settings.js';
import { readSecrets } from './secrets.js';
import { readTracing, type TracingSettings } from './telemetry/tracing-settings.js';

/** A Neo4j server, and who to be there. */
export interface Neo4jConfig {
  readonly url: string;
  readonly user: string;
  readonly password: string;
}

export interface Config {
  /** Folder of everything Fabula keeps: the graph (where it is embedded), pictures, artifacts, models. */
  readonly home: string;
  /** The server that holds the graph; absent: the embedded store. */
  readonly neo4j?: Neo4jConfig;
  readonly mediaRoots: MediaRoots;
  readonly media: MediaSettings;
  /** An endpoint that speaks the OpenAI protocol, and the model that it transcribes with. */
  readonly transcription?: { readonly url: string; readonly key?: string; readonly model: string };
  /** The endpoint, and the language model that it answers with. */
  readonly llm?: { readonly url: string; readonly key?: string; readonly model: string };
  /** Redis, over which jobs reach workers of other processes; without it this process works alone. */
  readonly redisUrl?: string;
  /** What models run on. */
  readonly device: Device;
  /** CUDA_VISIBLE_DEVICES: the GPUs to use, a child on each; empty: none. Absent: all there are. */
  readonly visibleGpus?: string;
  /** Where models are pulled from instead of their sources: `<mirror>/<model>/<file>`. */
  readonly modelsMirror?: string;
  /** For what is pulled. */
  readonly proxy?: HttpProxy;
  /** Who may use the API. */
  readonly access: AccessSettings;
  readonly http: HttpSettings;
  readonly logLevel: string;
  /** Where health and metrics are served to machines besides; absent: nowhere. */
  readonly metrics?: MetricsSettings;
  /** Names everybody alike in every export with pseudonyms; absent: each export by a key of its own. */
  readonly pseudonymKey?: string;
  /** Absent: nobody asks for traces. */
  readonly tracing?: TracingSettings;
  /** What the log strikes out, whoever writes it. */
  readonly secrets: readonly string[];
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/**
 * Says production where nobody says otherwise, which spares each request checks of the libraries: call it before they
 * are loaded. GraphiQL and introspection stay on then; only whoever sets NODE_ENV turns them off by it.
 */
export function runAsInProduction(environment: Record<string, string | undefined> = process.env): void {
  if (environment.NODE_ENV?.trim()) return;
  if (!environment.FABULA_GRAPHIQL?.trim()) environment.FABULA_GRAPHIQL = 'on';
  environment.NODE_ENV = 'production';
}

type Environment = Readonly<Record<string, string | undefined>>;
type Value = (name: string) => string | undefined;

/** What variables hold; undefined for those that hold nothing. */
const valuesOf =
  (environment: Environment): Value =>
  (name) =>
    environment[name]?.trim() || undefined;

/** Reads and checks the environment. BAD_CONFIG names the variable. */
export function readConfig(environment: Environment = process.env): Config {
  const value = valuesOf(environment);
  const logLevel = value('FABULA_LOG') ?? 'warn';
  if (!logLevels.includes(logLevel)) throw badConfig('FABULA_LOG', `must be one of ${logLevels.join(', ')}.`);
  const url = value('FABULA_LLM_URL');
  if (url !== undefined && !isHttpUrl(url)) throw badConfig('FABULA_LLM_URL', 'must be an http(s) address.');
  const key = value('FABULA_LLM_KEY');
  const llmModel = value('FABULA_LLM_MODEL');
  if (llmModel !== undefined && url === undefined)
    throw badConfig('FABULA_LLM_URL', 'is missing, but FABULA_LLM_MODEL is set.', 'Set both, or neither.');
  const redisUrl = value('REDIS_URL');
  if (redisUrl !== undefined && !(URL.canParse(redisUrl) && /^rediss?:$/.test(new URL(redisUrl).protocol)))
    throw badConfig('REDIS_URL', 'must be an address like redis://host:6379 (rediss:// with TLS).');
  const device = devices.find((each) => each === (value('FABULA_DEVICE') ?? 'auto'));
  if (!device) throw badConfig('FABULA_DEVICE', `must be one of ${devices.join(', ')}.`);
  // Empty says something else than absent.
  const visibleGpus = environment.CUDA_VISIBLE_DEVICES;
  const modelsMirror = value('FABULA_MODELS_MIRROR')?.replace(/\/+$/, '');
  if (modelsMirror !== undefined && !isHttpUrl(modelsMirror))
    throw badConfig('FABULA_MODELS_MIRROR', 'must be an http(s) address.');
  // Set for all programs, not for this one: what is wrong with it is said by what needs it.
  const proxy = value('HTTPS_PROXY') ?? value('https_proxy');
  const noProxy = value('NO_PROXY') ?? value('no_proxy') ?? '';
  const except = ['localhost', '127.0.0.1', ...noProxy.split(',').map((each) => each.trim())].filter(Boolean);
  const access = readAccess(value);
  const metrics = readMetrics(value);
  const tracing = readTracing(value);
  const pseudonymKey = value('FABULA_PSEUDONYM_KEY');
  if (pseudonymKey !== undefined && pseudonymKey.length < leastKeyLength)
    throw badConfig(
      'FABULA_PSEUDONYM_KEY',
      `must have ${leastKeyLength} signs at least.`,
      'Make one with `openssl rand -hex 32`, and keep it.',
    );
  return {
    home: resolve(value('FABULA_HOME') ?? defaultHome(value)),
    ...neo4jConfig(value),
    mediaRoots: rootsIn(value('FABULA_MEDIA_ROOTS')),
    media: readMediaSettings(value),
    ...(url && {
      transcription: { url, ...(key && { key }), model: value('FABULA_TRANSCRIPTION_MODEL') ?? 'whisper-1' },
    }),
    ...(url && llmModel && { llm: { url, ...(key && { key }), model: llmModel } }),
    ...(redisUrl !== undefined && { redisUrl }),
    device,
    ...(visibleGpus !== undefined && { visibleGpus }),
    ...(modelsMirror !== undefined && { modelsMirror }),
    ...(proxy !== undefined && { proxy: { url: proxy.includes('://') ? proxy : `http://${proxy}`, except } }),
    access,
    http: readHttpSettings(value),
    logLevel,
    ...metrics,
    ...(tracing && { tracing }),
    ...(pseudonymKey !== undefined && { pseudonymKey }),
    secrets: readSecrets(value, access),
  };
}

function rootsIn(setting = ''): MediaRoots {
  const roots = parseMediaRoots(setting);
  if (!roots.has(uploadsRoot)) return roots;
  const hint = `Give that folder another: name=${roots.get(uploadsRoot)}.`;
  throw badConfig('FABULA_MEDIA_ROOTS', `must name no root "${uploadsRoot}": uploaded films lie there.`, hint);
}

const neo4jSchemes = ['neo4j', 'neo4j+s', 'neo4j+ssc', 'bolt', 'bolt+s', 'bolt+ssc'];

function neo4jConfig(value: Value): { readonly neo4j?: Neo4jConfig } {
  const url = value('NEO4J_URL');
  if (url === undefined) {
    const alone = ['NEO4J_USER', 'NEO4J_PASSWORD'].find((name) => value(name) !== undefined);
    if (alone) throw badConfig('NEO4J_URL', `is missing, but ${alone} is set.`, 'Set both, or neither.');
    return {};
  }
  if (!isNeo4jUrl(url))
    throw badConfig('NEO4J_URL', `must be an address such as neo4j://localhost:7687 (${neo4jSchemes.join(', ')}).`);
  const { username, password } = new URL(url);
  if (username || password)
    throw badConfig('NEO4J_URL', 'must hold no user and password.', 'Set NEO4J_USER and NEO4J_PASSWORD.');
  return { neo4j: { url, ...neo4jLogin(value) } };
}

/** Who logs in to a Neo4j server whose address does not say it. */
export const neo4jLogin = (value: Value = valuesOf(process.env)): Pick<Neo4jConfig, 'user' | 'password'> => ({
  user: value('NEO4J_USER') ?? 'neo4j',
  password: value('NEO4J_PASSWORD') ?? '',
});

/** Whether this is the address of a Neo4j server. */
export const isNeo4jUrl = (text: string): boolean =>
  URL.canParse(text) && neo4jSchemes.includes(new URL(text).protocol.slice(0, -1)) && new URL(text).hostname !== '';

/** The platform's folder for application data. */
function defaultHome(value: Value): string {
  switch (process.platform) {
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'fabula');
    case 'win32':
      return join(value('LOCALAPPDATA') ?? join(homedir(), 'AppData', 'Local'), 'fabula');
    default:
      return join(value('XDG_DATA_HOME') ?? join(homedir(), '.local', 'share'), 'fabula');
  }
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol);
}

const badConfig = (name: string, what: string, hint?: string) => new FabulaError('BAD_CONFIG', `${name} ${what}`, hint);
