/**
 * A Whisper of a few kilobytes with the real one's files and interfaces, made here: its decoder looks up each next
 * token in a table, so that it hears Chinese and says "hello world" from 0 to .8 s whatever it is given.
 */
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { float, int64, node, onnxModel, tensor, text, value, varint } from './tiny-onnx.fixture.js';

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
  const source = 'https://example.org/';
  const manifest = { name, task: 'TRANSCRIBE', purpose: 'speech', licence: 'CC0-1.0', source, files: listed };
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
