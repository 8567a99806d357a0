/** Keys of pseudonyms: HMAC-SHA256, so that nobody gets from a pseudonym to a name without the key. */
import { createHmac, randomBytes } from 'node:crypto';
import { FabulaError } from '../../schema/errors.js';
import type { KeyedDraw } from '../narrative/pseudonyms/keyed-draw.js';

/** A key that a person chose must be longer than what can be tried out. */
export const leastKeyLength = 16;

/** What draws by this key; without one, by a key that is forgotten with the export. INVALID_INPUT for a short one. */
export function drawBy(key: string | undefined): KeyedDraw {
  if (key !== undefined && key.length < leastKeyLength)
    throw new FabulaError(
      'INVALID_INPUT',
      `The key of pseudonyms must have ${leastKeyLength} signs at least.`,
      'Make one with `openssl rand -hex 32`, and keep it: the same key gives the same names in every episode.',
    );
  const secret = key === undefined ? randomBytes(32) : Buffer.from(key);
  return (words) => createHmac('sha256', secret).update(words).digest();
}
