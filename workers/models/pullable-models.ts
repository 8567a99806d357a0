import type { ModelFile, ModelManifest } from './manifest.js';

/*
 * Sizes and hashes are those that the sources themselves publish: the Git LFS pointers of opencv_zoo and of Hugging
 * Face, which name a file by its SHA-256, and for files that lie in no LFS, what several projects that pin the same
 * revision have recorded. A pull that finds other bytes fails.
 */

const huggingFace = 'https://huggingface.co';
const openCvZoo =
  'https://media.githubusercontent.com/media/opencv/opencv_zoo/47534e27c9851bb1128ccc0102f1145e27f23f98';
const transformersPackage = '@huggingface/transformers';
const yolox = 'https://github.com/Megvii-BaseDetection/YOLOX/releases/download/0.1.1rc0';

/** Every model that can be pulled; of those for one task, the better first. */
export const pullableModels: readonly ModelManifest[] = [
  {
    name: 'yunet-2023mar',
    task: 'FIND_FACES',
    purpose: 'faces, small and turned ones too',
    licence: 'MIT',
    source: 'https://github.com/opencv/opencv_zoo/tree/main/models/face_detection_yunet',
    files: [
      {
        path: 'face_detection_yunet_2023mar.onnx',
        url: `${openCvZoo}/models/face_detection_yunet/face_detection_yunet_2023mar.onnx`,
        mirrors: [
          `${huggingFace}/opencv/face_detection_yunet/resolve/3cc26e7f1014a5ee5d74a42acee58bafc9d0a310/face_detection_yunet_2023mar.onnx`,
        ],
        sha256: '8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4',
        bytes: 232_589,
      },
    ],
  },
  {
    name: 'sface-2021dec',
    task: 'EMBED_FACE',
    purpose: 'whose face it is',
    licence: 'Apache-2.0',
    source: 'https://github.com/opencv/opencv_zoo/tree/main/models/face_recognition_sface',
    files: [
      {
        path: 'face_recognition_sface_2021dec.onnx',
        url: `${openCvZoo}/models/face_recognition_sface/face_recognition_sface_2021dec.onnx`,
        mirrors: [
          `${huggingFace}/opencv/face_recognition_sface/resolve/3d7082438a6e4551e840c9b2bb60b71e8da4b524/face_recognition_sface_2021dec.onnx`,
        ],
        sha256: '0ba9fbfa01b5270c96627c4ef784da859931e02f04419c829e83484087c34e79',
        bytes: 38_696_353,
      },
    ],
  },
  {
    name: 'yolox-s',
    task: 'FIND_OBJECTS',
    purpose: 'things and people, also from behind',
    licence: 'Apache-2.0',
    source: 'https://github.com/Megvii-BaseDetection/YOLOX',
    files: [
      {
        path: 'yolox_s.onnx',
        url: `${yolox}/yolox_s.onnx`,
        mirrors: [`${openCvZoo}/models/object_detection_yolox/object_detection_yolox_2022nov.onnx`],
        sha256: 'c5c2d13e59ae883e6af3b45daea64af4833a4951c92d116ec270d9ddbe998063',
        bytes: 35_858_002,
      },
    ],
  },
  {
    name: 'yolox-tiny',
    task: 'FIND_OBJECTS',
    purpose: 'things and people, for machines without a GPU',
    licence: 'Apache-2.0',
    source: 'https://github.com/Megvii-BaseDetection/YOLOX',
    files: [
      {
        path: 'yolox_tiny.onnx',
        url: `${yolox}/yolox_tiny.onnx`,
        sha256: '427cc366d34e27ff7a03e2899b5e3671425c262ea2291f88bb942bc1cc70b0f7',
        bytes: 20_219_662,
      },
    ],
  },
  whisper('small', '2d67713f236afa48a18992566e7647f6ca848e13', [
    ['config.json', 2_232, '5a6429d21d7a3379dd0861b74510f9f7076f32b563bffc9fcb072482d55ab3be'],
    ['generation_config.json', 3_837, '0b7407a4e53a677f826e03c75d409e6f830663932bf43dda3b08c5efa2223279'],
    [
      'onnx/encoder_model_quantized.onnx',
      92_324_809,
      '969f5ac12974340386bf7a02ea6626003e5e2dee396ffc6ab0eec282bf55ba06',
    ],
    [
      'onnx/decoder_model_merged_quantized.onnx',
      156_780_950,
      'fcfc6100dc7339e7507e10f8b274350be7c4f8d8b575f0293f94cc0e156d6d24',
    ],
  ]),
  whisper('base', '64da57285918e20ea79ea5c88eed7197933abaa8', [
    ['config.json', 2_248, 'd1d347fdb422e6347c2f843a90d375aa67ea3f4b3e20d2c3075f9a9f6243685b'],
    ['generation_config.json', 3_776, '3bba359e33fdd6dc1c10f71846a477d339b0242f462f70ea1dd73274caa38d05'],
    [
      'onnx/encoder_model_quantized.onnx',
      23_200_850,
      '3e345e977b55620a37c0c2b2af0644e019afdfad562dcf71eb929bb7274285f9',
    ],
    [
      'onnx/decoder_model_merged_quantized.onnx',
      53_707_539,
      'a6beb6baabb66f00b6a686d828c95ffca6146d51900cbad0266cad38f64cf861',
    ],
  ]),
];

/** OpenAI's Whisper in ONNX with 8-bit weights; all sizes share three files. */
function whisper(size: string, revision: string, files: readonly (readonly [string, number, string])[]): ModelManifest {
  const source = `${huggingFace}/Xenova/whisper-${size}`;
  const shared = [
    ['preprocessor_config.json', 339, 'a6a76d28c93edb273669eb9e0b0636a2bddbb1272c3261e47b7ca6dfdbac1b8d'],
    ['tokenizer.json', 2_480_466, '27fc476bfe7f17299480be2273fc0608e4d5a99aba2ab5dec5374b4482d1a566'],
    ['tokenizer_config.json', 282_683, '2a4c4281cf9f51ac6ccc406fdc711a087afe6530f671fa7b80953edc498275ce'],
  ] as const;
  return {
    name: `whisper-${size}`,
    task: 'TRANSCRIBE',
    purpose: `what is said in films without subtitles (needs ${transformersPackage})`,
    licence: 'Apache-2.0',
    source,
    files: [...files, ...shared].map(
      ([path, bytes, sha256]): ModelFile => ({ path, url: `${source}/resolve/${revision}/${path}`, sha256, bytes }),
    ),
  };
}
