/**
 * How a read is ended while it runs. A thread that is inside SQLite hears no message, and not even being terminated; but
 * SQLite calls functions of ours, and these can look into shared memory and throw.
 */

/** Part of a WHERE clause over `n`: every so often (by its row's number, so that it costs nothing) asks whether to go on. */
export const whileWanted = '(n.row & 511 OR still_wanted())';

const slotCount = 1024;

/** Calls that nobody waits for any more, seen by both threads; each call has a slot, which many share in turn. */
export function callSlots(memory = new SharedArrayBuffer(slotCount * Int32Array.BYTES_PER_ELEMENT)) {
  const slots = new Int32Array(memory);
  return {
    memory,
    stop: (call: number): void => void Atomics.store(slots, call % slotCount, call),
    isStopped: (call: number): boolean => Atomics.load(slots, call % slotCount) === call,
  };
}
