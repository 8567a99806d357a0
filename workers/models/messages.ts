/** What the host and its child say to each other over IPC (structured clone, so typed arrays travel as they are). */
import type { ErrorCode } from '../../schema/errors.js';
import type { ProviderFailure } from './execution-providers.js';
import type { ModelName } from './host.js';

export interface Request {
  readonly id: number;
  readonly name: ModelName;
  readonly input: unknown;
}

export interface Failure {
  readonly code: ErrorCode;
  readonly message: string;
  readonly hint?: string;
}

export type Answer = { readonly id: number; readonly rssBytes: number } & (
  | { readonly output: unknown }
  | { readonly failure: Failure }
);

export type FromChild = Answer | { readonly providerFailure: ProviderFailure };
