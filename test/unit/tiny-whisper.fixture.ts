/**
 * A Whisper of a few kilobytes with the real one's files and interfaces, made here: its decoder looks up each next
 * token in a table, so that it hears Chinese and says "hello world" from 0 to .8 s whatever it is given.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const words = ['Ġhello', 'Ġworld', '<|endoftext|>', '<|startoftranscript|>', '<|en|>', '<|zh|>'];
const marks = [
  '<|translate|>',
  '<|transcribe|>',
  '<|startoflm|>',
  '<|startofprev|>',
  '<|nocaptions|>',
  '<|notimestamps|>',
];
const times = Array.from({ length: 60 }, (_, index) => `<|${(index * 0.02).toFixed(2)}|>`);
const vocabulary = [...words, ...marks, ...times];
const token = (text: string) => vocabulary.indexOf(text);
const path = ['<|startoftranscript|>', '<|zh|>', '<|transcribe|>', '<|0.00|>', 'Ġhello', 'Ġworld', '<|0.80|>'];

/** Writes the model with its manifest; the folder's last name is the model's. */
export async function writeTinyWhisper(folder: string, name: string): Promise<void> {
  const end = token('<|endoftext|>');
  const start = token('<|startoftranscript|>');
  const special = (content: string) => ({
    id: token(content),
    content,
    single_word: false,
    lstrip: false,
    rstrip: false,
    normalized: false,
    special: !times.includes(content),
  });
  const ids = { bos_token_id: end, eos_token_id: end, pad_token_id: end, decoder_start_token_id: start };
  const files: Record<string, Uint8Array | object> = {
    'onnx/encoder_model_quantized.onnx': encoder(),
    'onnx/decoder_model_merged_quantized.onnx': decoder(),
    'config.json': {
      ...ids,
      model_type: 'whisper',
      is_encoder_decoder: true,
      d_model: 4,
      decoder_layers: 0,
      encoder_layers: 0,
      decoder_attention_heads: 1,
      encoder_attention_heads: 1,
      max_source_positions: 1500,
      vocab_size: vocabulary.length,
    },
    'generation_config.json': {
      ...ids,
      is_multilingual: true,
      lang_to_id: { '<|en|>': token('<|en|>'), '<|zh|>': token('<|zh|>') },
      task_to_id: { transcribe: token('<|transcribe|>'), translate: token('<|translate|>') },
      no_timestamps_token_id: token('<|notimestamps|>'),
      max_length: 448,
    },
    'preprocessor_config.json': {
      feature_extractor_type: 'WhisperFeatureExtractor',
      feature_size: 80,
      sampling_rate: 16_000,
      hop_length: 160,
      n_fft: 400,
      chunk_length: 30,
      n_samples: 480_000,
      nb_max_frames: 3000,
      processor_class: 'WhisperProcessor',
    },
    'tokenizer.json': {
      added_tokens: vocabulary.slice(2).map(special),
      normalizer: null,
      pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
      post_processor: null,
      decoder: { type: 'ByteLevel' },
      model: { type: 'BPE', vocab: Object.fromEntries(vocabulary.map((text, id) => [text, id])), merges: [] },
    },
    'tokenizer_config.json': { tokenizer_class: 'WhisperTokenizer', eos_token: '<|endoftext|>' },
  };
  const listed = [];
  for (const [file, content] of Object.entries(files)) {
    const bytes = content instanceof Uint8Array ? content : Buffer.from(JSON.stringify(content));
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), bytes);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    listed.push({ path: file, url: 'https://example.org/', sha256, bytes: bytes.length });
  }
  const manifest = { name, task: 'TRANSCRIBE', licence: 'CC0-1.0', files: listed };
  await writeFile(join(folder, 'manifest.json'), JSON.stringify(manifest));
}

/** Every second frame of four mel bands: [batch, 80, 3000] → [batch, 1500, 4]. */
function encoder(): Uint8Array {
  return onnxModel({
    inputs: [value('input_features', float, ['b', 80, 3000])],
    outputs: [value('last_hidden_state', float, ['b', 1500, 4])],
    constants: [
      ...[tensor('bands', int64, BigInt64Array.of(0n)), tensor('four', int64, BigInt64Array.of(4n))],
      ...[tensor('axis', int64, BigInt64Array.of(1n)), tensor('all', int64, BigInt64Array.of(3000n))],
      tensor('two', int64, BigInt64Array.of(2n)),
    ],
    nodes: [
      node('Slice', ['input_features', 'bands', 'four', 'axis'], 'few'),
      node('Transpose', ['few'], 'turned', [text(1, 'perm'), ...[0, 2, 1].map((at) => varint(8, at)), varint(20, 7)]),
      node('Slice', ['turned', 'bands', 'all', 'axis', 'two'], 'last_hidden_state'),
    ],
  });
}

/** Logits of the token after each token, whatever was heard. */
function decoder(): Uint8Array {
  const size = vocabulary.length;
  const table = new Float32Array(size * size).fill(-5);
  for (const [index, from] of path.entries())
    table[token(from) * size + token(path[index + 1] ?? '<|endoftext|>')] = 10;
  table[token('<|en|>') * size + token('<|transcribe|>')] = 10;
  return onnxModel({
    inputs: [value('input_ids', int64, ['b', 's']), value('encoder_hidden_states', float, ['b', 'e', 4])],
    outputs: [value('logits', float, ['b', 's', size])],
    constants: [tensor('table', float, table, [size, size]), tensor('nothing', float, Float32Array.of(0), [])],
    nodes: [
      node('Gather', ['table', 'input_ids'], 'next'),
      node('ReduceMean', ['encoder_hidden_states'], 'mean', [text(1, 'keepdims'), varint(3, 0), varint(20, 2)]),
      node('Mul', ['mean', 'nothing'], 'silence'),
      node('Add', ['next', 'silence'], 'logits'),
    ],
  });
}

// ONNX is Protocol Buffers (onnx.proto): each field is its number and wire type, then a varint or bytes with a length.
const [float, int64] = [1, 7];

function digits(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...digits(Math.floor(number / 128))];
}
const varint = (field: number, number: number) => Buffer.from([...digits(field * 8), ...digits(number)]);
const bytes = (field: number, ...parts: Uint8Array[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.from([...digits(field * 8 + 2), ...digits(body.length)]), body]);
};
const text = (field: number, string: string) => bytes(field, Buffer.from(string));

const node = (operator: string, inputs: string[], output: string, attribute?: Uint8Array[]) =>
  bytes(
    1,
    ...inputs.map((name) => text(1, name)),
    text(2, output),
    text(4, operator),
    ...(attribute ? [bytes(5, ...attribute)] : []),
  );

const tensor = (name: string, type: number, data: Float32Array | BigInt64Array, dims: number[] = [data.length]) =>
  bytes(5, ...dims.map((size) => varint(1, size)), varint(2, type), text(8, name), bytes(9, Buffer.from(data.buffer)));

const value = (name: string, type: number, dims: (string | number)[]) => {
  const shape = dims.map((size) => bytes(1, typeof size === 'number' ? varint(1, size) : text(2, size)));
  return [text(1, name), bytes(2, bytes(1, varint(1, type), bytes(2, ...shape)))];
};

function onnxModel(graph: {
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
