import type { ExecutionProvider, ProviderFailure } from './execution-providers.js';

/** What this process has learnt about its execution providers, over all its children. */
export interface ProviderMemory {
  /** Those that have not failed, in the order in which they are tried. */
  usable(): readonly ExecutionProvider[];
  /** Remembers a failure and says it, once however many children meet it. */
  note(failure: ProviderFailure): void;
}

export function rememberProviders(
  order: readonly ExecutionProvider[],
  log: { info?(fields: object, message: string): void; warn(fields: object, message: string): void },
): ProviderMemory {
  const unusable = new Set<ExecutionProvider>();
  const said = new Set<string>();
  return {
    usable: () => order.filter((each) => !unusable.has(each)),
    note({ provider, at, model, reason }) {
      if (at === 'start') unusable.add(provider);
      const about = at === 'start' ? provider : `${provider} ${model}`;
      if (said.has(about)) return;
      said.add(about);
      // A machine without a GPU is nothing to warn of; a GPU that gives up is.
      if (at === 'start') log.info?.({ provider, model, reason }, `${provider} cannot be used: ${reason}`);
      else log.warn({ provider, model, reason }, `${model} failed on ${provider} and runs on the CPU from now on.`);
    },
  };
}
