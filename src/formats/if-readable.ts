import { FabulaError } from '../../schema/errors.js';

/** What a reading gives, or nothing where it says that there is no reading it. */
export function ifReadable<Value>(read: () => Value): Value | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof FabulaError) return undefined;
    throw error;
  }
}
