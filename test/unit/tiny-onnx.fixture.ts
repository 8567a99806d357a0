/** Writes ONNX files of a few hundred bytes, node by node. */

// ONNX is Protocol Buffers (onnx.proto): each field is its number and wire type, then a varint or bytes with a length.
export const [float, int64] = [1, 7];

function digits(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...digits(Math.floor(number / 128))];
}
export const varint = (field: number, number: number) => Buffer.from([...digits(field * 8), ...digits(number)]);
export const bytes = (field: number, ...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([...digits(field * 8 + 2), ...digits(body.length)]), body]);
};
export const text = (field: number, string: string) => bytes(field, Buffer.from(string));

export const node = (operator: string, inputs: string[], output: string, attribute?: Uint8Array[]) =>
  bytes(
    1,
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, operator),
    ...(attribute ? [bytes(5, ...attribute)] : []),
  );

export const tensor = (
  name: string,
  type: number,
  data: Float32Array | BigInt64Array,
  dims: number[] = [data.length],
) =>
  bytes(5, ...dims.map((size) => varint(1, size)), varint(2, type), text(8, name), bytes(9, Buffer.from(data.buffer)));

export const value = (name: string, type: number, dims: (string | number)[]) => {
  const shape = dims.map((size) => bytes(1, typeof size === 'number' ? varint(1, size) : text(2, size)));
  return [text(1, name), bytes(2, bytes(1, varint(1, type), bytes(2, ...shape)))];
};

export function onnxModel(graph: {
  inputs: Uint8Array[][];
  outputs: Uint8Array[][];
  constants: Uint8Array[];
  nodes: Uint8Array[];
}): Uint8Array {
  const inputs = graph.inputs.map((each) => bytes(11, ...each));
  const outputs = graph.outputs.map((each) => bytes(12, ...each));
  const body = bytes(7, ...graph.nodes, text(2, 'tiny'), ...graph.constants, ...inputs, ...outputs);
  return Buffer.concat([varint(1, 8), bytes(8, text(1, ''), varint(2, 13)), body]);
}
