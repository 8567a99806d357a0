import type { Store } from '../../../graph/store.js';
import { readConfig } from '../config.js';
import { surveyInstallation } from '../installation.js';
import { openStore } from '../open.js';

/** Says what is here, what is missing and how to get it; status 1 when something needed is missing. */
export async function doctor({ json }: { readonly json?: boolean }): Promise<void> {
  const config = readConfig();
  const opened: Store[] = [];
  const installation = surveyInstallation(config, async () => {
    const store = await openStore(config);
    opened.push(store);
    return store;
  });
  const health = await installation.health();
  const models = await installation.models();
  for (const store of opened) await store.close();
  if (json) process.stdout.write(`${JSON.stringify({ ...health, models })}\n`);
  else {
    for (const { ok, name, detail, remedy } of health.checks) print(ok ? 'ok' : 'MISSING', name, detail, remedy);
    for (const { present, tier, name, purpose, remedy } of models)
      print(present ? 'ok' : tier === 'BUNDLED' ? 'MISSING' : 'optional', name, purpose, remedy);
  }
  if (!health.ok || models.some((model) => model.tier === 'BUNDLED' && !model.present)) process.exitCode = 1;
}

function print(state: string, name: string, detail: string, remedy?: string): void {
  process.stdout.write(
    `${state.padEnd(8)}  ${name.padEnd(22)}  ${detail.replace(/\.$/, '')}${remedy ? `. ${remedy}` : ''}\n`,
  );
}
