/** The secrets among the settings, so that the log can strike them out. */
import type { AccessSettings } from './access-settings.js';

type Value = (name: string) => string | undefined;

/** Every secret that the environment holds, as it may turn up in an error or an address. */
export function readSecrets(value: Value, access: AccessSettings): readonly string[] {
  const plain = ['NEO4J_PASSWORD', 'FABULA_LLM_KEY', 'FABULA_SIGNING_KEY', 'FABULA_PSEUDONYM_KEY'].map(value);
  const addresses = ['REDIS_URL', 'HTTPS_PROXY', 'https_proxy'].map((name) => passwordIn(value(name)));
  const headers = ['OTEL_EXPORTER_OTLP_HEADERS', 'OTEL_EXPORTER_OTLP_TRACES_HEADERS'].flatMap((name) =>
    headerValuesIn(value(name)),
  );
  const tokens = access.by === 'token' ? [...access.tokens.keys()] : [];
  return [...plain, ...addresses, ...headers, ...tokens].filter((each) => each !== undefined);
}

function passwordIn(address: string | undefined): string | undefined {
  if (address === undefined || !URL.canParse(address)) return undefined;
  const { password } = new URL(address);
  try {
    return decodeURIComponent(password) || undefined;
  } catch {
    return password;
  }
}

/** Values of `name=value,name=value`. */
const headerValuesIn = (setting = ''): readonly string[] =>
  setting.split(',').map((pair) => pair.slice(pair.indexOf('=') + 1).trim());
