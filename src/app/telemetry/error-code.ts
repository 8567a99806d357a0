import { type ErrorCode, foreseenError } from '../../../schema/errors.js';

/** The code that metrics and traces know an error by; INTERNAL for one that nobody foresaw. */
export const codeOf = (error: unknown): ErrorCode => foreseenError(error ?? {})?.code ?? 'INTERNAL';
