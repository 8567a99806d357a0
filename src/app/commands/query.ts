import { text } from 'node:stream/consumers';
import { FabulaError } from '../../../schema/errors.js';
import { openLocalCarrier } from '../../../workers/queue/local.js';
import { readConfig } from '../config.js';
import { openGraphql } from '../graphql.js';
import { openLog } from '../log.js';
import { openWorkshop } from '../open.js';
import { servicesOver } from '../services.js';

/**
 * Runs one GraphQL request in this process and prints the response as JSON; status 1 when it holds errors.
 * A job that it asks for waits for `fabula serve`.
 */
export async function query(source: string, { variables }: { readonly variables?: string }): Promise<void> {
  const config = readConfig();
  const log = openLog(config);
  const request = {
    query: source === '-' ? await text(process.stdin) : source,
    variables: readVariables(variables),
  };
  const workshop = await openWorkshop(config, log);
  try {
    const api = await openGraphql(servicesOver(workshop, config, openLocalCarrier()), log);
    const response = await api.execute(request);
    process.stdout.write(`${JSON.stringify(response, null, 2)}\n`);
    if (response.errors?.length) process.exitCode = 1;
    await api.close();
  } finally {
    await workshop.close();
  }
}

function readVariables(json: string | undefined): Record<string, unknown> {
  if (json === undefined) return {};
  try {
    const value: unknown = JSON.parse(json);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  } catch {
    // Falls through to the one answer for whatever is no JSON object.
  }
  throw new FabulaError('BAD_USAGE', '--variables must be a JSON object.', `E.g. --variables '{"first": 10}'.`);
}
