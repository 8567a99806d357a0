/** Reads raw pictures and their times out of a live Matroska stream (RFC 9559): just what ffmpeg's muxer writes. */
import type { Frame } from './frames.js';

const id = {
  segment: 0x18538067,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  blockGroup: 0xa0,
  block: 0xa1,
  simpleBlock: 0xa3,
} as const;

/** Track number, 16-bit time within the cluster, flags. */
const blockHeaderBytes = 4;

/**
 * Yields each picture of `frameBytes` bytes with its time plus `offsetMs`. Blocks of another size are passed over; a
 * stream that breaks off ends the iteration after its last whole picture. The pixels are valid until the next one.
 * Waits once a chunk, not once an element: small pictures come by the thousand.
 */
export async function* matroskaFrames(
  chunks: AsyncIterable<Buffer>,
  frameBytes: number,
  offsetMs: number,
): AsyncGenerator<Frame> {
  const pixels = Buffer.alloc(frameBytes);
  let unread: Buffer = Buffer.alloc(0);
  let toSkip = 0;
  /** Bytes of the picture that have come; undefined between pictures. */
  let filled: number | undefined;
  let clusterMs = 0;
  let atMs = 0;
  for await (const chunk of chunks) {
    const bytes = unread.length === 0 ? chunk : Buffer.concat([unread, chunk]);
    let at = 0;
    for (;;) {
      if (toSkip > 0) {
        const skipped = Math.min(toSkip, bytes.length - at);
        at += skipped;
        toSkip -= skipped;
        if (toSkip > 0) break;
      }
      if (filled !== undefined) {
        const copied = bytes.copy(pixels, filled, at);
        at += copied;
        filled += copied;
        if (filled < frameBytes) break;
        filled = undefined;
        yield { atMs, pixels };
      }
      const element = readElement(bytes, at);
      if (!element) break;
      const { name, size, bodyAt } = element;
      if (name === id.segment || name === id.cluster || name === id.blockGroup) {
        at = bodyAt;
      } else if (name === id.timestamp) {
        if (bytes.length < bodyAt + size) break;
        clusterMs = bytes.readUIntBE(bodyAt, size);
        at = bodyAt + size;
      } else if ((name === id.simpleBlock || name === id.block) && size === frameBytes + blockHeaderBytes) {
        if (bytes.length < bodyAt + blockHeaderBytes) break;
        atMs = offsetMs + clusterMs + bytes.readInt16BE(bodyAt + 1);
        at = bodyAt + blockHeaderBytes;
        filled = 0;
      } else {
        at = bodyAt;
        toSkip = size;
      }
    }
    unread = bytes.subarray(at);
  }
}

/** Name and size of the element that starts here; undefined while its head has not come whole. */
function readElement(bytes: Buffer, at: number): { name: number; size: number; bodyAt: number } | undefined {
  const nameLength = vintLength(bytes[at]);
  const sizeAt = at + nameLength;
  const sizeLength = vintLength(bytes[sizeAt]);
  const bodyAt = sizeAt + sizeLength;
  if (bodyAt > bytes.length) return undefined;
  let size = (bytes[sizeAt] ?? 0) & (0xff >> sizeLength);
  for (let index = sizeAt + 1; index < bodyAt; index++) size = size * 256 + (bytes[index] ?? 0);
  return { name: bytes.readUIntBE(at, nameLength), size, bodyAt };
}

/** Bytes of a variable-length integer, told by its first; beyond any buffer while that byte has not come. */
const vintLength = (first: number | undefined): number =>
  first === undefined ? Number.POSITIVE_INFINITY : Math.clz32(first) - 23;
