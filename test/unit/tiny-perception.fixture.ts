/**
 * YuNet, SFace and YOLOX with the real ones' inputs and outputs and next to nothing between: they see what is planted
 * in them, the more surely the more there is of the first channel.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { float, int64, node, onnxModel, tensor, text, value, varint } from './tiny-onnx.fixture.js';

/** Writes a model's folder as a pull leaves it. */
export async function writeModel(folder: string, name: string, task: string, model: Uint8Array): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.onnx'), model);
  const sha256 = createHash('sha256').update(model).digest('hex');
  const source = 'https://example.org/';
  const files = [{ path: 'model.onnx', url: `${source}model.onnx`, sha256, bytes: model.length }];
  const manifest = { name, task, purpose: 'tests', licence: 'CC0-1.0', source, files };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** One face: two cells of 16 pixels wide and three high, about the middle of the cell in column 10, row 20. */
export function tinyYunet(): Uint8Array {
  const grids = [8, 16, 32].map((stride) => ({ stride, cells: (640 / stride) ** 2 }));
  const cell = 20 * 40 + 10;
  const planted = (name: string, stride: number, cells: number, row: readonly number[]) => {
    const data = new Float32Array(cells * row.length);
    if (stride === 16) data.set(row, cell * row.length);
    return tensor(`${name}_${stride}_planted`, float, data, [1, cells, row.length]);
  };
  const rows = {
    cls: [1],
    obj: [1],
    bbox: [0.5, 0.5, Math.log(2), Math.log(3)],
    kps: [0.25, 0.25, 0.75, 0.25, 0.5, 0.5, 0.375, 0.75, 0.625, 0.75],
  };
  const names = Object.entries(rows);
  return onnxModel({
    inputs: [value('input', float, [1, 3, 640, 640])],
    outputs: names.flatMap(([name, row]) =>
      grids.map(({ stride, cells }) => value(`${name}_${stride}`, float, [1, cells, row.length])),
    ),
    constants: [
      ...firstChannel.constants,
      ...names.flatMap(([name, row]) => grids.map(({ stride, cells }) => planted(name, stride, cells, row))),
    ],
    nodes: [
      ...firstChannel.nodes('input'),
      ...names.flatMap(([name]) =>
        grids.map(({ stride }) =>
          node('Mul', [`${name}_${stride}_planted`, name === 'cls' ? 'share' : 'one'], `${name}_${stride}`),
        ),
      ),
    ],
  });
}

/** The means of the three channels, 64 times the first, 32 times each other. */
export function tinySface(): Uint8Array {
  const weights = new Float32Array(3 * 128);
  for (let at = 0; at < 128; at++) weights[(at < 64 ? 0 : at < 96 ? 1 : 2) * 128 + at] = 1;
  return onnxModel({
    inputs: [value('data', float, [1, 3, 112, 112])],
    outputs: [value('fc1', float, [1, 128])],
    constants: [tensor('weights', float, weights, [3, 128])],
    nodes: [
      node('GlobalAveragePool', ['data'], 'means'),
      node('Flatten', ['means'], 'flat'),
      node('MatMul', ['flat', 'weights'], 'fc1'),
    ],
  });
}

/** A dog (class 16) of 64 × 32 pixels about (208, 104), on the grid of 16 pixels; 416 pixels as YOLOX-Tiny has. */
export function tinyYolox(): Uint8Array {
  const cells = 52 ** 2 + 26 ** 2 + 13 ** 2;
  const planted = new Float32Array(cells * 85);
  const at = (52 ** 2 + 6 * 26 + 13) * 85;
  planted.set([0, 0.5, Math.log(4), Math.log(2), 1], at);
  planted[at + 5 + 16] = 1;
  const scaled = new Float32Array(85).fill(0);
  scaled[4] = 1;
  return onnxModel({
    inputs: [value('images', float, [1, 3, 416, 416])],
    outputs: [value('output', float, [1, cells, 85])],
    constants: [
      ...firstChannel.constants,
      tensor('planted', float, planted, [1, cells, 85]),
      tensor('object', float, scaled, [1, 1, 85]),
      tensor(
        'rest',
        float,
        scaled.map((each) => 1 - each),
        [1, 1, 85],
      ),
    ],
    nodes: [
      ...firstChannel.nodes('images'),
      // The object's share is the first channel's, all other values stay.
      node('Mul', ['object', 'share'], 'shared'),
      node('Add', ['shared', 'rest'], 'factors'),
      node('Mul', ['planted', 'factors'], 'output'),
    ],
  });
}

/** `share`: the first channel's mean over 255, as [1, 1, 1]. */
const firstChannel = {
  constants: [
    tensor('from', int64, BigInt64Array.of(0n)),
    tensor('to', int64, BigInt64Array.of(1n)),
    tensor('axis', int64, BigInt64Array.of(1n)),
    tensor('white', float, Float32Array.of(255)),
    tensor('one', float, Float32Array.of(1)),
  ],
  nodes: (input: string) => [
    node('Slice', [input, 'from', 'to', 'axis'], 'channel'),
    node('ReduceMean', ['channel'], 'mean', [text(1, 'keepdims'), varint(3, 0), varint(20, 2)]),
    node('Div', ['mean', 'white'], 'share'),
  ],
};
