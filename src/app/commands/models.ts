import { listModels as allModels, type ListedModel } from '../../../workers/models/catalogue.js';
import { readConfig } from '../config.js';

/** Prints every model that Fabula can use, and whether it is here. */
export async function listModels({ json }: { readonly json?: boolean }): Promise<void> {
  for (const model of await allModels(readConfig()))
    process.stdout.write(json ? `${JSON.stringify(model)}\n` : lineOf(model));
}

function lineOf({ name, tier, present, purpose, licence, remedy }: ListedModel): string {
  const state = present ? 'here' : 'absent';
  const help = remedy ? `. ${remedy}` : '';
  return `${name.padEnd(22)}  ${tier.toLowerCase().padEnd(7)}  ${state.padEnd(6)}  ${(licence ?? '').padEnd(10)}  ${purpose}${help}\n`;
}
