import assert from 'node:assert/strict';
import fc from 'fast-check';
import { matroskaFrames } from '../../workers/media/matroska.js';

const element = (name: readonly number[], body: Buffer) =>
  Buffer.concat([Buffer.from(name), Buffer.from([0x40 | (body.length >> 8), body.length & 0xff]), body]);
/** Of unknown size, as a live stream has them. */
const open = (name: readonly number[]) => Buffer.from([...name, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
const timestamp = (ms: number) => element([0xe7], Buffer.from([ms >> 8, ms & 0xff]));
const simpleBlock = (ms: number, pixels: Buffer) =>
  element([0xa3], Buffer.concat([Buffer.from([0x81, ms >> 8, ms & 0xff, 0x80]), pixels]));

const pixelsOf = (value: number) => Buffer.alloc(300, value);
const stream = Buffer.concat([
  element([0x1a, 0x45, 0xdf, 0xa3], Buffer.from('head of a file')),
  open([0x18, 0x53, 0x80, 0x67]),
  open([0x1f, 0x43, 0xb6, 0x75]),
  timestamp(1000),
  simpleBlock(0, pixelsOf(1)),
  simpleBlock(40, pixelsOf(2)),
  element([0xa3], Buffer.from('another track')),
  open([0x1f, 0x43, 0xb6, 0x75]),
  timestamp(5000),
  simpleBlock(7, pixelsOf(3)),
]);

async function read(chunks: readonly Buffer[]): Promise<[number, number][]> {
  async function* source() {
    yield* chunks;
  }
  const frames: [number, number][] = [];
  for await (const { atMs, pixels } of matroskaFrames(source(), 300, 10)) {
    assert.ok(pixels.every((value) => value === pixels[0]));
    frames.push([atMs, pixels[0] ?? -1]);
  }
  return frames;
}

describe('raw pictures in Matroska', () => {
  it('come with their times, however the stream is cut into chunks', () =>
    fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: stream.length }), { maxLength: 40 }), async (cuts) => {
        const edges = [0, ...cuts.toSorted((a, b) => a - b), stream.length];
        const chunks = edges.slice(1).map((edge, index) => stream.subarray(edges[index], edge));
        assert.deepEqual(await read(chunks), [
          [1010, 1],
          [1050, 2],
          [5017, 3],
        ]);
      }),
      { numRuns: 60 },
    ));

  it('end after the last whole picture of a stream that breaks off', async () => {
    assert.deepEqual(await read([stream.subarray(0, stream.length - 1)]), [
      [1010, 1],
      [1050, 2],
    ]);
  });
});
