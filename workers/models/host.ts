/** The port to models that run in child processes; `child-host.ts` implements it. */
import type { PixelBox } from '../detectors/pixel-box.js';
import type { Point, RgbPicture } from '../detectors/rgb-picture.js';
import type { ProviderSurvey } from './execution-providers.js';

/** What Silero listens to: samples a second, and samples that one probability stands for. */
export const sileroSampleRate = 16_000;
export const sileroWindow = 512;

/** Sides of the square cut-outs that faces are read on, in pixels. */
export const meshSidePx = 192;
export const alignedSidePx = 224;

/** What embeds faces where nothing is pulled; another version for whatever makes vectors that older ones do not fit. */
export const bundledIdentity = { name: 'hse-faceres', version: '2' } as const;

/** The folder of a pulled model and its manifest; that model then answers in place of the bundled one. */
export interface MaybePulled {
  readonly folder?: string;
}

/** A face as a detector sees it, in pixels of the picture. Right and left are the person's own. */
export interface DetectedFace {
  /** From the brows to the chin. */
  readonly box: PixelBox;
  /** 0…1 */
  readonly score: number;
  readonly points: FacePoints;
}

export interface FacePoints {
  readonly rightEye: Point;
  readonly leftEye: Point;
  readonly nose: Point;
  /** Its middle. */
  readonly mouth: Point;
}

/** Requests that the model child answers, by name: what goes in, what comes out. A request needs no earlier one. */
export interface ModelCalls {
  /** Which execution providers work here, each tried on a model of one addition. */
  'providers.survey': { readonly in: null; readonly out: readonly ProviderSurvey[] };
  /** Speech probability 0…1 of each 32 ms window (512 samples) of a 16 kHz mono recording, a stretch at a time. */
  'silero.probabilities': {
    /** A whole number of windows; `state` as the stretch before gave it, absent at the start of a recording. */
    readonly in: { readonly samples: Float32Array; readonly state?: Float32Array };
    readonly out: { readonly probabilities: Float32Array; readonly state: Float32Array };
  };
  /** Where text stands on a grey picture: boxes in pixels with a score 0…1, top to bottom, left to right. */
  'ocr.detect': {
    readonly in: { readonly luma: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly boxes: readonly { x: number; y: number; width: number; height: number; score: number }[] };
  };
  /** The text of one line on a grey picture (already cropped), with its mean character confidence 0…1. */
  'ocr.recognize': {
    readonly in: { readonly luma: Uint8Array; readonly width: number; readonly height: number };
    readonly out: { readonly text: string; readonly confidence: number };
  };
  /** What a pulled Whisper hears in a 16 kHz mono recording of at most 30 s. */
  'whisper.transcribe': {
    /** `folder` holds the model and its manifest; without a `language` (ISO 639-1) it is heard first. */
    readonly in: { readonly samples: Float32Array; readonly folder: string; readonly language?: string };
    readonly out: {
      readonly language?: string;
      readonly segments: readonly { startMs: number; endMs: number; text: string }[];
    };
  };
  /** Faces on a picture of any size, best score first; each face once. */
  'faces.find': {
    readonly in: RgbPicture & MaybePulled;
    readonly out: { readonly faces: readonly DetectedFace[] };
  };
  /** The mesh of the face on an upright cut-out of `meshSidePx`, and how surely there is a face at all, 0…1. */
  'faces.mesh': {
    readonly in: RgbPicture;
    /** x, y (pixels of the cut-out) and depth of MediaPipe's 468 points. */
    readonly out: { readonly points: Float32Array; readonly confidence: number };
  };
  /**
   * Whose face it is, on a cut-out of `alignedSidePx` with the eyes level (`alignedSquare` in detectors/faces); for a
   * pulled model on one of `templateSidePx` (`templateSquare`). Vectors of different models cannot be compared.
   */
  'faces.embed': {
    readonly in: RgbPicture & MaybePulled;
    readonly out: {
      /** A unit vector, alike for the same person. */
      readonly embedding: Float32Array;
      /**
       * How far the model takes the face to be from its mirror image and from itself with less detail, who are the same
       * person: a mean cosine distance, and the measure for how far apart two faces of one person may lie.
       */
      readonly unsteadiness?: number;
      /** What speaks for a woman (0…1), and years, where the model guesses them. */
      readonly female?: number;
      readonly age?: number;
    };
  };
  /** What the face on a cut-out of `meshSidePx` shows: a share 0…1 for each of the model's words. */
  'faces.expression': {
    readonly in: RgbPicture;
    readonly out: { readonly expressions: Readonly<Record<string, number>> };
  };
  /** The joints of the one body on a square cut-out of any size, in its pixels; finds one on anything. */
  'bodies.pose': {
    readonly in: RgbPicture;
    readonly out: { readonly joints: readonly (Point & { readonly joint: string; readonly confidence: number })[] };
  };
  /** Things and people on a picture of any size, by COCO's names, best score first; each thing once. */
  'objects.find': {
    readonly in: RgbPicture & MaybePulled;
    readonly out: {
      readonly objects: readonly { readonly name: string; readonly box: PixelBox; readonly score: number }[];
    };
  };
}

export type ModelName = keyof ModelCalls;

export interface ModelLog {
  warn(fields: object, message: string): void;
}

/** The same models for work that has a log of its own. */
export const telling = (models: ModelHost, log: ModelLog): ModelHost => ({
  ...models,
  call: (name, input, signal) => models.call(name, input, signal, log),
});

export interface ModelHost {
  /**
   * Runs one request in its child, starting (or, after a crash, restarting) it as needed. A child's requests run one at
   * a time, in order. A child that dies or stays silent past the watchdog is replaced and the request tried once again.
   * MODEL_FAILED when the model throws or the second child fails too; MODEL_MISSING when its weights are not there;
   * CANCELLED when the signal fires or the host is closed.
   */
  call<Name extends ModelName>(
    name: Name,
    input: ModelCalls[Name]['in'],
    signal?: AbortSignal,
    /** Told when the child is replaced and the request tried again. Default: the host’s own log. */
    log?: ModelLog,
  ): Promise<ModelCalls[Name]['out']>;
  /** Process id of the child that answers these requests, while it runs. */
  pidOf(name: ModelName): number | undefined;
  close(): Promise<void>;
}
