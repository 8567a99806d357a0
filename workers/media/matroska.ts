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
 */
export async function* matroskaFrames(
  chunks: AsyncIterable<Buffer>,
  frameBytes: number,
  offsetMs: number,
): AsyncGenerator<Frame> {
  const bytes = new ByteQueue(chunks);
  const pixels = Buffer.alloc(frameBytes);
  let clusterMs = 0;
  try {
    for (let element = await nextElement(bytes); element; element = await nextElement(bytes)) {
      const { name, size } = element;
      if (name === id.segment || name === id.cluster || name === id.blockGroup) continue;
      if (name === id.timestamp) {
        if (!(await bytes.has(size))) return;
        clusterMs = bytes.take(size).readUIntBE(0, size);
      } else if ((name === id.simpleBlock || name === id.block) && size === frameBytes + blockHeaderBytes) {
        if (!(await bytes.has(blockHeaderBytes))) return;
        const atMs = offsetMs + clusterMs + bytes.take(blockHeaderBytes).readInt16BE(1);
        if (!(await bytes.fill(pixels))) return;
        yield { atMs, pixels };
      } else if (!(await bytes.skip(size))) return;
    }
  } finally {
    await bytes.close();
  }
}

async function nextElement(bytes: ByteQueue): Promise<{ name: number; size: number } | undefined> {
  if (!(await bytes.has(1))) return undefined;
  const nameLength = Math.clz32(bytes.peek()) - 23;
  if (!(await bytes.has(nameLength + 1))) return undefined;
  const name = bytes.take(nameLength).readUIntBE(0, nameLength);
  const first = bytes.peek();
  const sizeLength = Math.clz32(first) - 23;
  if (!(await bytes.has(sizeLength))) return undefined;
  const raw = bytes.take(sizeLength);
  let size = first & (0xff >> sizeLength);
  for (let index = 1; index < sizeLength; index++) size = size * 256 + (raw[index] ?? 0);
  return { name, size };
}

/** Bytes that arrive in chunks and leave in other sizes, copied at most once. */
class ByteQueue {
  readonly #source: AsyncIterator<Buffer>;
  #head: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#source = chunks[Symbol.asyncIterator]();
  }

  /** Waits until `count` bytes (a few) lie at hand; false when the stream ends first. */
  async has(count: number): Promise<boolean> {
    while (this.#head.length < count) {
      const next = await this.#source.next();
      if (next.done) return false;
      this.#head = this.#head.length === 0 ? next.value : Buffer.concat([this.#head, next.value]);
    }
    return true;
  }

  peek(): number {
    return this.#head[0] ?? 0;
  }

  take(count: number): Buffer {
    const taken = this.#head.subarray(0, count);
    this.#head = this.#head.subarray(count);
    return taken;
  }

  async fill(target: Buffer): Promise<boolean> {
    for (let filled = 0; filled < target.length; ) {
      if (!(await this.has(1))) return false;
      filled += this.take(
        this.#head.copy(target, filled, 0, Math.min(this.#head.length, target.length - filled)),
      ).length;
    }
    return true;
  }

  async skip(count: number): Promise<boolean> {
    for (let left = count; left > 0; ) {
      if (!(await this.has(1))) return false;
      left -= this.take(Math.min(this.#head.length, left)).length;
    }
    return true;
  }

  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
